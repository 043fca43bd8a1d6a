"""What happens besides, once an answer made with a macro is sent."""

from collections.abc import Sequence
from datetime import datetime

from ascolto.cases.models import Case
from ascolto.desk.guards import number_in
from ascolto.knowledge.services import count_use
from ascolto.staff.models import Colleague


def after_sending(case: Case, macros: Sequence[str], *, by: Colleague, now: datetime) -> None:
    """Count the macros that were used in an answer."""
    chosen = [number_in(one) for one in macros[:20]]
    if chosen:
        count_use(chosen, by=by)
