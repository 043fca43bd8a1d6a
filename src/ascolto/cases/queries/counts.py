"""How many cases wait in each queue, counted no further than the eye can tell apart."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import CharField, Exists, F, Q, QuerySet, Value

from ascolto.alerts.queries import calls_of
from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case
from ascolto.cases.queries.for_me import cases_for
from ascolto.staff.models import Colleague, Membership

CAP = 100  # one more than is shown: a hundred is written "99+"
OPEN_QUEUES = ("mine", "team", "free", "all", "snoozed")
Key = TypeVar("Key", str, int)


@dataclass(frozen=True, slots=True)
class Counts:
    mine: int = 0
    team: int = 0
    free: int = 0
    all: int = 0
    snoozed: int = 0
    for_me: int = 0  # in which somebody called him, or that he follows and that moved; and calls


def queue_of(
    colleague: Colleague, queue: str, *, visible: QuerySet[Case] | None = None
) -> QuerySet[Case]:
    """The cases of one queue, as far as the colleague may see them, in the order of its index.

    Without an order a few of them would be looked for in the whole table, among all resolved ones.
    What was put away stands in "snoozed" alone until it comes back. Who asks for several queues
    builds the `visible_cases` of the colleague once: making a query costs as much as asking it.
    """
    if visible is None:
        visible = visible_cases(colleague)
    if queue == "resolved":
        over = visible.filter(resolved_at__isnull=False, merged_into=None)
        return over.order_by("-resolved_at", "-id")
    if queue == "snoozed":
        asleep = visible.filter(resolved_at=None, snoozed_until__isnull=False)
        return asleep.order_by("snoozed_until", "id")
    narrowed = {
        "mine": Q(assignee=colleague),
        "team": _of_his_teams(colleague),
        "free": _of_his_teams(colleague) & Q(assignee=None),
        "all": Q(),
    }
    waiting = visible.filter(narrowed[queue], resolved_at=None, snoozed_until=None)
    return waiting.order_by(F("due_at").asc(nulls_last=True), "id")


def queue_counts(colleague: Colleague) -> Counts:
    """All of them in one query that stops at `CAP` rows each."""
    visible = visible_cases(colleague)
    several = {one: queue_of(colleague, one, visible=visible) for one in OPEN_QUEUES}
    calls = calls_of(colleague).filter(seen_at=None)
    found = counted({**several, "for_me": cases_for(colleague), "calls": calls})
    for_me = found.pop("for_me", 0) + found.pop("calls", 0)
    return Counts(**found, for_me=for_me)


def counted(several: Mapping[Key, QuerySet[Any]]) -> dict[Key, int]:
    """How many cases (or other things) each of these finds, up to `CAP`; those that find none are left out.

    One query.
    """
    names = {str(key): key for key in several}
    found = [
        cases.annotate(counted=Value(name, output_field=CharField())).values_list(
            "counted", flat=True
        )[:CAP]
        for name, cases in zip(names, several.values(), strict=True)
    ]
    if not found:
        return {}
    first, *others = found
    totals = Counter(first.union(*others, all=True) if others else first)
    return {names[name]: total for name, total in totals.items()}


def _of_his_teams(colleague: Colleague) -> Q:
    """His teams' cases. Who leads and is in no team looks after all of them."""
    joined = Membership.objects.filter(colleague=colleague)
    his = Q(team_id__in=joined.values("team_id"))
    return his | ~Q(Exists(joined)) if colleague.leads else his
