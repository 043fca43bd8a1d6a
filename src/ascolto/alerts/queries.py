"""Looks at alerts."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from ascolto.alerts.models import Alert, Call, Duty, Subscription, Wishes
from ascolto.alerts.policy import Shift, on_duty
from ascolto.staff.models import Colleague, Team
from ascolto.staff.queries import colleagues, company, on_hand, teams

PAGE = 50
SHOWN = 5  # open ones on every page; the rest is counted


@dataclass(frozen=True, slots=True)
class Standing:
    """What every page shows: the open alerts that concern somebody, the urgent ones first."""

    alerts: list[Alert]
    more: int

    @property
    def number(self) -> int:
        return len(self.alerts) + self.more


def visible(colleague: Colleague) -> QuerySet[Alert]:
    """The alerts he may see: those of no team, and those of teams whose cases he may see."""
    seen = Alert.objects.select_related("team", "taken_by", "dismissed_by", "rule")
    if colleague.leads:
        return seen
    if colleague.role == Colleague.Role.HELPER:
        return seen.none()
    his = Team.objects.filter(members=colleague).values("pk")
    return seen.filter(Q(team=None) | Q(team__is_reserved=False) | Q(team__in=his))


def still_open(colleague: Colleague) -> QuerySet[Alert]:
    """Those he may see that nobody has taken. Unordered."""
    return visible(colleague).filter(taken_at=None, dismissed_at=None, closed_at=None)


def standing(colleague: Colleague) -> Standing:
    """One query."""
    found = list(still_open(colleague).order_by("-urgent", "-raised_at", "-pk")[: SHOWN * 20])
    return Standing(found[:SHOWN], max(0, len(found) - SHOWN))


def page(
    colleague: Colleague, *, before: tuple[datetime, int] | None = None
) -> tuple[list[Alert], bool]:
    """All of them, newest first, and whether there are older ones. One query."""
    alerts = visible(colleague)
    if before is not None:
        at, pk = before
        alerts = alerts.filter(Q(raised_at__lt=at) | Q(raised_at=at, pk__lt=pk))
    found = list(alerts.order_by("-raised_at", "-pk")[: PAGE + 1])
    return found[:PAGE], len(found) > PAGE


def of_subject(subject: str) -> list[Alert]:
    return list(Alert.objects.filter(subject=subject).order_by("-raised_at", "-pk"))


def wishes_of(colleague: Colleague) -> Wishes:
    """How he wants to be told; without a row of his own, by every way at any hour."""
    return Wishes.objects.filter(colleague=colleague).first() or Wishes(colleague=colleague)


def browsers_of(colleague: Colleague) -> list[Subscription]:
    his = Subscription.objects.filter(colleague=colleague, gone_at=None)
    return list(his.order_by("-made_at", "-pk"))


def shifts_of(team: Team) -> list[Duty]:
    return list(Duty.objects.filter(team=team).order_by("weekday", "begins", "pk"))


def on_duty_now(team: Team | None, *, now: datetime) -> list[Colleague]:
    """Those whose shift it is. Where nobody has a shift now, the whole team; else the leads."""
    there = list(on_hand(team)) if team else list(colleagues())
    known = {one.pk for one in there}
    rota = Duty.objects.filter(colleague__in=known)
    if team is not None:
        rota = rota.filter(team=team)
    wall = now.astimezone(ZoneInfo(company().zone))
    shifts = [
        Shift(one.colleague_id, one.weekday, one.begins, one.ends)
        for one in rota.filter(weekday=wall.weekday())
    ]
    due = on_duty(shifts, at=wall)
    if due:
        return [one for one in there if one.pk in due]
    able = [one for one in there if one.role != Colleague.Role.HELPER]
    return able or [one for one in colleagues() if one.leads]


def at_work(*, now: datetime) -> dict[int, bool]:
    """Of everybody who has shifts, by id: whether one of them is now. Two queries."""
    wall = now.astimezone(ZoneInfo(company().zone))
    shifts = [
        Shift(one.colleague_id, one.weekday, one.begins, one.ends) for one in Duty.objects.all()
    ]
    due = on_duty(shifts, at=wall)
    return {one.colleague_id: one.colleague_id in due for one in shifts}


@dataclass(frozen=True, slots=True)
class DutyOf:
    """A team, whether it has a rota, and who is told at this moment."""

    team: Team
    has_rota: bool
    told: list[Colleague]


def duty_today(*, now: datetime) -> list[DutyOf]:
    with_rota = set(Duty.objects.values_list("team", flat=True))
    return [DutyOf(team, team.pk in with_rota, on_duty_now(team, now=now)) for team in teams()]


def may_see(colleague: Colleague, team: Team) -> bool:
    """Whether what concerns this team, and stands in no case, is for his eyes."""
    if colleague.role == Colleague.Role.HELPER or colleague.left_at is not None:
        return False
    return colleague.leads or not team.is_reserved or team.members.filter(pk=colleague.pk).exists()


def calls_about(subject: str) -> list[Call]:
    """What colleagues asked one another about it, oldest first. One query."""
    calls = Call.objects.filter(subject=subject).select_related("by", "to")
    return list(calls.order_by("at", "pk"))


def calls_of(colleague: Colleague) -> QuerySet[Call]:
    """What he was asked to look at, as far as he still may. Unordered."""
    his = Call.objects.filter(to=colleague)
    if colleague.leads:
        return his
    if colleague.role == Colleague.Role.HELPER:
        return his.none()
    joined = Team.objects.filter(members=colleague).values("pk")
    return his.filter(Q(team__is_reserved=False) | Q(team__in=joined))
