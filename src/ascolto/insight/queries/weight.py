"""What each colleague carries now, and how much hostility he has had. In the order of names."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count

from ascolto.cases.queries.loads import open_cases_of
from ascolto.insight.models import Hostility
from ascolto.staff.models import Colleague
from ascolto.staff.queries import colleagues

WEEK = timedelta(days=7)
MUCH = 20  # hostile messages in a week after which somebody else's turn is proposed


@dataclass(frozen=True, slots=True)
class Load:
    colleague: Colleague
    open: int
    most: int | None  # he has set, or was set; None without a limit
    hostile: int  # in the last seven days

    @property
    def full(self) -> bool:
        return self.most is not None and self.open >= self.most

    @property
    def much_hostility(self) -> bool:
        return self.hostile >= MUCH


def load(*, now: datetime) -> list[Load]:
    """Those who answer, by name: this is no ranking. Three queries."""
    people = list(colleagues().exclude(role=Colleague.Role.HELPER))
    carried = open_cases_of(people)
    lately = Hostility.objects.filter(at__gt=now - WEEK).order_by()
    hostile = dict(lately.values_list("colleague").annotate(Count("item")))
    return [
        Load(one, carried.get(one.pk, 0), one.most_cases, hostile.get(one.pk, 0)) for one in people
    ]
