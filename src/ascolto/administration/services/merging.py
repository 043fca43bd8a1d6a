"""Two records of one customer read as one, and read apart again."""

from datetime import datetime

from django.db import transaction

from ascolto.administration.services.identities import NoReason
from ascolto.people import services as people
from ascolto.people.likeness.services import read_apart
from ascolto.people.models import Customer, Identity, Merge
from ascolto.staff.models import Colleague
from ascolto.timeline.references import reference
from ascolto.timeline.services import record


class SameRecord(Exception):
    """A record cannot be merged with itself."""


@transaction.atomic
def merge_customers(
    absorbed: Customer, *, into: Customer, reason: str, by: Colleague, now: datetime
) -> Merge:
    """Read `absorbed` as `into` from now on; both histories say so.

    Raises `NoReason`, `SameRecord`, and `people.services.AlreadyMerged`.
    """
    if not reason.strip():
        raise NoReason
    if absorbed.pk == into.pk:
        raise SameRecord
    evidence = [reason.strip()[:300]]
    merge = people.merge(absorbed, into=into, by=by, evidence=evidence, now=now)
    tell_of("people.merged", merge, by=by, now=now, reason=evidence[0])
    return merge


@transaction.atomic
def unmerge_customers(merge: Merge, *, by: Colleague, now: datetime) -> bool:
    """Read them apart again. False if somebody had done it already: nothing happens twice."""
    if not people.unmerge(merge.pk, by=by, now=now):
        return False
    read_apart(merge, by=by, now=now)
    tell_of("people.unmerged", merge, by=by, now=now)
    return True


@transaction.atomic
def introduce(identity: Identity, *, into: Customer, now: datetime) -> Merge:
    """He wrote the code that was given to this customer: certain, so nobody is asked.

    Raises `people.services.AlreadyMerged`.
    """
    evidence = ["il codice dato a lui, scritto in privato"]
    merge = people.merge(identity.customer, into=into, by=None, evidence=evidence, now=now)
    Identity.objects.filter(pk=identity.pk, verified_at=None).update(verified_at=now)
    tell_of("people.merged", merge, by=None, now=now, reason=evidence[0])
    return merge


def tell_of(
    kind: str, merge: Merge, *, by: Colleague | None, now: datetime, reason: str = ""
) -> None:
    for mine, other in ((merge.into, merge.absorbed), (merge.absorbed, merge.into)):
        record(
            kind,
            at=now,
            subject=reference("customer", mine.pk),
            customer_id=mine.pk,
            by=by,
            other=other.name,
            other_id=other.pk,
            reason=reason,
        )
