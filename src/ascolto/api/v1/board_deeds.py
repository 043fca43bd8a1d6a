"""What can be done with a post of ours, a comment under it, and what many ask for together."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema
from ninja.responses import Status

from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.boards import BoardOut, board_of, board_out
from ascolto.api.v1.deeds import again, colleague_with, team_with
from ascolto.api.v1.heard import closed_to, mention_of
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.shapes import CaseOut, case_out
from ascolto.api.v1.words import Id, Line, Text, answers
from ascolto.listening import services
from ascolto.listening.models import AnswerToAll, Board, Cause, Mention
from ascolto.triage import boards as triage

router = Router(tags=["listening"])
ONE = "/listening/boards/{int:board}"
CAUSE = "/listening/causes/{int:cause}"


class OwnerIn(Schema):
    """`colleague` null: whoever leads its team answers for it."""

    colleague: Id | None = None


class DecisionIn(Schema):
    """Leaving it as it is (LEFT) wants a `why`."""

    decision: Board.Decision
    why: Line = ""


class OpensIn(Schema):
    whom: Board.Opens


class LaneIn(Schema):
    lane: Mention.Lane


class CauseIn(Schema):
    """`cause` null: nobody else asks for this."""

    cause: Id | None = None


class MovedOut(Schema):
    """Where a comment stands now."""

    id: int
    board: int
    lane: str
    cause: int | None


class CauseChangeIn(Schema):
    name: Line = ""
    team: Id | None = None


class JoinIn(Schema):
    into: Id


class SplitIn(Schema):
    """These comments (ids of mentions) are another matter."""

    mentions: list[Id]
    name: Line = ""


class CauseNamedOut(Schema):
    id: int
    board: int
    name: str
    team: int


class ToAllIn(Schema):
    """`{nome}` in the text is each one's name. `is_update`: also for those who had an answer."""

    text: Text
    is_update: bool = False


class ToAllOut(Schema):
    """`people` get one each. It leaves at `leaves_at`, if it is not called back first."""

    id: int
    cause: int
    text: str
    people: int
    leaves_at: datetime
    called_back_at: datetime | None
    finished_at: datetime | None


@router.post(f"{ONE}/owner", response=answers(200, BoardOut))
def give(request: HttpRequest, board: Id, wanted: OwnerIn) -> dict[str, Any]:
    """Somebody answers for it, and is warned when it becomes a help desk."""
    found = _board(request, board)
    to = colleague_with(wanted.colleague)
    services.give_owner(found, to=to, by=colleague_of(request), now=timezone.now())
    return board_out(board_of(request, board))


@router.post(f"{ONE}/decide", response=answers(200, BoardOut))
def decide(request: HttpRequest, board: Id, told: DecisionIn) -> dict[str, Any]:
    """Answer the warning."""
    found, by = _board(request, board), colleague_of(request)
    with refused():
        services.decide(found, decision=told.decision, why=told.why, by=by, now=timezone.now())
    return board_out(board_of(request, board))


@router.post(f"{ONE}/opens", response=answers(200, BoardOut))
def opens(request: HttpRequest, board: Id, wanted: OpensIn) -> dict[str, Any]:
    """For whom a call for help under it becomes a case by itself."""
    found = _board(request, board)
    services.open_for(found, wanted.whom, by=colleague_of(request), now=timezone.now())
    return board_out(board_of(request, board))


@router.post(f"{ONE}/close", response=answers(200, BoardOut))
def close(request: HttpRequest, board: Id) -> dict[str, Any]:
    """Put it away. The next call for help under it opens it again by itself."""
    services.close_board(_board(request, board), by=colleague_of(request), now=timezone.now())
    return board_out(board_of(request, board))


@router.post(f"{ONE}/reopen", response=answers(200, BoardOut))
def reopen(request: HttpRequest, board: Id) -> dict[str, Any]:
    """Back among those that are looked at."""
    found, by = _board(request, board), colleague_of(request)
    services.close_board(found, closed=False, by=by, now=timezone.now())
    return board_out(board_of(request, board))


@router.post("/listening/mentions/{int:mention}/lane", response=answers(200, MovedOut))
def relane(request: HttpRequest, mention: Id, told: LaneIn) -> dict[str, Any]:
    """What it has to do with the post; the reader learns from it."""
    found = mention_of(request, mention)
    with refused():
        services.relane(found, lane=told.lane, by=colleague_of(request), now=timezone.now())
    return _moved(found)


