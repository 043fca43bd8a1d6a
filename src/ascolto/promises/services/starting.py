"""Clocks start when something happens, on the terms of the team that answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from ascolto.kit.businesstime import WorkCalendar
from ascolto.promises.models import ClockFact, Promise
from ascolto.promises.policy import Terms
from ascolto.staff.hours import work_calendar
from ascolto.staff.models import Team

# The team's own minutes for each kind; None there means that the team has no such clock.
MINUTES = {
    Promise.Kind.FIRST_ANSWER: "first_answer_minutes",
    Promise.Kind.NEXT_ANSWER: "next_answer_minutes",
    Promise.Kind.UPDATE: "update_minutes",
    Promise.Kind.RESOLUTION: "resolution_minutes",
}


@dataclass(frozen=True, slots=True)
class About:
    """What a promise is about: an opaque reference, and whose matter it is."""

    subject: str
    customer_id: int


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock about to start: from when it runs, when to warn, and when it runs out."""

    kind: str
    team: Team
    started_at: datetime
    warn_at: datetime
    due_at: datetime


def clocks_of(
    kinds: Iterable[str], *, team: Team, hours: WorkCalendar, at: datetime
) -> list[Clock]:
    """The clocks of these kinds that start at `at` on the team's terms, in its `hours`.

    Those the team does not have are left out.
    """
    found = []
    for kind in kinds:
        terms = terms_of(team, kind)
        if terms is not None:
            warn_at, due_at = hours.add(at, terms.until_warning), hours.add(at, terms.amount)
            found.append(Clock(kind, team, started_at=at, warn_at=warn_at, due_at=due_at))
    return found


def terms_of(team: Team, kind: str) -> Terms | None:
    """How long a clock of this kind is for this team; None where it has none."""
    minutes: int | None = getattr(team, MINUTES[Promise.Kind(kind)])
    if minutes is None:
        return None
    return Terms(timedelta(minutes=minutes), team.warn_percent)


@transaction.atomic
def start(about: About, *, kinds: Iterable[str], team: Team, now: datetime) -> list[Promise]:
    """Start the clocks of these kinds that the team has and that do not run already."""
    wanted = [kind for kind in kinds if terms_of(team, kind) is not None]
    if not wanted:
        return []
    running = set(
        Promise.objects.filter(subject=about.subject, kind__in=wanted, ended_at=None).values_list(
            "kind", flat=True
        )
    )
    new = [kind for kind in wanted if kind not in running]
    if not new:
        return []
    hours = work_calendar(team.calendar)
    return start_many([(about, clock) for clock in clocks_of(new, team=team, hours=hours, at=now)])


@transaction.atomic(savepoint=False)
def start_many(several: Sequence[tuple[About, Clock]]) -> list[Promise]:
    """Start clocks that the caller knows not to be running: he made or locked what they are about.

    If one of them runs all the same, the database refuses them all.
    """
    promises = Promise.objects.bulk_create(
        Promise(
            customer_id=about.customer_id,
            subject=about.subject,
            kind=clock.kind,
            team=clock.team,
            calendar_id=clock.team.calendar_id,
            started_at=clock.started_at,
            warn_at=clock.warn_at,
            due_at=clock.due_at,
        )
        for about, clock in several
    )
    ClockFact.objects.bulk_create(
        ClockFact(promise=promise, kind=ClockFact.Kind.STARTED, at=promise.started_at)
        for promise in promises
    )
    return promises


def hand_over(subject: str, *, team: Team) -> None:
    """Let another team answer for the running clocks. The moment promised does not move."""
    Promise.objects.filter(subject=subject, ended_at=None).update(team=team)
