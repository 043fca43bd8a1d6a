"""Two cases into one, one into two, and back; and who is asked to help."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.responses import Status

from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.cases import case_of
from ascolto.api.v1.deeds import again, colleague_with
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.shapes import CaseOut, case_out
from ascolto.api.v1.words import Id, Line, answers
from ascolto.cases import services
from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Moving
from ascolto.cases.services import moves as parting

router = Router(tags=["cases"])
moves = Router(tags=["cases"])
SHOWN = 100


class HelpIn(Schema):
    colleague: Id


class IntoIn(Schema):
    """The case that remains; this one becomes a signpost to it."""

    into: Line


class SplitIn(Schema):
    """Which messages go into a case of their own; at least one stays."""

    messages: Annotated[list[Id], Field(min_length=1, max_length=500)]
    subject: Line = ""


class MoveOut(Schema):
    """`kind` MERGE: `case` became part of `other`; SPLIT: `other` came out of `case`."""

    id: int
    kind: str
    case: str
    other: str
    at: datetime
    undone_at: datetime | None


@router.post("/{case}/help", response=answers(200, CaseOut))
def ask_help(request: HttpRequest, case: str, wanted: HelpIn) -> dict[str, Any]:
    """Ask a colleague to help: he is told, sees the case, and follows it."""
    matter, by = case_of(request, case), colleague_of(request)
    helper = colleague_with(wanted.colleague)
    if helper is not None:
        services.ask_help(matter, colleague=helper, by=by, now=timezone.now())
    return case_out(again(matter))


@router.post("/{case}/merge", response=answers(201, MoveOut))
def merge(request: HttpRequest, case: str, wanted: IntoIn) -> Status[dict[str, Any]]:
    """Make the case part of another one of the same customer. It can be undone."""
    origin, into = case_of(request, case), case_of(request, wanted.into)
    with refused():
        made = parting.merge(origin, into=into, by=colleague_of(request), now=timezone.now())
    return Status(201, _drawn(made))


@router.post("/{case}/split", response=answers(201, MoveOut))
def split(request: HttpRequest, case: str, wanted: SplitIn) -> Status[dict[str, Any]]:
    """Take some messages into a new case of the same customer. It can be undone."""
    origin, by = case_of(request, case), colleague_of(request)
    with refused():
        made = parting.split(
            origin, wanted.messages, subject=wanted.subject, by=by, now=timezone.now()
        )
    return Status(201, _drawn(made))


@router.get("/{case}/moves", response=answers(200, list[MoveOut]))
def moves_of(request: HttpRequest, case: str) -> list[dict[str, Any]]:
    """The merges and splits of the case, newest first, of those this token may see whole."""
    matter = case_of(request, case)
    found = _visible(request).filter(origin=matter) | _visible(request).filter(target=matter)
    return [_drawn(one) for one in found.order_by("-at", "-pk")[:SHOWN]]


@moves.post("/moves/{int:move}/undo", response=answers(200, MoveOut))
def undo(request: HttpRequest, move: Id) -> dict[str, Any]:
    """Put everything back where it was. What came since stays."""
    found = _visible(request).filter(pk=move).first()
    if found is None:
        raise ApiError(404, sentence="There is no such move that this token may see.")
    with refused():
        parting.undo_move(found, by=colleague_of(request), now=timezone.now())
    found.refresh_from_db()
    return _drawn(found)


def _visible(request: HttpRequest) -> Any:
    seen = visible_cases(colleague_of(request)).values("pk")
    return Moving.objects.filter(origin__in=seen, target__in=seen)


def _drawn(moving: Moving) -> dict[str, Any]:
    return {
        "id": moving.pk,
        "kind": moving.kind,
        "case": Case(pk=moving.origin_id).number,
        "other": Case(pk=moving.target_id).number,
        "at": moving.at,
        "undone_at": moving.undone_at,
    }
