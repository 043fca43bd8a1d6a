"""What the alert of a wave quotes: words that are still said."""

from collections.abc import Collection

from ascolto.alerts.services.forgetting import quote
from ascolto.listening.models import Match, Wave
from ascolto.timeline.references import reference

QUOTED = 3  # posts in the alert
LONGEST = 120  # characters of each


def quotation(texts: Collection[str]) -> str:
    """The beginnings of the first of these posts that have words, a line each."""
    return "\n".join([text[:LONGEST] for text in texts if text][:QUOTED])


def quote_anew(mention_ids: Collection[int]) -> None:
    """Their authors deleted these, and that is written down: no wave's alert quotes them any more.

    Others of the wave take their places. Two queries, and two more a wave.
    """
    several = Match.objects.filter(mention__in=mention_ids).values_list("monitor_id", "at")
    spoken = list(several)
    waves = Wave.objects.filter(monitor__in={monitor for monitor, _ in spoken}).exclude(
        alert_ref=""
    )
    for wave in waves if spoken else ():
        if any(pk == wave.monitor_id and at >= wave.began_at for pk, at in spoken):
            inside = Match.objects.filter(
                monitor=wave.monitor_id, at__gte=wave.began_at, at__lte=wave.noticed_at
            )
            texts = inside.exclude(mention__text="").order_by("-at").values_list("mention__text")
            quote(reference("wave", wave.pk), quotation([text for (text,) in texts[:QUOTED]]))
