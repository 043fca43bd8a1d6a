from django.db.models import QuerySet

from ascolto.promises.models import Promise


def running(subject: str) -> QuerySet[Promise]:
    """The running clocks of one thing, the nearest first."""
    return Promise.objects.filter(subject=subject, ended_at=None).order_by("due_at", "pk")


def nearest(subject: str) -> Promise | None:
    return running(subject).first()
