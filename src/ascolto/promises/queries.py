from collections.abc import Collection

from django.db.models import F, QuerySet

from ascolto.promises.models import Promise

ANSWERS = (Promise.Kind.FIRST_ANSWER, Promise.Kind.NEXT_ANSWER)


def running(subject: str) -> QuerySet[Promise]:
    """The clocks of one thing that have not ended: those that run, the nearest first, and then
    those that rest."""
    ticking_first = F("paused_at").asc(nulls_first=True)
    return Promise.objects.filter(subject=subject, ended_at=None).order_by(
        ticking_first, "due_at", "pk"
    )


def nearest(subject: str) -> Promise | None:
    """The clock that runs out first; if none runs, one that rests."""
    return running(subject).first()


def running_of(subjects: Collection[str]) -> dict[str, list[Promise]]:
    """The clocks of each of these things that have not ended, of those that have any."""
    found: dict[str, list[Promise]] = {}
    ticking = Promise.objects.filter(subject__in=subjects, ended_at=None)
    for promise in ticking.order_by("due_at", "pk"):
        found.setdefault(promise.subject, []).append(promise)
    return found
