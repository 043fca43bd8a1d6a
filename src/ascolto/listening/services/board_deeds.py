"""What is decided of a post of ours: whose it is, what he does, for whom it opens cases."""

from datetime import datetime

from django.db import transaction

from ascolto.alerts.services import close
from ascolto.listening.models import Board, Mention
from ascolto.staff.models import Colleague
from ascolto.timeline.services import Fact, Happened, record_many

LONGEST_WHY = 300


class NeedsAReason(Exception):
    """Whoever leaves a help desk as it is says why: others have to live with it."""


@transaction.atomic
def give_owner(board: Board, *, to: Colleague | None, by: Colleague, now: datetime) -> None:
    """He is told what becomes of it. Nobody: whoever leads its team."""
    held = _held(board)
    if held.owner_id == (to.pk if to else None):
        return
    held.owner = board.owner = to
    held.save(update_fields=["owner"])
    _tell("listening.board_given", held, by=by, now=now, to=to.name if to else None)


@transaction.atomic
def decide(board: Board, *, decision: str, why: str = "", by: Colleague, now: datetime) -> None:
    """Answer the warning; the last answer counts. Its alert is over. Raises `NeedsAReason`."""
    held, reason = _held(board), " ".join(why.split())[:LONGEST_WHY]
    wanted = Board.Decision(decision)
    if wanted == Board.Decision.LEFT and not reason:
        raise NeedsAReason(held.reference)
    held.decided, held.decided_why = wanted, reason
    held.decided_by, held.decided_at = by, now
    held.save(update_fields=["decided", "decided_why", "decided_by", "decided_at"])
    board.decided, board.decided_at = held.decided, now
    close(held.reference, now=now)
    _tell("listening.board_decided", held, by=by, now=now, decided=held.decided, why=reason)


@transaction.atomic
def open_for(board: Board, whom: str, *, by: Colleague, now: datetime) -> None:
    """For whom calls for help under it become cases by themselves, from now on."""
    held = _held(board)
    before, held.opens_for = held.opens_for, Board.Opens(whom)
    if before == held.opens_for:
        return
    held.save(update_fields=["opens_for"])
    board.opens_for = held.opens_for
    _tell("listening.board_opens_for", held, by=by, now=now, whom=held.opens_for)


@transaction.atomic
def close_board(board: Board, *, closed: bool = True, by: Colleague, now: datetime) -> None:
    """Put it away, or take it out again. What is said there is heard all the same.

    The next call for help under it opens it again by itself: see `reopen_for_help`.
    """
    held = _held(board)
    if (held.closed_at is not None) == closed:
        return
    held.closed_at = board.closed_at = now if closed else None
    held.closed_by = board.closed_by = by if closed else None
    held.save(update_fields=["closed_at", "closed_by"])
    if closed:
        close(held.reference, now=now)
    kind = "listening.board_closed" if closed else "listening.board_reopened"
    _tell(kind, held, by=by, now=now)


def reopen_for_help(board: Board, *, now: datetime) -> bool:
    """Whether it was closed, and somebody has asked for help since. `board` is held.

    What was asked before it was closed, and is only moved or edited now, was seen then.
    """
    if board.closed_at is None:
        return False
    asked = Mention.objects.filter(board=board, lane=Mention.Lane.HELP, gone_at=None)
    if not asked.filter(matched_at__gt=board.closed_at).exists():
        return False
    board.closed_at = board.closed_by = None
    board.save(update_fields=["closed_at", "closed_by"])
    _tell("listening.board_reopened", board, by=None, now=now)
    return True


def _held(board: Board) -> Board:
    return Board.objects.select_for_update(no_key=True, of=("self",)).get(pk=board.pk)


def _tell(
    kind: str, board: Board, *, by: Colleague | None, now: datetime, **facts: str | None
) -> None:
    said: dict[str, Fact] = {**facts}
    record_many([Happened(kind, now, board.reference, None, by, board.team_id, said)])
