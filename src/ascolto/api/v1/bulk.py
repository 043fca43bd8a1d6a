"""`/bulk`: one deed on many cases, how far it is, and its undoing."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.responses import Status

from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.cases import number_in
from ascolto.api.v1.deeds import aware, colleague_with, team_with
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.words import Id, Line, answers
from ascolto.cases.models import Bulk, Case
from ascolto.cases.services import bulk as services

router = Router(tags=["cases"])


class BulkIn(Schema):
    """What a deed needs beside the cases: ASSIGN `colleague` (null: nobody); TRANSFER `team`,
    `reason` and perhaps `colleague`; RESOLVE perhaps `reason`; SNOOZE `until`; TAG and UNTAG
    `tag`; PRIORITISE `priority`."""

    deed: Literal["ASSIGN", "TRANSFER", "RESOLVE", "SNOOZE", "TAG", "UNTAG", "PRIORITISE"]
    cases: Annotated[list[Line], Field(min_length=1, max_length=services.MOST)]
    colleague: Id | None = None
    team: Id | None = None
    reason: Line = ""
    until: datetime | None = None
    tag: Line = ""
    priority: Literal[-1, 0, 1, 2] | None = None


class LeftOut(Schema):
    """`reason` is a code: unseen, waits, lacks, not_a_mate, resolved, too_late, no_tag,
    retired_tag, changed."""

    case: str
    reason: str


class BulkOut(Schema):
    """`total` counts the cases this token may see. Finished when `finished_at` says so."""

    id: int
    deed: str
    asked_at: datetime
    total: int
    done: int
    undone: int
    refused: list[LeftOut]
    finished_at: datetime | None
    undo_asked_at: datetime | None
    undone_at: datetime | None


@router.post("/bulk", response=answers(202, BulkOut))
def start(request: HttpRequest, wanted: BulkIn) -> Status[dict[str, Any]]:
    """Have one thing done to many cases, one by one; each refusal is told with its reason."""
    numbers = [number for one in wanted.cases if (number := number_in(one))]
    with refused():
        made = services.start_bulk(
            wanted.deed,
            numbers,
            arguments=_arguments(wanted),
            by=colleague_of(request),
            now=timezone.now(),
        )
    return Status(202, bulk_out(made))


@router.get("/bulk/{int:bulk}", response=answers(200, BulkOut))
def one_bulk(request: HttpRequest, bulk: Id) -> dict[str, Any]:
    """How far it is. Only for whom the token acts."""
    return bulk_out(_mine(request, bulk))


@router.post("/bulk/{int:bulk}/undo", response=answers(202, BulkOut))
def undo_bulk(request: HttpRequest, bulk: Id) -> Status[dict[str, Any]]:
    """Have everything put back that it changed, and do no more of it."""
    services.ask_undo(_mine(request, bulk), now=timezone.now())
    return Status(202, bulk_out(_mine(request, bulk)))


def _mine(request: HttpRequest, pk: int) -> Bulk:
    found = Bulk.objects.filter(pk=pk, by=colleague_of(request)).first()
    if found is None:
        raise ApiError(404, sentence="There is no such deed of yours.")
    return found


def _arguments(wanted: BulkIn) -> dict[str, Any]:
    """What the deed is told. Raises `ApiError` 422 when something is wanting."""
    if wanted.deed == "ASSIGN":
        to = colleague_with(wanted.colleague)
        return {"colleague": to.pk if to else None}
    if wanted.deed == "TRANSFER":
        return _handed_on(wanted)
    if wanted.deed == "RESOLVE":
        return {"reason": wanted.reason[:200]}
    return _until(wanted.until) if wanted.deed == "SNOOZE" else _labelled(wanted)


def _until(moment: datetime | None) -> dict[str, Any]:
    until = aware(moment)
    if until is None or until <= timezone.now():
        raise ApiError(422, "not_in_future", "It comes back at a moment still to come.")
    return {"until": until.isoformat()}


def _labelled(wanted: BulkIn) -> dict[str, Any]:
    if wanted.deed == "PRIORITISE":
        if wanted.priority is None:
            raise ApiError(422, "no_priority", "Say which priority.")
        return {"priority": wanted.priority}
    if not wanted.tag.strip():
        raise ApiError(422, "no_tag", "Say which tag.")
    return {"tag": wanted.tag.strip()[:60]}


def _handed_on(wanted: BulkIn) -> dict[str, Any]:
    if wanted.team is None or not wanted.reason.strip():
        raise ApiError(422, "no_reason", "A transfer says to which team, and why.")
    to = colleague_with(wanted.colleague)
    return {
        "team": team_with(wanted.team).pk,
        "colleague": to.pk if to else None,
        "reason": wanted.reason.strip()[:200],
    }


def bulk_out(bulk: Bulk) -> dict[str, Any]:
    lines = list(bulk.cases.order_by("case").values("case", "done_at", "undone_at", "refused"))
    return {
        "id": bulk.pk,
        "deed": bulk.deed,
        "asked_at": bulk.asked_at,
        "total": bulk.total,
        "done": sum(one["done_at"] is not None for one in lines),
        "undone": sum(one["undone_at"] is not None for one in lines),
        "refused": [
            {"case": Case(pk=one["case"]).number, "reason": one["refused"]}
            for one in lines
            if one["refused"]
        ],
        "finished_at": bulk.finished_at,
        "undo_asked_at": bulk.undo_asked_at,
        "undone_at": bulk.undone_at,
    }
