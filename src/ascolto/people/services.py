from datetime import datetime

from django.db import IntegrityError, transaction

from ascolto.people.models import Customer, Identity, Merge
from ascolto.people.policy import Sender, name_from, normal_form
from ascolto.staff.models import Colleague


class NotAnIdentity(Exception):
    """What was written is no address, number or handle of its kind."""


class AlreadyMerged(Exception):
    """One of the two records is already read as part of another."""


def recognise(sender: Sender, *, now: datetime, language: str = "it") -> Identity:
    """The identity of a sender; a new customer if nobody is known by it.

    Only an exact identity is a match here: a name or a signature never is.
    """
    normal = normal_form(sender.kind, sender.value)
    if normal is None:
        raise NotAnIdentity(sender.value)
    known = _known(sender.kind, normal)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            customer = Customer.objects.create(
                name=name_from(sender), language=language, created_at=now
            )
            return Identity.objects.create(
                customer=customer,
                kind=sender.kind,
                value=sender.value[:320],
                normal=normal[:320],
                first_seen_at=now,
            )
    except IntegrityError:
        # Somebody else met the same stranger in the same instant; his record is the one.
        return Identity.objects.select_related("customer").get(kind=sender.kind, normal=normal)


def _known(kind: str, normal: str) -> Identity | None:
    return (
        Identity.objects.select_related("customer").filter(kind=kind, normal=normal[:320]).first()
    )


@transaction.atomic
def merge(
    absorbed: Customer, *, into: Customer, by: Colleague | None, evidence: list[str], now: datetime
) -> Merge:
    """From now on read `absorbed` as `into`. Every row stays where it is, so it can be undone."""
    if Merge.objects.filter(undone_at=None, absorbed__in=[absorbed, into]).exists():
        raise AlreadyMerged(absorbed.pk)
    return Merge.objects.create(
        absorbed=absorbed, into=into, evidence=evidence, merged_at=now, merged_by=by
    )


@transaction.atomic
def unmerge(merge_id: int, *, by: Colleague | None, now: datetime) -> None:
    """Undo a merge: both histories are whole again, also for what came in between."""
    Merge.objects.filter(pk=merge_id, undone_at=None).update(undone_at=now, undone_by=by)
