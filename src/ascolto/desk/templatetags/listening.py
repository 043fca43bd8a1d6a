"""How what is said in public looks on pages."""

from collections.abc import Mapping
from urllib.parse import quote

from django import template
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from ascolto.listening.models import Mention
from ascolto.listening.queries.waves import WaveRow

register = template.Library()
WIDE, HIGH = 120, 40  # of the line beside a wave, in its picture's own units
TONES = "abcdef"


@register.filter
def of(found: Mapping[int, int], key: int) -> int | None:
    return found.get(key)


@register.filter
def letters(name: str | None) -> str:
    words = [word for word in (name or "?").lstrip("@").split() if word[0].isalnum()]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper() or "?"


@register.filter
def tone(kind: str) -> str:
    """One colour a network, always the same."""
    return TONES[sum(map(ord, kind)) % len(TONES)]


@register.filter
def kind_words(kind: str) -> str:
    return str(Mention.Kind(kind).label)


@register.filter
def standing_words(standing: str) -> str:
    return str(Mention.Standing(standing).label)


@register.filter
def thousands(number: int | None) -> str:
    return number_format(number or 0, use_l10n=True, force_grouping=True)


@register.filter
def rate(usual: float) -> str:
    """Mentions an hour, as people say it."""
    if usual < 1:
        return _("meno di 1")
    says_little = usual >= 10 or round(usual, 1) == round(usual)  # noqa: PLR2004 # tenths of ten say little
    return number_format(usual, 0 if says_little else 1, use_l10n=True)


@register.filter
def spark(wave: WaveRow) -> str:
    """The points of a line: the mentions of the last hours."""
    most = max([*wave.hours, 1])
    step = WIDE / max(1, len(wave.hours) - 1)
    return " ".join(
        f"{at * step:.0f},{HIGH - 2 - number / most * (HIGH - 4):.0f}"
        for at, number in enumerate(wave.hours)
    )


@register.filter
def spark_words(wave: WaveRow) -> str:
    told = {"hours": len(wave.hours), "numbers": ", ".join(map(str, wave.hours))}
    return _("le ultime %(hours)d ore: %(numbers)s") % told


@register.filter
def chosen(query: QueryDict) -> str:
    """What of the stream was chosen, to come back to it from what was opened beside it."""
    asked = query.copy()
    asked.pop("dopo", None)
    return quote(asked.urlencode(), safe="")


@register.filter
def next_page(query: QueryDict, after: str) -> str:
    """The same question, further on."""
    asked = query.copy()
    asked["dopo"] = after
    return asked.urlencode()
