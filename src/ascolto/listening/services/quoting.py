"""What the alert of a wave, or of a post of ours, quotes: words that are still said."""

from collections.abc import Collection

from ascolto.alerts.services.forgetting import quote
from ascolto.listening.models import Board, Match, Mention, Wave
from ascolto.reading.abuse import covered
from ascolto.timeline.references import reference

QUOTED = 3  # posts in the alert
LONGEST = 120  # characters of each


def quotation(texts: Collection[str]) -> str:
    """The beginnings of the first of these posts that have words, a line each.

    Without their insults: a telephone shows an alert to whoever looks at it.
    """
    said = [text for text in texts if text][:QUOTED]
    return "\n".join([covered(text[: 2 * LONGEST])[:LONGEST] for text in said])


def quote_anew(mention_ids: Collection[int]) -> None:
    """Their authors deleted these, and that is written down: no alert of a wave, or of a post of
    ours, quotes them any more.

    Others take their places. Three queries, and two more a wave or a post.
    """
    several = Match.objects.filter(mention__in=mention_ids).values_list("monitor_id", "at")
    spoken = list(several)
    waves = Wave.objects.filter(monitor__in={monitor for monitor, _ in spoken}).exclude(
        alert_ref=""
    )
    quote_boards_anew(mention_ids)
    for wave in waves if spoken else ():
        if any(pk == wave.monitor_id and at >= wave.began_at for pk, at in spoken):
            inside = Match.objects.filter(
                monitor=wave.monitor_id, at__gte=wave.began_at, at__lte=wave.noticed_at
            )
            texts = inside.exclude(mention__text="").order_by("-at").values_list("mention__text")
            quote(reference("wave", wave.pk), quotation([text for (text,) in texts[:QUOTED]]))


def quote_boards_anew(mention_ids: Collection[int]) -> None:
    """The same of the posts of ours whose owner was warned."""
    under = Mention.objects.filter(pk__in=mention_ids).values("board")
    for board in Board.objects.filter(pk__in=under, warned_at__isnull=False):
        quote(board.reference, calls_under(board))


def calls_under(board: Board) -> str:
    """What the newest calls for help under it say."""
    calls = Mention.objects.filter(board=board, lane=Mention.Lane.HELP, gone_at=None)
    texts = calls.exclude(text="").order_by("-heard_at", "-pk").values_list("text", flat=True)
    return quotation(texts[:QUOTED])
