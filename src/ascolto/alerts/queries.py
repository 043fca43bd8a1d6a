"""Looks at alerts."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from ascolto.alerts.models import Alert
from ascolto.staff.models import Colleague, Team

PAGE = 50
SHOWN = 5  # open ones on every page; the rest is counted


@dataclass(frozen=True, slots=True)
class Standing:
    """What every page shows: the open alerts that concern somebody, the urgent ones first."""

    alerts: list[Alert]
    more: int


def visible(colleague: Colleague) -> QuerySet[Alert]:
    """The alerts he may see: those of no team, and those of teams whose cases he may see."""
    seen = Alert.objects.select_related("team", "taken_by", "dismissed_by", "rule")
    if colleague.leads:
        return seen
    if colleague.role == Colleague.Role.HELPER:
        return seen.none()
    his = Team.objects.filter(members=colleague).values("pk")
    return seen.filter(Q(team=None) | Q(team__is_reserved=False) | Q(team__in=his))


def standing(colleague: Colleague) -> Standing:
    """One query."""
    still = visible(colleague).filter(taken_at=None, dismissed_at=None, closed_at=None)
    found = list(still.order_by("-urgent", "-raised_at", "-pk")[: SHOWN * 20])
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
