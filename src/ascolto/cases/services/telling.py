"""One sentence of a case's history, as every deed on it writes it."""

from datetime import datetime

from ascolto.cases.models import Case
from ascolto.staff.models import Colleague
from ascolto.timeline.services import Fact, record


def tell(kind: str, case: Case, *, at: datetime, by: Colleague | None = None, **facts: Fact) -> int:
    """Write down what happened to this case. Returns the entry's id."""
    return record(
        kind,
        at=at,
        subject=case.reference,
        customer_id=case.customer_id,
        by=by,
        team_id=case.team_id,
        **facts,
    )


def held(case: Case) -> Case:
    """The case as it is now, and nobody else changes it until we commit."""
    return Case.objects.select_for_update(of=("self",)).select_related("team").get(pk=case.pk)
