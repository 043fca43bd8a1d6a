"""A post of ours has become a help desk: whoever is responsible for it is told, once."""

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.utils import translation
from django.utils.translation import gettext as _

from ascolto.alerts.models import Rule
from ascolto.alerts.services import Cause as Alerting
from ascolto.alerts.services import raise_alert
from ascolto.listening.models import Board, Mention
from ascolto.listening.policy.boards import Talk, is_help_desk
from ascolto.listening.services.quoting import calls_under
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company
from ascolto.timeline.services import record

LATELY = timedelta(hours=1)
BEFORE = timedelta(days=2)  # what was usual
MOST_TOPICS = 2


def warn_owner(board: Board, *, now: datetime) -> bool:
    """Whether he is told now. `board` is held by the caller: nobody tells him a second time."""
    if board.warned_at is not None or board.closed_at is not None:
        return False
    lately, before = _talk(board, now=now)
    if not is_help_desk(lately, before):
        return False
    board.warned_at, board.warned_share = now, lately.share
    board.usual_share = before.share if before.comments else None
    board.warned_topics = _topics(board, now=now)
    board.save(update_fields=["warned_at", "warned_share", "usual_share", "warned_topics"])
    with translation.override(company().language):
        alert = raise_alert(_alerting(board, lately, now=now), now=now)
    record(
        "listening.board_warned",
        at=now,
        subject=board.reference,
        team_id=board.team_id,
        share=round(lately.share, 3),
        comments=lately.comments,
        alert=alert.reference if alert else None,
    )
    return True


def responsible_for(board: Board) -> list[Colleague]:
    """Its owner; while nobody is, who leads its team; empty: whoever is on duty there."""
    for one in (board.owner, board.team.escalates_to):
        if one is not None and one.left_at is None:
            return [one]
    return []


def _talk(board: Board, *, now: datetime) -> tuple[Talk, Talk]:
    """Of the last hour, and of the two days before it. One query. Noise is no comment."""
    said = Mention.objects.filter(board=board, heard_at__gt=now - LATELY - BEFORE)
    late, asks = Q(heard_at__gt=now - LATELY), Q(lane=Mention.Lane.HELP)
    counts = said.exclude(lane=Mention.Lane.NOISE).aggregate(
        late=Count("pk", filter=late),
        late_help=Count("pk", filter=late & asks),
        early=Count("pk", filter=~late),
        early_help=Count("pk", filter=~late & asks),
    )
    return Talk(counts["late"], counts["late_help"]), Talk(counts["early"], counts["early_help"])


def _topics(board: Board, *, now: datetime) -> list[str]:
    """The causes that most of the last hour speak of, by their names."""
    lately = Mention.objects.filter(board=board, heard_at__gt=now - LATELY, lane="HELP")
    named = lately.exclude(cause=None).values_list("cause__name").annotate(many=Count("pk"))
    return [name for name, _many in named.order_by("-many", "cause__name")[:MOST_TOPICS]]


def _alerting(board: Board, lately: Talk, *, now: datetime) -> Alerting:
    title = _("«%(title)s» sta diventando uno sportello: %(share)d commenti su 100 chiedono aiuto")
    named = board.title or board.channel.title
    return Alerting(
        kind=Rule.Kind.BOARD,
        key=board.reference,
        subject=board.reference,
        path=board_path(board.pk),
        title=title % {"title": named[:60], "share": round(lately.share * 100)},
        words=calls_under(board),
        why=[
            _("metti in pausa la spinta a pagamento"),
            _("fissa in alto «ci siamo, ecco come»"),
            _("oppure lascia così, e spiega perché"),
        ],
        team=board.team,
        people=responsible_for(board),
        heard_at=board.last_heard_at,
        matched_at=now,
    )


def board_path(board_id: int) -> str:
    """The page of the desk that shows it."""
    return f"/ascolto/post/{board_id}/"
