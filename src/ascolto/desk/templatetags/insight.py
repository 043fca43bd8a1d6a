"""How figures are said on pages."""

from collections.abc import Mapping, Sequence

from django import template

from ascolto.desk.insight import words
from ascolto.desk.insight.cards import FAILURES
from ascolto.desk.insight.drawing import Range
from ascolto.insight.catalogue import Definition
from ascolto.insight.policy.statistics import Interval

register = template.Library()


@register.filter
def lasted(seconds: float | None) -> str:
    return words.time(seconds)


@register.filter
def share(value: float | None) -> str:
    return words.percent(value)


@register.filter
def number(value: int) -> str:
    return words.number(value)


@register.filter
def between(interval: Interval | None, unit: str) -> str:
    return words.between(interval, unit=unit)


@register.filter
def places(value: float) -> str:
    """A place on a chart: with a point, whatever the language."""
    return f"{value:.1f}"


@register.filter
def names(rows: Sequence[Range]) -> str:
    return ", ".join(row.name for row in rows)


@register.filter
def failing(definitions: Mapping[str, Definition]) -> list[Definition]:
    """Those of the card of what goes wrong."""
    return [definitions[key] for key in FAILURES]
