"""`/alerts`: what somebody must know now; by which rules; and whose shift it is."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from ascolto.alerts import queries, services
from ascolto.alerts.models import Alert, Notice, Rule
from ascolto.alerts.policy import MINUTES_A_DAY, Shift
from ascolto.api.auth import Bearer, colleague_of, leads_only
from ascolto.api.errors import ApiError
from ascolto.api.v1.deeds import team_with
from ascolto.api.v1.listing import paged
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.shapes import Page
from ascolto.api.v1.words import Id, Limit, answers

router = Router(tags=["alerts"])
ADMIN = Bearer("admin")


class AlertFilter(Schema):
    """`open`: those that wait for somebody. `before` is the `next` of the page before."""

    open: bool = False
    before: Id | None = None
    limit: Limit = 50


class AlertOut(Schema):
    """`path` is the page of the desk that shows what it is about."""

    id: int
    kind: str
    subject: str
    path: str
    title: str
    words: str
    why: list[str]
    team: int | None
    urgent: bool
    raised_at: datetime
    opened_at: datetime | None
    taken_at: datetime | None
    taken_by: int | None
    dismissed_at: datetime | None
    escalated_at: datetime | None
    closed_at: datetime | None


class AlertPage(Page):
    items: list[AlertOut]


class AlertRuleIn(Schema):
    """`team` null: the team it is about. `monitors`, of listening: none means any."""

    kind: Rule.Kind
    ways: Annotated[list[Notice.Way], Field(max_length=10)]
    team: Id | None = None
    monitors: Annotated[list[Id], Field(max_length=500)] = Field(default_factory=list)
    least_reach: Annotated[int, Field(ge=1, le=1_000_000_000)] | None = None
    urgent: bool = False
    escalate_minutes: Annotated[int, Field(ge=1, le=10_080)] | None = None
    escalate_to: Id | None = None


class AlertRuleOut(Schema):
    id: int
    kind: str
    ways: list[str]
    team: int | None
    monitors: list[int]
    least_reach: int | None
    urgent: bool
    escalate_minutes: int | None
    escalate_to: int | None
    made_at: datetime
    paused_at: datetime | None
    retired_at: datetime | None


class ShiftIn(Schema):
    """Minutes of the day in the company's zone; Monday is 0. A night is two of them."""

    colleague: Id
    weekday: Annotated[int, Field(ge=0, le=6)]
    begins: Annotated[int, Field(ge=0, le=MINUTES_A_DAY)]
    ends: Annotated[int, Field(ge=1, le=MINUTES_A_DAY)]


class WeekIn(Schema):
    shifts: Annotated[list[ShiftIn], Field(max_length=2_000)]


class DutyOut(Schema):
    """`told` are the colleagues who are told at this moment."""

    team: int
    shifts: list[ShiftIn]
    told: list[int]


@router.get("/alerts", response=answers(200, AlertPage))
def alerts(request: HttpRequest, wanted: Query[AlertFilter]) -> dict[str, Any]:
    """Those this token may see, the newest first."""
    found = queries.visible(colleague_of(request))
    if wanted.open:
        found = found.filter(taken_at=None, dismissed_at=None, closed_at=None)
    return paged(found, wanted.before, wanted.limit, _alert)


@router.post("/alerts/{int:alert}/take", response=answers(200, AlertOut))
def take(request: HttpRequest, alert: Id) -> dict[str, Any]:
    """It is the colleague's from now on; 409 if another was quicker."""
    return _done(request, alert, services.take)


@router.post("/alerts/{int:alert}/dismiss", response=answers(200, AlertOut))
def dismiss(request: HttpRequest, alert: Id) -> dict[str, Any]:
    """It is no alarm: nobody is told again for as long as the same thing lasts."""
    return _done(request, alert, services.dismiss)


@router.post("/alerts/{int:alert}/give_back", response=answers(200, AlertOut))
def give_back(request: HttpRequest, alert: Id) -> dict[str, Any]:
    """Undo of both: it is open again, for all."""
    return _done(request, alert, services.give_back)


@router.get("/alert_rules", response=answers(200, list[AlertRuleOut]))
def rules(request: HttpRequest) -> list[dict[str, Any]]:
    """What is alerted, to whom, and by which ways."""
    leads_only(request)
    return [_rule_out(one) for one in Rule.objects.filter(retired_at=None).order_by("pk")]


