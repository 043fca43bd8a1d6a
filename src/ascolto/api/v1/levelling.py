"""`/team/load`, `/team/level`: what each carries, and who could take over what. For leads."""

from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.responses import Status

from ascolto.api.auth import leads_only
from ascolto.api.v1.bulk import BulkOut, bulk_out
from ascolto.api.v1.cases import number_in
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.words import Id, Line, answers
from ascolto.triage.levelling import Carrying, Proposed, apply, carrying, proposal
from ascolto.triage.policy.levelling import MOST_MOVES

router = Router(tags=["staff"])


class CarryingOut(Schema):
    """By name: this is no ranking. `most` null: nothing was agreed; `is_at_work` null: no shifts.
    `hostile` counts the messages that he read within a day."""

    colleague: int
    name: str
    open: int
    most: int | None
    hostile: int
    is_at_work: bool | None


class MoveIn(Schema):
    """It stays where it is if it changed hands meanwhile: `holder` is whom it was seen with."""

    case: Line
    holder: Id
    to: Id


class MoveOut(Schema):
    """`why` is "can" (he can do its topic and has less) or "mate" (he is of the team)."""

    case: str
    holder: int
    to: int
    topic: str
    why: str


class ProposalOut(Schema):
    """`stay`: how many cases stay, by the reason: promised, writing, known, nobody. `after` is what
    each would carry, by the id of the colleague. Nothing has been done yet."""

    moves: list[MoveOut]
    stay: dict[str, int]
    after: dict[int, int]


class LevelIn(Schema):
    """Of the moves that were proposed those that shall be; or any others."""

    moves: Annotated[list[MoveIn], Field(min_length=1, max_length=MOST_MOVES)]


@router.get("/team/load", response=answers(200, list[CarryingOut]))
def load(request: HttpRequest) -> list[dict[str, Any]]:
    """What everybody who answers carries now, by name."""
    leads_only(request)
    return [_carrying(one) for one in carrying(now=timezone.now())]


@router.get("/team/level", response=answers(200, ProposalOut))
def proposed(request: HttpRequest) -> dict[str, Any]:
    """Who could take over what, so that nobody carries far more than the others."""
    leads_only(request)
    plan = proposal(now=timezone.now())
    return {
        "moves": [_move(one) for one in plan.moves],
        "stay": {why.value: many for why, many in plan.stay.items()},
        "after": plan.after,
    }


@router.post("/team/level", response=answers(202, BulkOut))
def level(request: HttpRequest, wanted: LevelIn) -> Status[dict[str, Any]]:
    """Have these moves done as one deed; how far it is, and its undoing, are in `/bulk`."""
    by = leads_only(request)
    moves = [(number_in(one.case) or 0, one.holder, one.to) for one in wanted.moves]
    with refused():
        made = apply(moves, by=by, now=timezone.now())
    return Status(202, bulk_out(made))


def _carrying(one: Carrying) -> dict[str, Any]:
    return {
        "colleague": one.colleague.pk,
        "name": one.colleague.name,
        "open": one.open,
        "most": one.most,
        "hostile": one.hostile,
        "is_at_work": one.is_at_work,
    }


def _move(one: Proposed) -> dict[str, Any]:
    return {
        "case": one.case.number,
        "holder": one.holder.pk,
        "to": one.to.pk,
        "topic": one.topic,
        "why": one.why.value,
    }
