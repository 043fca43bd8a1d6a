from datetime import datetime

from ascolto.kit.work import later
from ascolto.staff.models import Colleague
from ascolto.timeline.models import Entry
from ascolto.timeline.registry import followers

Fact = str | int | float | bool | list[str] | None


def record(  # the one sentence everybody writes history with
    kind: str,
    *,
    at: datetime,
    subject: str = "",
    customer_id: int | None = None,
    by: Colleague | None = None,
    team_id: int | None = None,
    **facts: Fact,
) -> int:
    """Write one deed down, in the transaction of the deed, and defer every job that follows it.

    `kind` is namespaced by its owner ("cases.opened"); `subject` is an opaque reference. The
    row wakes every live screen when the transaction commits (a trigger notifies). Returns its id.
    """
    entry = Entry.objects.create(
        kind=kind,
        at=at,
        subject=subject,
        customer_id=customer_id,
        by=by,
        team_id=team_id,
        facts=facts,
    )
    for job in followers(kind):
        later(job, entry_id=entry.pk, subject=subject)
    return entry.pk
