"""How many cases wait in each queue, counted no further than the eye can tell apart."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import CharField, Exists, Q, QuerySet, Value

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case
from ascolto.staff.models import Colleague, Membership

CAP = 100  # one more than is shown: a hundred is written "99+"
OPEN_QUEUES = ("mine", "team", "free", "all")


@dataclass(frozen=True, slots=True)
class Counts:
    mine: int = 0
    team: int = 0
    free: int = 0
    all: int = 0


def queue_of(colleague: Colleague, queue: str) -> QuerySet[Case]:
    """The cases of one queue, as far as the colleague may see them. Unordered."""
    visible = visible_cases(colleague)
    if queue == "resolved":
        return visible.filter(resolved_at__isnull=False)
    narrowed = {
        "mine": Q(assignee=colleague),
        "team": _of_his_teams(colleague),
        "free": _of_his_teams(colleague) & Q(assignee=None),
        "all": Q(),
    }
    return visible.filter(narrowed[queue], resolved_at=None)


def queue_counts(colleague: Colleague) -> Counts:
    """All four in one query that stops at `CAP` rows each."""
    first, *others = (
        queue_of(colleague, queue)
        .annotate(queue=Value(queue, output_field=CharField()))
        .values_list("queue", flat=True)
        .order_by()[:CAP]
        for queue in OPEN_QUEUES
    )
    return Counts(**Counter(first.union(*others, all=True)))


def _of_his_teams(colleague: Colleague) -> Q:
    """His teams' cases. Who leads and is in no team looks after all of them."""
    joined = Membership.objects.filter(colleague=colleague)
    his = Q(team_id__in=joined.values("team_id"))
    return his | ~Q(Exists(joined)) if colleague.leads else his
