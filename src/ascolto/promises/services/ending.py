"""A clock ends kept, broken or waived, and never takes another with it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from ascolto.promises.models import ClockFact, Promise
from ascolto.promises.policy import ending_of
from ascolto.promises.services.pausing import NoReason, go_on
from ascolto.promises.services.reviving import standing_of
from ascolto.promises.services.telling import news
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record_many

ENDED = ["ending", "reason", "ended_at"]


@transaction.atomic
def end(
    subject: str,
    *,
    kinds: Collection[str],
    at: datetime,
    by: Colleague | None = None,
    before: datetime | None = None,
) -> list[Promise]:
    """Stop the running clocks of these kinds: each is kept or broken, by its own due time.

    With `before`, only those that started earlier than that.
    """
    found = _held().filter(subject=subject, kind__in=list(kinds))
    ended = list(found if before is None else found.filter(started_at__lt=before))
    _keep_or_break(ended, at=at, by=by)
    return ended


@transaction.atomic
def keep(promise_id: int, *, by: Colleague, now: datetime) -> None:
    """Somebody says that what was promised is done. Late, it is broken all the same."""
    _keep_or_break(list(_held().filter(pk=promise_id)), at=now, by=by)


@transaction.atomic
def waive(
    subject: str,
    *,
    reason: str,
    by: Colleague,
    now: datetime,
    kinds: Collection[str] | None = None,
) -> list[Promise]:
    """Let the running clocks (of these kinds) go without an answer, and say why."""
    found = _held().filter(subject=subject)
    return _waive(found if kinds is None else found.filter(kind__in=kinds), reason, by=by, now=now)


@transaction.atomic
def waive_one(promise_id: int, *, reason: str, by: Colleague, now: datetime) -> None:
    """Let one promise go, and say why."""
    _waive(_held().filter(pk=promise_id), reason, by=by, now=now)


@transaction.atomic
def withdraw(subject: str, *, by: Colleague, made_at: datetime, reason: str, now: datetime) -> None:
    """Let go the words that a colleague gave at this moment: they were never heard."""
    given = _held().filter(subject=subject, kind=Promise.Kind.WORD, made_by=by, started_at=made_at)
    _waive(given, reason, by=by, now=now)


def _waive(found: QuerySet[Promise], reason: str, *, by: Colleague, now: datetime) -> list[Promise]:
    if not reason.strip():
        raise NoReason
    waived = list(found)
    before = _standing(waived)
    for promise in waived:
        promise.ending, promise.reason = Promise.Ending.WAIVED, reason.strip()[:200]
        promise.ended_at = now
        promise.save(update_fields=ENDED)
    _stopped(waived, before, at=now, by=by)
    return waived


def _keep_or_break(promises: Sequence[Promise], *, at: datetime, by: Colleague | None) -> None:
    before = _standing(promises)
    # A clock that rests has not run out: it ends on the time it had left.
    go_on([promise for promise in promises if promise.paused_at is not None], at=at, by=by)
    for promise in promises:
        promise.ending = ending_of(due_at=promise.due_at, ended_at=at)
        promise.ended_at = at
        promise.save(update_fields=ENDED)
    _stopped(promises, before, at=at, by=by)


def _standing(promises: Sequence[Promise]) -> dict[int, dict[str, str | None]]:
    return {promise.pk: standing_of(promise) for promise in promises}


def _stopped(
    promises: Sequence[Promise],
    before: dict[int, dict[str, str | None]],
    *,
    at: datetime,
    by: Colleague | None,
) -> None:
    ClockFact.objects.bulk_create(
        ClockFact(
            promise=promise,
            kind=ClockFact.Kind.STOPPED,
            at=at,
            by=by,
            why=promise.reason,
            before=before[promise.pk],
        )
        for promise in promises
    )
    record_many(
        [news(promise, f"promises.{promise.ending.lower()}", at=at, by=by) for promise in promises]
    )


def _held() -> QuerySet[Promise]:
    return Promise.objects.select_for_update().filter(ended_at=None).order_by("pk")
