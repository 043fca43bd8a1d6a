"""Records of one person read as one, and read apart again."""

from datetime import datetime

from django.db import connection, transaction

from ascolto.people.models import Customer, Merge
from ascolto.people.queries import head_of
from ascolto.staff.models import Colleague

# Any number of records may hang together, each by a link of its own. Two links made at once could
# close a ring between records that neither of them holds: one merge at a time, everywhere.
ONE_AT_A_TIME = "select pg_advisory_xact_lock(hashtextextended('people.merge', 0))"


class AlreadyMerged(Exception):
    """It is read as part of another record already, or the two are read as one."""


@transaction.atomic
def merge(
    absorbed: Customer, *, into: Customer, by: Colleague | None, evidence: list[str], now: datetime
) -> Merge:
    """From now on read `absorbed`, and whoever was merged into it, as `into`.

    Every row stays where it is and every link stands for itself, so each can be undone, in any
    order. Raises `AlreadyMerged`.
    """
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME)
    if head_of(absorbed.pk) != absorbed.pk or head_of(into.pk) == absorbed.pk:
        raise AlreadyMerged(absorbed.pk)
    return Merge.objects.create(
        absorbed=absorbed, into=into, evidence=evidence, merged_at=now, merged_by=by
    )


@transaction.atomic
def unmerge(merge_id: int, *, by: Colleague | None, now: datetime) -> bool:
    """Undo a merge: both histories are whole again, also for what came in between.

    False if it was undone before, or never was.
    """
    live = Merge.objects.filter(pk=merge_id, undone_at=None)
    return bool(live.update(undone_at=now, undone_by=by))
