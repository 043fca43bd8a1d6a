from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from ascolto.kit.businesstime import WorkCalendar
from ascolto.promises.models import ClockFact, Promise
from ascolto.promises.policy import Terms, ending_of
from ascolto.staff.hours import work_calendar
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.services import Happened, record_many

SWEPT_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class About:
    """What a promise is about: an opaque reference, and whose matter it is."""

    subject: str
    customer_id: int


class NoReason(Exception):
    """A promise is waived only with a reason."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock about to start: from when it runs, when to warn, and when it runs out."""

    kind: str
    team: Team
    started_at: datetime
    warn_at: datetime
    due_at: datetime


def clock_of(kind: str, *, team: Team, hours: WorkCalendar, at: datetime) -> Clock:
    """The clock of this kind that starts at `at` on the team's terms, in its `hours`."""
    terms = _terms(team, kind)
    return Clock(
        kind,
        team,
        started_at=at,
        warn_at=hours.add(at, terms.until_warning),
        due_at=hours.add(at, terms.amount),
    )


@transaction.atomic
def start(about: About, *, kind: str, team: Team, now: datetime) -> Promise:
    """Start a clock in the hours of the team, unless one of this kind is running already."""
    running = Promise.objects.filter(subject=about.subject, kind=kind, ended_at=None).first()
    if running is not None:
        return running
    hours = work_calendar(team.calendar)
    return start_many([(about, clock_of(kind, team=team, hours=hours, at=now))])[0]


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


def _terms(team: Team, kind: str) -> Terms:
    minutes = (
        team.first_answer_minutes if kind == Promise.Kind.FIRST_ANSWER else team.next_answer_minutes
    )
    return Terms(timedelta(minutes=minutes), team.warn_percent)


@transaction.atomic
def end(
    subject: str, *, kinds: Iterable[str], at: datetime, by: Colleague | None = None
) -> list[Promise]:
    """Stop the running clocks of these kinds: each is kept or broken, by its own due time."""
    ended = list(_running(subject).filter(kind__in=list(kinds)))
    for promise in ended:
        promise.ending = ending_of(due_at=promise.due_at, ended_at=at)
        promise.ended_at = at
        promise.save(update_fields=["ending", "ended_at"])
    _stopped(ended, at=at, by=by)
    return ended


@transaction.atomic
def waive(subject: str, *, reason: str, by: Colleague, now: datetime) -> None:
    """Let the running clocks go without an answer, and say why."""
    if not reason.strip():
        raise NoReason(subject)
    waived = list(_running(subject))
    for promise in waived:
        promise.ending, promise.reason = Promise.Ending.WAIVED, reason.strip()[:200]
        promise.ended_at = now
        promise.save(update_fields=["ending", "reason", "ended_at"])
    _stopped(waived, at=now, by=by)


def _stopped(promises: Sequence[Promise], *, at: datetime, by: Colleague | None) -> None:
    ClockFact.objects.bulk_create(
        ClockFact(promise=promise, kind=ClockFact.Kind.STOPPED, at=at, by=by, why=promise.reason)
        for promise in promises
    )
    record_many(
        [_news(promise, f"promises.{promise.ending.lower()}", at=at, by=by) for promise in promises]
    )


def hand_over(subject: str, *, team: Team) -> None:
    """Let another team answer for the running clocks. The moment promised does not move."""
    Promise.objects.filter(subject=subject, ended_at=None).update(team=team)


def sweep(*, now: datetime) -> int:
    """Warn of what runs out soon, and write down what ran out. How many promises it touched.

    One indexed look per kind of news, whatever was missed meanwhile is told once. Many
    processes may sweep at the same time: each row is taken by one of them.
    """
    return _sweep_warnings(now) + _sweep_overruns(now)


@transaction.atomic
def _sweep_warnings(now: datetime) -> int:
    promises = list(
        Promise.objects.select_for_update(skip_locked=True)
        .filter(ended_at=None, warned_at=None, warn_at__lte=now)
        .order_by("warn_at")[:SWEPT_AT_ONCE]
    )
    if promises:
        Promise.objects.filter(pk__in=[one.pk for one in promises]).update(warned_at=now)
    # What ran out already is told as that, not as a warning.
    early = [promise for promise in promises if promise.due_at > now]
    record_many([_news(promise, "promises.warned", at=now) for promise in early])
    return len(promises)


@transaction.atomic
def _sweep_overruns(now: datetime) -> int:
    promises = list(
        Promise.objects.select_for_update(skip_locked=True)
        .filter(ended_at=None, overrun_at=None, due_at__lt=now)
        .order_by("due_at")[:SWEPT_AT_ONCE]
    )
    if promises:
        Promise.objects.filter(pk__in=[one.pk for one in promises]).update(overrun_at=now)
    record_many([_news(promise, "promises.overrun", at=promise.due_at) for promise in promises])
    return len(promises)


def _running(subject: str) -> QuerySet[Promise]:
    return Promise.objects.select_for_update().filter(subject=subject, ended_at=None)


def _news(promise: Promise, kind: str, *, at: datetime, by: Colleague | None = None) -> Happened:
    return Happened(
        kind,
        at,
        promise.subject,
        promise.customer_id,
        by,
        promise.team_id,
        {
            "promise": promise.pk,
            "promised": promise.kind,
            "due_at": promise.due_at.isoformat(),
        },
    )
