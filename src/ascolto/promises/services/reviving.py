"""An ending that is taken back: the clock runs, or rests, as if it had never stopped."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from ascolto.promises.models import ClockFact, Promise

MOMENTS = ("due_at", "warn_at", "paused_at")
REVIVED = [*MOMENTS, "pause_reason", "ended_at", "ending", "reason"]


def standing_of(promise: Promise) -> dict[str, str | None]:
    """What ending a clock changes besides its end."""
    moments = {name: getattr(promise, name) for name in MOMENTS}
    written = {name: at.isoformat() if at else None for name, at in moments.items()}
    return {**written, "pause_reason": promise.pause_reason}


@transaction.atomic
def revive(promise_ids: Collection[int]) -> list[Promise]:
    """Take back how these ended, whoever let them go or kept them.

    But where another clock of the same kind runs by now, which is the truer one.
    """
    ended = Promise.objects.select_for_update().filter(pk__in=promise_ids, ended_at__isnull=False)
    revived = []
    for promise in ended.order_by("pk"):
        if not runs(promise.subject, promise.kind):
            _run_again(promise)
            revived.append(promise)
    return revived


def runs(subject: str, kind: str) -> bool:
    """Whether a clock of this kind runs already; of words given there may be many."""
    if kind == Promise.Kind.WORD:
        return False
    return Promise.objects.filter(subject=subject, kind=kind, ended_at=None).exists()


def _run_again(promise: Promise) -> None:
    stopped = promise.facts.filter(kind=ClockFact.Kind.STOPPED).order_by("-at", "-pk").first()
    before = (stopped.before if stopped else None) or {}
    if stopped is not None and before.get("paused_at"):
        # A clock that rested went on for an instant to end. That never happened either.
        promise.facts.filter(kind=ClockFact.Kind.RESUMED, at=stopped.at).delete()
    for name in MOMENTS:
        if name in before:
            written = before[name]
            setattr(promise, name, datetime.fromisoformat(written) if written else None)
    promise.pause_reason = before.get("pause_reason", promise.pause_reason)
    promise.ended_at, promise.ending, promise.reason = None, "", ""
    promise.save(update_fields=REVIVED)
    # What remains of a clock is derived from its facts.
    promise.facts.filter(kind=ClockFact.Kind.STOPPED).delete()
