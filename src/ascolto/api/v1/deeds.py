"""`/cases/{case}/…`: answer, note, assign, transfer, resolve, reopen. The desk's own services."""

import base64
import binascii
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.responses import Status

from ascolto.api.auth import colleague_of
from ascolto.api.drafts import kept_draft
from ascolto.api.errors import ApiError
from ascolto.api.v1.cases import case_of
from ascolto.api.v1.refusals import refused, something_came
from ascolto.api.v1.shapes import CaseOut, NoteOut, case_out, note_out
from ascolto.api.v1.words import Id, Line, Text, answers
from ascolto.cases import services
from ascolto.cases.models import Case, Conversation, Draft, DraftFile
from ascolto.cases.services.taking import take_next as take_the_next
from ascolto.staff.models import Colleague, Team
from ascolto.staff.queries import colleagues

router = Router(tags=["cases"])
A_MOMENT = timedelta(milliseconds=1)  # what is written in JSON of a moment is no finer


class FileIn(Schema):
    name: Line
    type: Line = "application/octet-stream"
    base64: str


class AnswerIn(Schema):
    """`seen` is the newest message its author had read: if more came since, 409 and nothing is
    sent. With `leaves_at` it waits until then. `cc` are addresses, as in a mail. With `private` it
    is refused where anybody would read it."""

    text: Text = ""
    files: list[FileIn] = Field(default_factory=list)
    conversation: Id | None = None
    cc: list[Line] = Field(default_factory=list, max_length=20)
    leaves_at: datetime | None = None
    seen: Id | None = None
    private: bool = False


class AnswerOut(Schema):
    id: int
    case: str
    leaves_at: datetime | None


class NoteIn(Schema):
    text: Text


class AssignIn(Schema):
    colleague: Id | None


class TransferIn(Schema):
    team: Id
    colleague: Id | None = None
    reason: Line


class UndoIn(Schema):
    """`at` is the `resolved_at` of the resolution that is taken back."""

    at: datetime


class ResolveIn(Schema):
    reason: Line = ""


@router.post("/{case}/answer", response=answers(201, AnswerOut))
def answer(request: HttpRequest, case: str, said: AnswerIn) -> Status[dict[str, Any]]:
    """Answer the customer. It leaves after the colleague's undo time, as from the desk."""
    matter, author, now = case_of(request, case), colleague_of(request), timezone.now()
    thread = _thread(matter, said.conversation)
    with _nothing_new(matter, said.seen or 0), refused(), kept_draft(matter, author=author):
        message = services.answer(
            matter,
            author=author,
            text=said.text,
            files=[attached(matter, file, author=author, now=now) for file in said.files],
            conversation=thread,
            cc=services.addresses_in(", ".join(said.cc)),
            leaves_at=aware(said.leaves_at),
            seen=said.seen or 0,
            private=said.private,
            now=now,
        )
    leaves_at = message.outgoing.not_before if message.outgoing else None
    return Status(201, {"id": message.pk, "case": matter.number, "leaves_at": leaves_at})


@router.post("/free/next", response=answers(200, CaseOut))
def take_next(request: HttpRequest) -> dict[str, Any]:
    """Take what you should do next: what presses, then what you can do. 404 if nothing waits in
    your teams, 409 if you hold as many cases as were agreed."""
    with refused():
        case = take_the_next(by=colleague_of(request), now=timezone.now())
    if case is None:
        raise Http404
    return case_out(again(case))


@router.post("/{case}/note", response=answers(201, NoteOut))
def note(request: HttpRequest, case: str, written: NoteIn) -> Status[dict[str, Any]]:
    """Write an internal note: it never leaves the company."""
    matter, author = case_of(request, case), colleague_of(request)
    with refused(), kept_draft(matter, author=author):
        made = services.add_note(matter, author=author, text=written.text, now=timezone.now())
    return Status(201, note_out(made))


