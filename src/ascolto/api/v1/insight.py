"""`/insight`: the figures that the page of the figures shows, with what they mean."""

from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Literal
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema

from ascolto.api.auth import leads_only
from ascolto.api.errors import ApiError
from ascolto.api.v1.words import Id, answers
from ascolto.insight import queries
from ascolto.insight.catalogue import DEFINITIONS
from ascolto.insight.flat import figures_of, figures_of_part
from ascolto.insight.policy.columns import CHANNELS, TOPICS
from ascolto.insight.policy.periods import Period, period_of
from ascolto.insight.queries import Filters
from ascolto.insight.queries.backlog import backlog
from ascolto.insight.queries.behind import figures
from ascolto.insight.queries.phone import Phone
from ascolto.insight.queries.report import DIMENSIONS
from ascolto.staff.queries import company

router = Router(tags=["insight"])
NO_TOPIC = "none"
FARTHEST = 100_000  # of a list of cases


class FigureOut(Schema):
    """`unit` is "seconds" or "share" (0 to 1); `low` and `high` are its 95 % interval, null where
    so few cases do not tell. `n` is how many it was reckoned from; `before` is the same for as
    many days just before, and `differs` whether it changed by more than chance."""

    key: str
    unit: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    before: float | None
    n_before: int
    differs: bool


class PartOut(Schema):
    """One channel, team (by its id), topic or priority."""

    dimension: str
    name: str
    cases: int
    figures: list[FigureOut]


class CountOut(Schema):
    """How many cases (or public voices), by the code of a clock, a reason or a band of age."""

    name: str
    cases: int


class PhoneOut(Schema):
    """Figures of a switchboard; `queue` is empty for all of them together. Seconds."""

    queue: str
    offered: int
    answered: int
    abandoned: int
    wait_median: float | None
    wait_nine_in_ten: float | None
    wait_mean: float | None
    talk_mean: float | None


class InsightOut(Schema):
    """Of the cases opened from `first` to `last`, both included, in the company's zone. `read_at`
    is up to when the history was read; `complete` is false while it is read the first time."""

    first: date
    last: date
    hours: str
    read_at: datetime | None
    complete: bool
    cases: int
    cases_before: int
    figures: list[FigureOut]
    parts: list[PartOut]
    broken_clocks: list[CountOut]
    broken_why: list[CountOut]
    backlog: list[CountOut]
    public_calls: int
    public_reasons: list[CountOut]
    phone: list[PhoneOut]


class DefinitionOut(Schema):
    """What a figure means. `trade` is the field's own name; `rises`: whether more is better."""

    key: str
    title: str
    unit: str
    formula: str
    trade: str
    rises: bool | None


class CaseBehindOut(Schema):
    """One case behind a figure; times are seconds by the clock on the wall."""

    case: str
    opened_at: datetime
    resolved_at: datetime | None
    team: int
    channel: str
    topic: str
    priority: int
    first_answer: int | None
    resolution: int | None
    hand_overs: int


class CasesBehindOut(Schema):
    """`next` is where the list goes on, null at its end."""

    items: list[CaseBehindOut]
    next: int | None


class InsightFilter(Schema):
    """`period`: days up to today, or `month`; or `first` and `last`. `topic` may be "none"."""

    period: Literal["7", "30", "90", "month"] = "30"
    first: date | None = None
    last: date | None = None
    team: Id | None = None
    channel: str = ""
    topic: str = ""
    priority: Literal["", "-1", "0", "1", "2"] = ""
    hours: Literal["working", "calendar"] = "working"


class BehindFilter(InsightFilter):
    figure: str
    start: int = 0


