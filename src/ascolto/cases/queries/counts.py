"""How many cases wait in each queue, counted no further than the eye can tell apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import CharField, Exists, F, Q, QuerySet, Value

from ascolto.alerts.queries import calls_of, still_open
from ascolto.cases.access import Reader, visible_cases
from ascolto.cases.models import Case, Message
from ascolto.cases.queries.for_me import cases_for
from ascolto.channels.models import Arrival, Health
from ascolto.kit.written import Written, written
from ascolto.staff.models import Colleague, Membership

CAP = 100  # one more than is shown: a hundred is written "99+"
OPEN_QUEUES = ("mine", "team", "free", "all", "snoozed")
READERS = 500  # whose counts are kept ready to be asked


@dataclass(frozen=True, slots=True)
class Counts:
    """What every page of the desk says or must look at, each up to `CAP`."""

    mine: int = 0
    team: int = 0
    free: int = 0
    all: int = 0
    snoozed: int = 0
    for_me: int = 0  # in which somebody called him, or that he follows and that moved
    quarantined: int = 0
    alerts: int = 0  # that nobody has taken
    ill: int = 0  # channels that fail
    unsent: int = 0  # his own answers: some may still be called back


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
    found = dict(_counts_for(Reader.of(colleague)).rows())
    for_me = found.pop("for_me", 0) + found.pop("calls", 0)
    return Counts(**found, for_me=for_me)


@lru_cache(maxsize=READERS)
def _counts_for(reader: Reader) -> Written:
    colleague = reader.colleague()
    visible = visible_cases(colleague)
    several = {one: queue_of(colleague, one, visible=visible) for one in OPEN_QUEUES}
    # In the order of their index too: by their clocks, those of two teams would all be sorted.
    several["free"] = several["free"].order_by("team_id")
    calls = calls_of(colleague).filter(seen_at=None)
    return counting(
        {
            **several,
            "for_me": cases_for(colleague),
            "calls": calls,
            "quarantined": Arrival.objects.filter(quarantined_at__isnull=False, set_aside_at=None),
            "alerts": still_open(colleague),
            "ill": failing(),
            "unsent": unsent_of(colleague),
        }
    )


def failing() -> QuerySet[Health]:
    return Health.objects.filter(failing_since__isnull=False, channel__closed_at=None)


def unsent_of(colleague: Colleague) -> QuerySet[Message]:
    """His answers that nothing has tried to send yet, at whatever hour they leave."""
    return Message.objects.filter(
        author=colleague,
        outgoing__author=colleague,
        outgoing__sent_at=None,
        outgoing__cancelled_at=None,
        outgoing__failed_at=None,
        outgoing__leased_until=None,
        outgoing__attempts=0,
    )


def counting(several: Mapping[str, QuerySet[Any]]) -> Written:
    """Rows of a name and how many cases (or other things) its query finds, up to `CAP`; there is
    no row for what finds none."""
    first, *others = (
        cases.annotate(counted=Value(name, output_field=CharField())).values_list(
            "counted", flat=True
        )[:CAP]
        for name, cases in several.items()
    )
    found = written(first.union(*others, all=True) if others else first)
    counted = f"select counted, count(*) from ({found.sql}) found group by counted"  # noqa: S608 # ours
    return Written(counted, found.params)


def _of_his_teams(colleague: Colleague) -> Q:
    """His teams' cases. Who leads and is in no team looks after all of them."""
    joined = Membership.objects.filter(colleague=colleague)
    his = Q(team_id__in=joined.values("team_id"))
    return his | ~Q(Exists(joined)) if colleague.leads else his
