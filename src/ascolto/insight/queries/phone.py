"""How the telephone is answered, as the switchboard tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from django.db.models import Q, QuerySet, Sum

from ascolto.exchange.models import PhoneFigure
from ascolto.insight.policy.statistics import Share, Waiting, waiting

MOST_CALLS = 200_000  # single calls whose waits are ordered: the newest of them


@dataclass(frozen=True, slots=True)
class Phone:
    """`waits` are those of single calls; stretches of time only tell the mean."""

    queue: str
    offered: int
    answered: Share
    abandoned: Share
    waits: Waiting
    mean_wait: float | None  # seconds, of all that were answered
    mean_talk: float | None


def phone(since: datetime, until: datetime) -> list[Phone]:
    """The whole first, then queue by queue. Two queries; empty if nothing was imported."""
    found = PhoneFigure.objects.filter(at__gte=since, at__lt=until)
    sums = ("offered", "answered", "abandoned", "wait_seconds", "talk_seconds")
    queues: list[tuple[str, list[int]]] = [
        (queue, several)
        for queue, *several in found.order_by("queue")
        .values("queue")
        .annotate(**{f"of_{one}": Sum(one) for one in sums})
        .values_list("queue", *(f"of_{one}" for one in sums))
    ]
    if not queues:
        return []
    waits = _waits(found)
    whole = [sum(column) for column in zip(*(several for _queue, several in queues), strict=True)]
    everywhere = [wait for queue in waits.values() for wait in queue]
    lines = [_line("", whole, everywhere)]
    if len(queues) > 1:
        lines += [_line(queue, several, waits.get(queue, [])) for queue, several in queues]
    return lines


def _waits(found: QuerySet[PhoneFigure]) -> dict[str, list[int]]:
    single = found.filter(Q(minutes=0), answered=1).order_by("-at")
    waits: dict[str, list[int]] = {}
    for queue, seconds in single.values_list("queue", "wait_seconds")[:MOST_CALLS]:
        waits.setdefault(queue, []).append(seconds)
    return waits


def _line(queue: str, sums: Sequence[int], waits: list[int]) -> Phone:
    offered, answered, abandoned, waited, talked = sums
    return Phone(
        queue=queue,
        offered=offered,
        answered=Share(answered, offered),
        abandoned=Share(abandoned, offered),
        waits=waiting(np.array(waits, dtype=np.int32)),
        mean_wait=waited / answered if answered else None,
        mean_talk=talked / answered if answered else None,
    )