@router.get("/insight", response=answers(200, InsightOut))
def insight(request: HttpRequest, wanted: Query[InsightFilter]) -> dict[str, Any]:
    """The figures of a period, beside those of the period before. For owners and supervisors."""
    leads_only(request)
    now = timezone.now()
    period, filters, zone = _asked(wanted, now=now)
    how = queries.how_far()
    today = now.astimezone(zone).date()
    report = queries.report(period, filters, in_hours=wanted.hours == "working", today=today)
    public = queries.public_calls(period, filters)
    return {
        "first": period.first,
        "last": period.last,
        "hours": wanted.hours,
        "read_at": how.read_at,
        "complete": how.complete,
        "cases": report.cases,
        "cases_before": report.cases_before,
        "figures": figures_of(report),
        "parts": [
            {
                "dimension": dimension,
                "name": part.name or NO_TOPIC,
                "cases": part.cases,
                "figures": figures_of_part(part),
            }
            for dimension in DIMENSIONS
            for part in report.parts[dimension]
        ],
        "broken_clocks": report.clocks,
        "broken_why": report.reasons,
        "backlog": [
            {"name": f"{band.older}-{band.younger or ''}", "cases": band.cases}
            for band in backlog(filters, now=now)
        ],
        "public_calls": public.calls,
        "public_reasons": [{"name": reason, "cases": count} for reason, count in public.reasons],
        "phone": [_phone(line) for line in queries.phone(*period.moments(zone))],
    }


@router.get("/insight/definitions", response=answers(200, list[DefinitionOut]))
def definitions(request: HttpRequest) -> list[dict[str, Any]]:
    """Every figure with its formula, in the language of the token's colleague."""
    leads_only(request)
    return [
        {**asdict(one), "title": str(one.title), "formula": str(one.formula)}
        for one in DEFINITIONS.values()
    ]


@router.get("/insight/cases", response=answers(200, CasesBehindOut))
def cases(request: HttpRequest, wanted: Query[BehindFilter]) -> dict[str, Any]:
    """The cases behind a figure, fifty at a time: `handed_over_thrice`, `clock:FIRST_ANSWER`, …"""
    leads_only(request)
    if wanted.figure not in figures():
        raise ApiError(422, "unknown_figure", f"One of: {', '.join(sorted(figures()))}.")
    if not 0 <= wanted.start <= FARTHEST:
        raise ApiError(422, "too_far", f"A list goes to {FARTHEST}.")
    now = timezone.now()
    period, filters, zone = _asked(wanted, now=now)
    page = queries.behind(
        wanted.figure,
        period,
        filters,
        today=now.astimezone(zone).date(),
        in_hours=wanted.hours == "working",
        start=wanted.start,
    )
    items = [
        {
            "case": one.case.number,
            "opened_at": one.opened_at,
            "resolved_at": one.resolved_at,
            "team": one.team_id,
            "channel": one.channel_kind,
            "topic": one.topic,
            "priority": one.priority,
            "first_answer": one.first_seconds,
            "resolution": one.solved_seconds,
            "hand_overs": one.hand_overs,
        }
        for one in page.facts
    ]
    return {"items": items, "next": page.next or None}


def _asked(wanted: InsightFilter, *, now: datetime) -> tuple[Period, Filters, ZoneInfo]:
    if wanted.channel and wanted.channel not in CHANNELS:
        raise ApiError(422, "unknown_channel", f"One of: {', '.join(CHANNELS)}.")
    topic = "" if wanted.topic == NO_TOPIC else wanted.topic
    if topic not in TOPICS:
        raise ApiError(422, "unknown_topic", f"One of: {', '.join((*TOPICS[1:], NO_TOPIC))}.")
    zone = ZoneInfo(company().zone)
    today = now.astimezone(zone).date()
    name = "mese" if wanted.period == "month" else wanted.period
    if wanted.first is not None:
        last = (wanted.last or today).isoformat()
        period = period_of("proprio", today=today, first=wanted.first.isoformat(), last=last)
    else:
        period = period_of(name, today=today)
    filters = Filters(
        channel=wanted.channel or None,
        team_id=wanted.team,
        topic=topic if wanted.topic else None,
        priority=int(wanted.priority) if wanted.priority else None,
    )
    return period, filters, zone


def _phone(line: Phone) -> dict[str, Any]:
    return {
        "queue": line.queue,
        "offered": line.offered,
        "answered": line.answered.count,
        "abandoned": line.abandoned.count,
        "wait_median": line.waits.median.value if line.waits.median else None,
        "wait_nine_in_ten": line.waits.nine.value if line.waits.nine else None,
        "wait_mean": line.mean_wait,
        "talk_mean": line.mean_talk,
    }
