from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from ascolto.kit.work import later
from ascolto.staff.models import Colleague
from ascolto.timeline.models import Entry
from ascolto.timeline.registry import followers

Fact = str | int | float | bool | list[str] | None
AT_ONCE = 500  # entries in a statement, and in a job


@dataclass(frozen=True, slots=True)
class Happened:
    """One deed to be written down. `kind` is namespaced by its owner ("cases.opened")."""

    kind: str
    at: datetime
    subject: str = ""  # an opaque reference
    customer_id: int | None = None
    by: Colleague | None = None
    team_id: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)


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
    """Write one deed down, in the transaction of the deed. Returns its id."""
    return record_many([Happened(kind, at, subject, customer_id, by, team_id, facts)])[0]


@transaction.atomic(savepoint=False)
def record_many(several: Sequence[Happened]) -> list[int]:
    """Write deeds down in the order given, and defer the jobs that follow them.

    A job that follows a kind is deferred once for all entries of that kind (once for every 500),
    with `entry_ids` and `subjects` in the same order. The rows wake every live screen when the
    transaction commits (a trigger notifies).
    """
    entries = Entry.objects.bulk_create(
        [
            Entry(
                kind=one.kind,
                at=one.at,
                subject=one.subject,
                customer_id=one.customer_id,
                by=one.by,
                team_id=one.team_id,
                facts=dict(one.facts),
            )
            for one in several
        ],
        batch_size=AT_ONCE,
    )
    for kind in dict.fromkeys(one.kind for one in several):
        for job in followers(kind):
            _tell(job, [entry for entry in entries if entry.kind == kind])
    return [entry.pk for entry in entries]


def _tell(job: str, entries: Sequence[Entry]) -> None:
    for start in range(0, len(entries), AT_ONCE):
        some = entries[start : start + AT_ONCE]
        later(
            job,
            entry_ids=[entry.pk for entry in some],
            subjects=[entry.subject for entry in some],
        )
