"""`/cases`: the list, and one case with what was said in it."""

import re
from datetime import datetime
from typing import Any, Literal

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema

from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.listing import bounded, total_of
from ascolto.api.v1.messages import with_all
from ascolto.api.v1.shapes import (
    CaseOut,
    CasePage,
    MessageOut,
    NoteOut,
    case_out,
    message_out,
    note_out,
)
from ascolto.api.v1.words import LARGEST_ID, Id, Limit, answers, parts_of, place
from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Message, Note
from ascolto.channels.models import Channel

router = Router(tags=["cases"])
NUMBER = re.compile(r"(?:C-)?([0-9]{1,18})", re.IGNORECASE)
NEAREST_CLOCK = (F("due_at").asc(nulls_last=True), "id")
SAID_AT_ONCE = 500


class CaseFilter(Schema):
    """`status` also says the order: open by the nearest clock, resolved and all newest first."""

    status: Literal["open", "resolved", "all"] = "open"
    team: Id | None = None
    assignee: Id | None = None
    customer: Id | None = None
    waiting: bool | None = None
    channel: Channel.Kind | None = None
    limit: Limit = 50
    cursor: str = ""


@router.get("", response=answers(200, CasePage))
def list_cases(request: HttpRequest, wanted: Query[CaseFilter]) -> dict[str, Any]:
    """The cases the token's colleague may see."""
    found = _filtered(visible_cases(colleague_of(request)), wanted)
    with bounded():
        cases = list(_after(_people(found), wanted)[: wanted.limit + 1])
        total = total_of(found)
    shown = cases[: wanted.limit]
    more = len(cases) > wanted.limit
    return {
        "items": [case_out(case) for case in shown],
        **total,
        "next": _place(wanted.status, shown[-1]) if more else None,
    }


@router.get("/{case}", response=answers(200, CaseOut))
def one_case(request: HttpRequest, case: str) -> dict[str, Any]:
    """One case, named "C-12" or "12"."""
    return case_out(case_of(request, case))


@router.get("/{case}/messages", response=answers(200, list[MessageOut]))
def messages(request: HttpRequest, case: str) -> list[dict[str, Any]]:
    """What was said in the case, oldest first; the newest 500 of it."""
    found = with_all(Message.objects.filter(case=case_of(request, case)))
    newest = found.order_by("-at", "-id")[:SAID_AT_ONCE]
    return [message_out(message) for message in reversed(newest)]


@router.get("/{case}/notes", response=answers(200, list[NoteOut]))
def notes(request: HttpRequest, case: str) -> list[dict[str, Any]]:
    """The internal notes, oldest first; the newest 500 of them."""
    found = Note.objects.select_related("author").filter(case=case_of(request, case))
    newest = found.order_by("-at", "-id")[:SAID_AT_ONCE]
    return [note_out(note) for note in reversed(newest)]


def case_of(request: HttpRequest, number: str) -> Case:
    """The case named "C-12" or "12", if the token's colleague may see it. Raises `ApiError` 404."""
    found = _people(visible_cases(colleague_of(request)))
    case = found.filter(pk=number_in(number)).first()
    if case is None:
        raise ApiError(404, sentence="There is no such case that this token may see.")
    return case


def number_in(named: str) -> int:
    """The number in "C-12" or "12"; 0, which no case has, in anything else."""
    found = NUMBER.fullmatch(named.strip())
    return int(found[1]) if found else 0


def _people(found: QuerySet[Case]) -> QuerySet[Case]:
    people = found.select_related("customer", "team__calendar", "assignee")
    people = people.prefetch_related("tags")
    return people.defer("customer__search")


def _filtered(found: QuerySet[Case], wanted: CaseFilter) -> QuerySet[Case]:
    exact = {
        "team": wanted.team,
        "assignee": wanted.assignee,
        "customer": wanted.customer,
        "last_channel_kind": wanted.channel,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value is not None})
    if wanted.waiting is not None:
        found = found.filter(waiting_since__isnull=not wanted.waiting)
    if wanted.status != "all":
        found = found.filter(resolved_at__isnull=wanted.status == "open")
    return found


def _after(found: QuerySet[Case], wanted: CaseFilter) -> QuerySet[Case]:
    at, last = _read(wanted)
    if wanted.status == "all":
        return found.order_by("-id").filter(id__lt=last or LARGEST_ID)
    if wanted.status == "resolved":
        found = found.order_by("-resolved_at", "-id")
        before = Q(resolved_at__lt=at) | Q(resolved_at=at, id__lt=last)
        return found.filter(before) if last else found
    found = found.order_by(*NEAREST_CLOCK)
    if not last:
        return found
    if at is None:
        return found.filter(due_at=None, id__gt=last)
    return found.filter(Q(due_at__gt=at) | Q(due_at=at, id__gt=last) | Q(due_at=None))


def _place(status: str, case: Case) -> str:
    moment = {"open": case.due_at, "resolved": case.resolved_at}.get(status)
    return place(status, moment.isoformat() if moment else None, case.pk)


def _read(wanted: CaseFilter) -> tuple[datetime | None, int]:
    """Where the last page ended; (None, 0) for the first one. Raises `ApiError` 422."""
    if not wanted.cursor:
        return None, 0
    match parts_of(wanted.cursor):
        case [wanted.status, None | str() as moment, int(last)] if 0 < last <= LARGEST_ID:
            try:
                at = datetime.fromisoformat(moment) if moment else None
            except ValueError:
                at = None
            if moment is None or (at is not None and at.tzinfo is not None):
                return at, last
    raise ApiError(422, "bad_cursor", "The cursor is none of this list: begin without one.")
