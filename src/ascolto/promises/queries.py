from collections.abc import Collection

from django.db.models import QuerySet

from ascolto.promises.models import Promise


def running(subject: str) -> QuerySet[Promise]:
    """The running clocks of one thing, the nearest first."""
    return Promise.objects.filter(subject=subject, ended_at=None).order_by("due_at", "pk")


def nearest(subject: str) -> Promise | None:
    return running(subject).first()


def nearest_of(subjects: Collection[str]) -> dict[str, Promise]:
    """The nearest running clock of each of these things, of those that have one."""
    found: dict[str, Promise] = {}
    ticking = Promise.objects.filter(subject__in=subjects, ended_at=None)
    for promise in ticking.order_by("due_at", "pk"):
        found.setdefault(promise.subject, promise)
    return found