@router.post("/alert_rules", response=answers(201, AlertRuleOut), auth=ADMIN)
def make_rule(request: HttpRequest, told: AlertRuleIn) -> Status[dict[str, Any]]:
    """From now on people are told of this."""
    by = leads_only(request)
    with refused():
        return Status(201, _rule_out(services.make_rule(_wanted(told), by=by, now=timezone.now())))


@router.put("/alert_rules/{int:rule}", response=answers(200, AlertRuleOut), auth=ADMIN)
def change_rule(request: HttpRequest, rule: Id, told: AlertRuleIn) -> dict[str, Any]:
    """It holds for the next alert."""
    by, found = leads_only(request), _rule(rule)
    with refused():
        services.change_rule(found, _wanted(told), by=by, now=timezone.now())
    return _rule_out(found)


@router.post("/alert_rules/{int:rule}/pause", response=answers(200, AlertRuleOut), auth=ADMIN)
def pause_rule(request: HttpRequest, rule: Id) -> dict[str, Any]:
    """It stays with all its settings, and alerts nobody."""
    by, found = leads_only(request), _rule(rule)
    services.pause_rule(found, paused=True, by=by, now=timezone.now())
    return _rule_out(found)


@router.post("/alert_rules/{int:rule}/resume", response=answers(200, AlertRuleOut), auth=ADMIN)
def resume_rule(request: HttpRequest, rule: Id) -> dict[str, Any]:
    """It alerts again."""
    by, found = leads_only(request), _rule(rule)
    services.pause_rule(found, paused=False, by=by, now=timezone.now())
    return _rule_out(found)


@router.delete("/alert_rules/{int:rule}", response=answers(200, AlertRuleOut), auth=ADMIN)
def retire_rule(request: HttpRequest, rule: Id) -> dict[str, Any]:
    """Its alerts stay."""
    by, found = leads_only(request), _rule(rule)
    services.retire_rule(found, by=by, now=timezone.now())
    return _rule_out(found)


@router.get("/duty/{int:team}", response=answers(200, DutyOut))
def duty(request: HttpRequest, team: Id) -> dict[str, Any]:
    """The week of a team, and who is told now."""
    leads_only(request)
    return _duty(team)


@router.put("/duty/{int:team}", response=answers(200, DutyOut), auth=ADMIN)
def set_duty(request: HttpRequest, team: Id, week: WeekIn) -> dict[str, Any]:
    """The whole week, in place of the one before."""
    by = leads_only(request)
    shifts = [Shift(one.colleague, one.weekday, one.begins, one.ends) for one in week.shifts]
    with refused():
        services.set_duty(team_with(team), shifts, by=by, now=timezone.now())
    return _duty(team)


def _done(request: HttpRequest, pk: int, deed: Callable[..., Alert]) -> dict[str, Any]:
    by = colleague_of(request)
    if not queries.visible(by).filter(pk=pk).exists():
        raise ApiError(404, sentence="There is no such alert that this token may see.")
    with refused():
        return _alert(deed(pk, by=by, now=timezone.now()))


def _alert(one: Alert) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in AlertOut.model_fields}
    return {**told, "team": one.team_id, "taken_by": one.taken_by_id}


def _rule(pk: int) -> Rule:
    found = Rule.objects.filter(pk=pk, retired_at=None).first()
    if found is None:
        raise ApiError(404, sentence="There is no such rule.")
    return found


def _wanted(told: AlertRuleIn) -> services.Wanted:
    return services.Wanted(
        kind=told.kind,
        ways=told.ways,
        team=team_with(told.team) if told.team is not None else None,
        monitors=told.monitors,
        least_reach=told.least_reach,
        urgent=told.urgent,
        escalate_minutes=told.escalate_minutes,
        escalate_to=team_with(told.escalate_to) if told.escalate_to is not None else None,
    )


def _rule_out(one: Rule) -> dict[str, Any]:
    told = {name: getattr(one, name) for name in AlertRuleOut.model_fields}
    return {**told, "team": one.team_id, "escalate_to": one.escalate_to_id}


def _duty(pk: int) -> dict[str, Any]:
    team = team_with(pk)
    shifts = [
        {"colleague": one.colleague_id, "weekday": one.weekday, "begins": one.begins,
         "ends": one.ends}
        for one in queries.shifts_of(team)
    ]  # fmt: skip
    told = [one.pk for one in queries.on_duty_now(team, now=timezone.now())]
    return {"team": team.pk, "shifts": shifts, "told": told}
