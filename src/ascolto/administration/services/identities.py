"""The addresses, numbers and handles of a customer: added, verified, taken away."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from ascolto.people.models import Customer, Identity
from ascolto.people.policy import Sender, normal_form
from ascolto.people.queries import owner_of
from ascolto.people.services import LONGEST, NotAnIdentity
from ascolto.staff.models import Colleague
from ascolto.timeline.references import reference
from ascolto.timeline.services import record


class IdentityTaken(Exception):
    """Somebody is known by it already. `identity` says who."""

    def __init__(self, identity: Identity) -> None:
        super().__init__(identity.normal)
        self.identity = identity


class IdentityInUse(Exception):
    """Messages came from it or went to it: it belongs to the history and stays."""


class NoReason(Exception):
    """What is done by hand needs a word on why."""


@transaction.atomic
def add_identity(customer: Customer, sender: Sender, *, by: Colleague, now: datetime) -> Identity:
    """From now on he is recognised by it. Raises `NotAnIdentity`, `IdentityTaken`."""
    return add_identities(customer, [sender], by=by, now=now)[0]


@transaction.atomic
def add_identities(
    customer: Customer, senders: Sequence[Sender], *, by: Colleague, now: datetime
) -> list[Identity]:
    """`add_identity` for several: all or none."""
    return [_add(customer, sender, by=by, now=now) for sender in senders]


@transaction.atomic
def verify_identity(identity: Identity, *, reason: str, by: Colleague, now: datetime) -> Identity:
    """A colleague vouches that it is his, and says how he knows. Raises `NoReason`."""
    if not reason.strip():
        raise NoReason
    identity = Identity.objects.select_for_update().get(pk=identity.pk)
    if identity.verified_at is None:
        identity.verified_at = now
        identity.save(update_fields=["verified_at"])
        _tell("people.identity_verified", identity, by=by, now=now, reason=reason.strip()[:200])
    return identity


@transaction.atomic
def remove_identity(identity: Identity, *, by: Colleague, now: datetime) -> None:
    """Forget an address that was never used. Raises `IdentityInUse`."""
    # Told first: once it is gone there is nothing to tell of. Undone with the rest if it stays.
    _tell("people.identity_removed", identity, by=by, now=now)
    try:
        with transaction.atomic():
            Identity.objects.get(pk=identity.pk).delete()
    except ProtectedError as problem:
        raise IdentityInUse(identity.value) from problem


def _add(customer: Customer, sender: Sender, *, by: Colleague, now: datetime) -> Identity:
    normal = normal_form(sender.kind, sender.value)
    if normal is None:
        raise NotAnIdentity(sender.value)
    try:
        with transaction.atomic():
            identity = Identity.objects.create(
                customer=customer,
                kind=sender.kind,
                value=sender.value.strip()[:LONGEST],
                normal=normal[:LONGEST],
                first_seen_at=now,
            )
    except IntegrityError as problem:
        owner = owner_of(sender.kind, sender.value)
        if owner is None:
            raise
        raise IdentityTaken(owner) from problem
    _tell("people.identity_added", identity, by=by, now=now)
    return identity


def _tell(kind: str, identity: Identity, *, by: Colleague, now: datetime, reason: str = "") -> None:
    record(
        kind,
        at=now,
        subject=reference("customer", identity.customer_id),
        customer_id=identity.customer_id,
        by=by,
        value=identity.value,
        reason=reason,
    )
