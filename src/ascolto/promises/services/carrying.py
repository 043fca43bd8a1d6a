"""Clocks go with what they are about, when that becomes part of something else."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ascolto.promises.models import Promise
from ascolto.promises.queries import ANSWERS
from ascolto.promises.services.ending import waive_one
from ascolto.promises.services.reviving import revive, runs
from ascolto.staff.models import Colleague


@dataclass(frozen=True, slots=True)
class Carried:
    """Ids of the clocks that changed their subject, and of those let go for a nearer one."""

    moved: list[int]
    waived: list[int]


@transaction.atomic
def carry(origin: str, target: str, *, reason: str, by: Colleague, now: datetime) -> Carried:
    """Join the clocks of two things in `target`: of each kind the nearer one runs on.

    The two kinds of answer are one here: he waits for one answer. Words given are all kept. What
    had ended goes along as it ended: each clock is one row, and stands in one place.
    """
    running = Promise.objects.select_for_update().filter(
        subject__in=(origin, target), ended_at=None
    )
    clocks = list(running.order_by("due_at", "pk"))
    kept: set[str] = set()
    waived = []
    for clock in clocks:
        family = Promise.Kind.NEXT_ANSWER if clock.kind in ANSWERS else clock.kind
        if clock.kind != Promise.Kind.WORD and family in kept:
            waive_one(clock.pk, reason=reason, by=by, now=now)
            waived.append(clock.pk)
        kept.add(family)
    moved = list(Promise.objects.filter(subject=origin).order_by("pk").values_list("pk", flat=True))
    Promise.objects.filter(pk__in=moved).update(subject=target)
    return Carried(moved, waived)


@transaction.atomic
def hand_on(origin: str, target: str, *, kinds: Collection[str]) -> list[int]:
    """Let the running clocks of these kinds go on about something else. Their ids."""
    running = Promise.objects.select_for_update().filter(
        subject=origin, kind__in=kinds, ended_at=None
    )
    moved = [one.pk for one in running]
    Promise.objects.filter(pk__in=moved).update(subject=target)
    return moved


@transaction.atomic
def carry_back(origin: str, *, moved: Sequence[int], waived: Sequence[int]) -> None:
    """Undo a `carry`: clocks are about `origin` again, and what was let go runs again.

    But where another clock of the same kind runs by now, which is the truer one.
    """
    for clock in Promise.objects.select_for_update().filter(pk__in=moved).order_by("pk"):
        if clock.ended_at is not None or not runs(origin, clock.kind):
            clock.subject = origin
            clock.save(update_fields=["subject"])
    let_go = Promise.objects.filter(pk__in=waived, ending=Promise.Ending.WAIVED)
    revive(list(let_go.values_list("pk", flat=True)))
