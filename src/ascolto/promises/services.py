from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from ascolto.promises.models import ClockFact, Promise
from ascolto.promises.policy import Terms, ending_of
from ascolto.staff.hours import work_calendar
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.services import record

SWEPT_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class About:
    """What a promise is about: an opaque reference, and whose matter it is."""

    subject: str
    customer_id: int


class NoReason(Exception):
    """A promise is waived only with a reason."""


@transaction.atomic
def start(about: About, *, kind: str, team: Team, now: datetime) -> Promise:
    """Start a clock in the hours of the team, unless one of this kind is running already."""
    running = Promise.objects.filter(subject=about.subject, kind=kind, ended_at=None).first()
    if running is not None:
        return running
    terms = _terms(team, kind)
    hours = work_calendar(team.calendar)
    promise = Promise.objects.create(
        customer_id=about.customer_id,
        subject=about.subject,
        kind=kind,
        team=team,
        calendar=team.calendar,
        started_at=now,
        warn_at=hours.add(now, terms.until_warning),
        due_at=hours.add(now, terms.amount),
    )
    ClockFact.objects.create(promise=promise, kind=ClockFact.Kind.STARTED, at=now)
    return promise


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
    ended = []
    for promise in _running(subject).filter(kind__in=list(kinds)):
        promise.ending = ending_of(due_at=promise.due_at, ended_at=at)
        promise.ended_at = at
        promise.save(update_fields=["ending", "ended_at"])
        ClockFact.objects.create(promise=promise, kind=ClockFact.Kind.STOPPED, at=at, by=by)
        _tell(promise, f"promises.{promise.ending.lower()}", at=at, by=by)
        ended.append(promise)
    return ended


@transaction.atomic
def waive(subject: str, *, reason: str, by: Colleague, now: datetime) -> None:
    """Let the running clocks go without an answer, and say why."""
    if not reason.strip():
        raise NoReason(subject)
    for promise in _running(subject):
        promise.ending, promise.reason = Promise.Ending.WAIVED, reason.strip()[:200]
        promise.ended_at = now
        promise.save(update_fields=["ending", "reason", "ended_at"])
        ClockFact.objects.create(
            promise=promise, kind=ClockFact.Kind.STOPPED, at=now, by=by, why=promise.reason
        )
        _tell(promise, "promises.waived", at=now, by=by)


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
    for promise in promises:
        Promise.objects.filter(pk=promise.pk).update(warned_at=now)
        if promise.due_at > now:  # what ran out already is told as that, not as a warning
            _tell(promise, "promises.warned", at=now)
    return len(promises)


@transaction.atomic
def _sweep_overruns(now: datetime) -> int:
    promises = list(
        Promise.objects.select_for_update(skip_locked=True)
        .filter(ended_at=None, overrun_at=None, due_at__lt=now)
        .order_by("due_at")[:SWEPT_AT_ONCE]
    )
    for promise in promises:
        Promise.objects.filter(pk=promise.pk).update(overrun_at=now)
        _tell(promise, "promises.overrun", at=promise.due_at)
    return len(promises)


def _running(subject: str) -> QuerySet[Promise]:
    return Promise.objects.select_for_update().filter(subject=subject, ended_at=None)


def _tell(promise: Promise, kind: str, *, at: datetime, by: Colleague | None = None) -> None:
    record(
        kind,
        at=at,
        subject=promise.subject,
        customer_id=promise.customer_id,
        by=by,
        team_id=promise.team_id,
        promise=promise.pk,
        promised=promise.kind,
        due_at=promise.due_at.isoformat(),
    )
