"""The cases behind a figure, found by the conditions that it is counted by."""

from dataclasses import dataclass
from datetime import date

from django.db.models import DateField, ExpressionWrapper, F, Q, QuerySet
from django.db.models.lookups import GreaterThan, LessThanOrEqual

from ascolto.insight.models import CaseFacts
from ascolto.insight.policy.columns import CLOCKS, WHY
from ascolto.insight.policy.conditions import A_DAY, FRACTIONS, Fraction, Op, Test
from ascolto.insight.policy.periods import Period
from ascolto.insight.queries.sheets import Filters

FIELDS = {"solved": "solved_seconds"}
TIMES = {
    "first_answer": ("first_seconds", "open_first_seconds"),
    "resolution": ("solved_seconds", "open_solved_seconds"),
}
PAGE = 50


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of cases; `next` is where it goes on, or 0."""

    facts: list[CaseFacts]
    next: int


def figures() -> frozenset[str]:
    """What can be asked for: shares, times (the slowest first), clocks and why they ran out."""
    clocks = {f"clock:{name}" for name in CLOCKS} | {f"why:{name}" for name in WHY}
    return frozenset(FRACTIONS) | frozenset(TIMES) | clocks | {"all", "still_open"}


def behind(  # what, of which days and cases, in which hours, from where, as of when
    figure: str,
    period: Period,
    filters: Filters,
    *,
    today: date,
    in_hours: bool = False,
    start: int = 0,
) -> Behind:
    """Raises KeyError for a figure that has no cases behind it."""
    found = _filtered(period, filters).select_related("case__customer", "case__team")
    order = ["-opened_on", "-case"]
    if figure in TIMES:
        column = TIMES[figure][in_hours]
        found = found.filter(**{f"{column}__isnull": False})
        order = [f"-{column}", "-case"]
    else:
        found = found.filter(_condition(figure, today=today))
    some = list(found.order_by(*order)[start : start + PAGE + 1])
    return Behind(some[:PAGE], start + PAGE if len(some) > PAGE else 0)


def _filtered(period: Period, filters: Filters) -> QuerySet[CaseFacts]:
    found = CaseFacts.objects.filter(opened_on__gte=period.first, opened_on__lte=period.last)
    wanted = {
        "channel_kind": filters.channel,
        "team": filters.team_id,
        "topic": filters.topic,
        "priority": filters.priority,
    }
    return found.filter(**{name: value for name, value in wanted.items() if value is not None})


def _condition(figure: str, *, today: date) -> Q:
    if figure == "all":
        return Q()
    if figure == "still_open":
        return Q(resolved_at=None)
    kind, _, name = figure.partition(":")
    if kind == "clock":
        return _bit("broken_kinds", 1 << CLOCKS.index(name))
    if kind == "why":
        return _bit("broken_why", 1 << WHY.index(name))
    return _query(FRACTIONS[figure], today=today)


def _query(fraction: Fraction, *, today: date) -> Q:
    query = Q()
    for test in (*fraction.of, *fraction.count):
        query &= _of(test, today=today)
    return query


def _of(test: Test, *, today: date) -> Q:
    """The same as `Test.mask`."""
    column = FIELDS.get(test.column, test.column)
    if test.op is Op.ANY:
        return _bit(column, test.value)
    if test.op is Op.NONE:
        return ~_bit(column, test.value)
    if test.op is Op.AT_LEAST:
        return Q(**{f"{column}__gte": test.value})
    if test.op is Op.AT_MOST:
        return Q(**{f"{column}__lte": test.value})
    settled = F("opened_on") + (F(column) / A_DAY + test.value)
    since = ExpressionWrapper(settled, output_field=DateField())
    return Q(LessThanOrEqual(since, today)) & Q(**{f"{column}__isnull": False})


def _bit(column: str, value: int) -> Q:
    return Q(GreaterThan(F(column).bitand(value), 0))
