"""Posts of ours, those last spoken under first."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from ascolto.listening.models import Board, Mention
from ascolto.listening.queries.boards import BoardRow, BoardsPage
from ascolto.listening.queries.stream import cursor_of, written_cursor

PAGE = 40
HELP = Q(lane=Mention.Lane.HELP)
WAITING = Q(standing=Mention.Standing.WAITING, answered_at=None)
LAST_HOUR = timedelta(hours=1)


def boards(
    *,
    after: str = "",
    closed: bool | None = None,
    hidden_teams: Collection[int] = (),
    now: datetime,
    limit: int = PAGE,
) -> BoardsPage:
    """The next boards after `after` (as `BoardsPage.after` said). Two queries.

    `closed` tells those that were put away from the others; None: all of them.
    """
    several = Board.objects.exclude(team__in=hidden_teams)
    if closed is not None:
        several = several.filter(closed_at__isnull=not closed)
    place = cursor_of(after)
    if place is not None:
        at, pk = place
        several = several.filter(Q(last_heard_at__lt=at) | Q(last_heard_at=at, pk__lt=pk))
    ordered = several.select_related("channel", "team", "owner").order_by("-last_heard_at", "-pk")
    found = list(ordered.defer("channel__secret", "channel__cursor")[: limit + 1])
    shown, last = found[:limit], found[limit - 1] if len(found) > limit else None
    lately = Q(heard_at__gt=now - LAST_HOUR)
    said = Mention.objects.filter(board__in=shown).exclude(team__in=hidden_teams)
    counts = said.values("board").annotate(
        comments=Count("pk"),
        help=Count("pk", filter=HELP),
        help_waiting=Count("pk", filter=HELP & WAITING),
        lately=Count("pk", filter=lately),
        help_lately=Count("pk", filter=lately & HELP),
    )
    by_board: dict[int, Any] = {one["board"]: one for one in counts.order_by()}
    rows = [_row(board, by_board.get(board.pk, {})) for board in shown]
    return BoardsPage(rows, written_cursor(last.last_heard_at, last.pk) if last else "")


def _row(board: Board, counts: Mapping[str, int]) -> BoardRow:
    lately = counts.get("lately", 0)
    return BoardRow(
        id=board.pk,
        title=board.title,
        url=board.url,
        channel=board.channel.title,
        channel_kind=board.channel.kind,
        team=board.team.name,
        owner=board.owner.name if board.owner else "",
        comments=counts.get("comments", 0),
        help=counts.get("help", 0),
        help_waiting=counts.get("help_waiting", 0),
        share_of_help_last_hour=counts["help_lately"] / lately if lately else None,
        warned_at=board.warned_at,
        decided=board.decided,
        first_heard_at=board.first_heard_at,
        last_heard_at=board.last_heard_at,
        closed_at=board.closed_at,
    )
