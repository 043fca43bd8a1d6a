"""How much each colleague carries."""

from collections.abc import Iterable

from django.db.models import Count

from ascolto.cases.models import Case
from ascolto.staff.models import Colleague


def open_cases_of(colleagues: Iterable[Colleague]) -> dict[int, int]:
    """How many open cases each of them has, by id; who has none is left out. One query."""
    held = Case.objects.filter(assignee__in=[one.pk for one in colleagues], resolved_at=None)
    return dict(held.values_list("assignee").annotate(Count("pk")).order_by())