@router.post("/{case}/assign", response=answers(200, CaseOut))
def assign(request: HttpRequest, case: str, wanted: AssignIn) -> dict[str, Any]:
    """Give the case to a colleague, or to nobody in particular."""
    matter = case_of(request, case)
    to = colleague_with(wanted.colleague)
    services.assign(matter, to=to, by=colleague_of(request), now=timezone.now())
    return case_out(again(matter))


@router.post("/{case}/transfer", response=answers(200, CaseOut))
def transfer(request: HttpRequest, case: str, wanted: TransferIn) -> dict[str, Any]:
    """Hand the case to another team, with a reason."""
    matter, team = case_of(request, case), team_with(wanted.team)
    with refused():
        services.transfer(
            matter,
            to_team=team,
            to_colleague=colleague_with(wanted.colleague),
            by=colleague_of(request),
            reason=wanted.reason,
            now=timezone.now(),
        )
    return case_out(again(matter))


@router.post("/{case}/resolve", response=answers(200, CaseOut))
def resolve(request: HttpRequest, case: str, wanted: ResolveIn) -> dict[str, Any]:
    """Close the matter; while somebody waits for an answer, only with a reason."""
    matter, now = case_of(request, case), timezone.now()
    with refused():
        services.resolve(matter, by=colleague_of(request), reason=wanted.reason, now=now)
    return case_out(again(matter))


@router.post("/{case}/resolve/undo", response=answers(200, CaseOut))
def undo_resolve(request: HttpRequest, case: str, wanted: UndoIn) -> dict[str, Any]:
    """It was not meant: turn, clocks and promises are as they were. Nothing, if more came since."""
    matter, at = case_of(request, case), aware(wanted.at) or wanted.at
    resolved_at = matter.resolved_at
    if resolved_at is not None and abs(resolved_at - at) < A_MOMENT:
        at = resolved_at
    services.undo_resolve(matter, at=at, by=colleague_of(request), now=timezone.now())
    return case_out(again(matter))


@router.post("/{case}/reopen", response=answers(200, CaseOut))
def reopen(request: HttpRequest, case: str) -> dict[str, Any]:
    """Open a resolved case again."""
    matter = case_of(request, case)
    services.reopen(matter, by=colleague_of(request), now=timezone.now())
    return case_out(again(matter))


@contextmanager
def _nothing_new(case: Case, seen: int) -> Iterator[None]:
    try:
        yield
    except services.SomethingCame as problem:
        raise something_came(case, seen, problem.args[1]) from problem


def aware(moment: datetime | None) -> datetime | None:
    if moment is not None and timezone.is_naive(moment):
        raise ApiError(422, "no_zone", "A moment says its zone: 2026-03-04T12:00:00Z.")
    return moment


def _thread(case: Case, conversation: int | None) -> Conversation | None:
    if conversation is None:
        return None
    thread = Conversation.objects.filter(case=case, pk=conversation).first()
    if thread is None:
        raise ApiError(422, "no_such_conversation", "The case has no such conversation.")
    return thread


def attached(case: Case, file: FileIn, *, author: Colleague, now: datetime) -> DraftFile:
    try:
        data = base64.b64decode(file.base64, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise ApiError(422, "not_base64", f"{file.name} is not base64.") from problem
    return services.attach_file(
        case,
        author=author,
        kind=Draft.Kind.REPLY,
        name=file.name,
        content_type=file.type,
        data=data,
        now=now,
    )


def colleague_with(pk: int | None) -> Colleague | None:
    if pk is None:
        return None
    found = colleagues().filter(pk=pk).first()
    if found is None:
        raise ApiError(422, "no_such_colleague", "Nobody with this id works here.")
    return found


def team_with(pk: int) -> Team:
    found = Team.objects.filter(pk=pk).first()
    if found is None:
        raise ApiError(422, "no_such_team", "There is no team with this id.")
    return found


def again(case: Case) -> Case:
    found = Case.objects.select_related("customer", "team", "assignee").prefetch_related("tags")
    return found.get(pk=case.pk)
