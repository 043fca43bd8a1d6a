"""A clock rests while it is not our turn, and goes on with the time that was left.

A pause has a reason, which customer and colleague read. A paused clock neither warns nor runs out.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from ascolto.kit.businesstime import WorkCalendar
from ascolto.promises.models import ClockFact, Promise
from ascolto.promises.policy import moved
from ascolto.promises.services.telling import news
from ascolto.staff.hours import work_calendars
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record_many

PAUSE_FIELDS = ["paused_at", "pause_reason", "due_at", "warn_at"]


class NoReason(Exception):
    """A promise is waived, and a clock paused, only with a reason."""


@transaction.atomic
def pause(promise_id: int, *, reason: str, by: Colleague, now: datetime) -> Promise:
    """A colleague lets a clock rest and says why. One that rests already gets the new reason."""
    if not reason.strip():
        raise NoReason(promise_id)
    promise = Promise.objects.select_for_update().get(pk=promise_id)
    if promise.ended_at is None:
        _rest([promise], reason=reason.strip()[:200], at=now, by=by)
        record_many([news(promise, "promises.paused", at=now, by=by, why=promise.pause_reason)])
    return promise


@transaction.atomic
def resume(promise_id: int, *, by: Colleague, now: datetime) -> Promise:
    """A colleague lets a clock go on: it is due when the time that was left has passed."""
    promise = Promise.objects.select_for_update().get(pk=promise_id)
    if promise.ended_at is None and promise.paused_at is not None:
        go_on([promise], at=now, by=by)
        record_many([news(promise, "promises.resumed", at=now, by=by)])
    return promise


@transaction.atomic
def pause_all(subject: str, *, kinds: Collection[str], reason: str, at: datetime) -> None:
    """A fact, not a colleague, lets the running clocks of these kinds rest."""
    running = Promise.objects.select_for_update().filter(
        subject=subject, kind__in=kinds, ended_at=None, paused_at=None
    )
    _rest(list(running), reason=reason, at=at)


@transaction.atomic
def resume_all(subject: str, *, reason: str, at: datetime) -> None:
    """Let the clocks go on that rested for this reason."""
    resting = Promise.objects.select_for_update().filter(
        subject=subject, pause_reason=reason, ended_at=None, paused_at__isnull=False
    )
    go_on(list(resting), at=at)


def go_on(
    promises: Sequence[Promise],
    *,
    at: datetime,
    by: Colleague | None = None,
    hours: Mapping[int, WorkCalendar] | None = None,
) -> None:
    """Let clocks that the caller holds go on, with one statement each for hours, rows and facts."""
    if not promises:
        return
    calendars = hours if hours is not None else hours_of(promises)
    for promise in promises:
        since = promise.paused_at or at
        calendar = calendars.get(promise.calendar_id or 0)
        promise.due_at = moved(promise.due_at, paused_at=since, at=max(since, at), hours=calendar)
        promise.warn_at = moved(promise.warn_at, paused_at=since, at=max(since, at), hours=calendar)
        promise.paused_at, promise.pause_reason = None, ""
    Promise.objects.bulk_update(promises, PAUSE_FIELDS)
    _note(promises, ClockFact.Kind.RESUMED, at=at, by=by)


def hours_of(promises: Iterable[Promise]) -> dict[int, WorkCalendar]:
    ids = {promise.calendar_id for promise in promises if promise.calendar_id is not None}
    return work_calendars(ids) if ids else {}


def _rest(
    promises: Sequence[Promise], *, reason: str, at: datetime, by: Colleague | None = None
) -> None:
    if not promises:
        return
    for promise in promises:
        # What counts is since when it rests: a second reason moves nothing.
        promise.paused_at = promise.paused_at or max(at, promise.started_at)
        promise.pause_reason = reason
    Promise.objects.bulk_update(promises, ["paused_at", "pause_reason"])
    _note(promises, ClockFact.Kind.PAUSED, at=at, by=by, why=reason)


def _note(
    promises: Iterable[Promise], kind: str, *, at: datetime, by: Colleague | None, why: str = ""
) -> None:
    ClockFact.objects.bulk_create(
        ClockFact(promise=promise, kind=kind, at=at, by=by, why=why) for promise in promises
    )
