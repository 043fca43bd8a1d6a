"""The hours of a post, stacked: who spoke of the offer, who asked for help, who insulted."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ascolto.desk import words
from ascolto.listening.queries.boards import HourSplit

HIGH = 64  # units of the picture
STEP, GAP = 20, 3  # from one hour to the next, and what is left between them
FEWEST = 4  # hours that make a picture


@dataclass(frozen=True, slots=True)
class Rect:
    css: str
    x: int
    y: str
    high: str
    wide: int = STEP - GAP


@dataclass(frozen=True, slots=True)
class Hours:
    """The picture, and what it says in words."""

    words: str
    begins: str
    wide: int
    high: int = HIGH
    rects: Sequence[Rect] = field(default_factory=list)


def hours_of(hours: Sequence[HourSplit]) -> Hours | None:
    """None where a picture would say nothing that the numbers do not."""
    if len(hours) < FEWEST:
        return None
    most = max(1, *map(_all, hours))
    rects: list[Rect] = []
    for place, hour in enumerate(hours):
        top = float(HIGH)
        for css, many in (
            ("offer", hour.offer + hour.praise),
            ("help", hour.help),
            ("abuse", hour.abuse),
        ):
            high = many / most * HIGH
            top -= high
            if many:
                rects.append(Rect(css, place * STEP, f"{top:.1f}", f"{high:.1f}"))
    begins = words.hour(hours[0].at)
    return Hours(_told(hours, begins), begins, len(hours) * STEP - GAP, rects=rects)


def _told(hours: Sequence[HourSplit], begins: str) -> str:
    fullest = max(hours, key=_all)
    peak = ngettext(
        "%(n)d commento, %(help)d con una richiesta di aiuto",
        "%(n)d commenti, %(help)d con una richiesta di aiuto",
        _all(fullest),
    ) % {"n": _all(fullest), "help": fullest.help}
    return _("Commenti ora per ora dalle %(begins)s. L’ora più piena, dalle %(at)s: %(peak)s.") % {
        "begins": begins,
        "at": words.hour(fullest.at),
        "peak": peak,
    }


def _all(hour: HourSplit) -> int:
    return hour.offer + hour.praise + hour.help + hour.abuse