@router.post("/listening/mentions/{int:mention}/cause", response=answers(200, MovedOut))
def recause(request: HttpRequest, mention: Id, told: CauseIn) -> dict[str, Any]:
    """It asks the same as others, or something that nobody else asks."""
    found = mention_of(request, mention)
    cause = _cause(request, told.cause) if told.cause is not None else None
    with refused():
        services.move_to_cause(found, cause, by=colleague_of(request), now=timezone.now())
    return _moved(found)


@router.patch(CAUSE, response=answers(200, CauseNamedOut))
def change(request: HttpRequest, cause: Id, wanted: CauseChangeIn) -> dict[str, Any]:
    """How it is called, and whose it is."""
    found, by, now = _cause(request, cause), colleague_of(request), timezone.now()
    team = team_with(wanted.team) if wanted.team is not None else None
    services.rename_cause(found, name=wanted.name, by=by, now=now)
    if team is not None:
        services.give_cause(found, team=team, by=by, now=now)
    return _named(found)


@router.post(f"{CAUSE}/join", response=answers(200, CauseNamedOut))
def join(request: HttpRequest, cause: Id, told: JoinIn) -> dict[str, Any]:
    """Two are one; answers with the one that holds both."""
    found, into = _cause(request, cause), _cause(request, told.into)
    with refused():
        services.join_causes(found, into=into, by=colleague_of(request), now=timezone.now())
    return _named(into)


@router.post(f"{CAUSE}/split", response=answers(201, CauseNamedOut))
def split(request: HttpRequest, cause: Id, told: SplitIn) -> Status[dict[str, Any]]:
    """Some of its comments are another matter; answers with that."""
    found, by = _cause(request, cause), colleague_of(request)
    with refused():
        made = services.split_cause(found, told.mentions, name=told.name, by=by, now=timezone.now())
    return Status(201, _named(made))


@router.post(f"{CAUSE}/answer", response=answers(201, ToAllOut))
def answer(request: HttpRequest, cause: Id, said: ToAllIn) -> Status[dict[str, Any]]:
    """Answer each of them by name, in public, after the colleague's undo time."""
    found, by, now = _cause(request, cause), colleague_of(request), timezone.now()
    with refused():
        made = triage.answer_all(found, said.text, by=by, now=now, is_update=said.is_update)
    return Status(201, _to_all(made))


@router.post("/listening/answers_to_all/{int:answer}/undo", response=answers(200, ToAllOut))
def call_back(request: HttpRequest, answer: Id) -> dict[str, Any]:
    """Call an own answer to all back before any of it leaves."""
    made = AnswerToAll.objects.filter(pk=answer).first()
    _cause(request, made.cause_id if made else 0)
    with refused():
        return _to_all(triage.call_back_all(answer, by=colleague_of(request), now=timezone.now()))


@router.post(f"{CAUSE}/case", response=answers(201, CaseOut))
def one_case(request: HttpRequest, cause: Id) -> Status[dict[str, Any]]:
    """One case for all; asked twice it is the same one. The others are linked to it soon."""
    found, by = _cause(request, cause), colleague_of(request)
    with refused():
        case = triage.one_case(found, by=by, now=timezone.now())
    return Status(201, case_out(again(case)))


def _board(request: HttpRequest, pk: int) -> Board:
    board_of(request, pk)
    return Board.objects.select_related("team").get(pk=pk)


def _cause(request: HttpRequest, pk: int) -> Cause:
    closed = list(closed_to(colleague_of(request)))
    seen = Cause.objects.exclude(team__in=closed).exclude(board__team__in=closed)
    found = seen.filter(pk=pk, joined_at=None).select_related("board", "team").first()
    if found is None:
        raise ApiError(404, sentence="There is no such cause that this token may see.")
    return found


def _moved(mention: Mention) -> dict[str, Any]:
    mention.refresh_from_db(fields=["lane", "cause"])
    where = {"board": mention.board_id, "lane": mention.lane, "cause": mention.cause_id}
    return {"id": mention.pk, **where}


def _named(cause: Cause) -> dict[str, Any]:
    return {
        "id": cause.pk,
        "board": cause.board_id,
        "name": cause.name,
        "team": cause.team_id,
    }


def _to_all(made: AnswerToAll) -> dict[str, Any]:
    names = ("text", "leaves_at", "called_back_at", "finished_at")
    told = {name: getattr(made, name) for name in names}
    return {"id": made.pk, "cause": made.cause_id, "people": len(made.mentions), **told}
