"""Customers made and changed by hand, with what stood there before."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction

from ascolto.administration.services.identities import add_identities
from ascolto.people.models import Customer
from ascolto.people.policy import Sender
from ascolto.staff.models import Colleague
from ascolto.timeline.references import reference
from ascolto.timeline.services import Happened, record, record_many


class NoName(Exception):
    """A customer is called something."""


@dataclass(frozen=True, slots=True)
class Details:
    """What is written at the head of a customer's page."""

    name: str
    kind: str = Customer.Kind.PERSON
    language: str = "it"
    about: str = ""
    since: date | None = None


@transaction.atomic
def create_customer(
    details: Details, *, identities: Sequence[Sender] = (), by: Colleague, now: datetime
) -> Customer:
    """A customer who has not written yet. Raises `NoName`, `NotAnIdentity`, `IdentityTaken`."""
    if not details.name.strip():
        raise NoName
    customer = Customer.objects.create(**_columns(details), created_at=now)
    record(
        "people.created",
        at=now,
        subject=reference("customer", customer.pk),
        customer_id=customer.pk,
        by=by,
        name=customer.name,
    )
    add_identities(customer, identities, by=by, now=now)
    return customer


@transaction.atomic
def change_customer(
    customer: Customer, details: Details, *, by: Colleague, now: datetime
) -> Customer:
    """Write these details, and in the history each one that changed: [before, after].

    Nothing is written where nothing changed. Raises `NoName`.
    """
    if not details.name.strip():
        raise NoName
    customer = Customer.objects.select_for_update().defer("search").get(pk=customer.pk)
    wanted = _columns(details)
    before = {name: getattr(customer, name) for name in wanted}
    changed = {name: value for name, value in wanted.items() if value != before[name]}
    if not changed:
        return customer
    for name, value in changed.items():
        setattr(customer, name, value)
    customer.save(update_fields=[*changed])
    said = {name: [_said(before[name]), _said(value)] for name, value in changed.items()}
    subject = reference("customer", customer.pk)
    record_many(
        [Happened("people.changed", now, subject, customer_id=customer.pk, by=by, facts=said)]
    )
    return customer


def rename_customer(customer: Customer, *, name: str, by: Colleague, now: datetime) -> Customer:
    """Call a customer by another name, and say in his history what it was before."""
    return change_customer(customer, details_of(customer, name=name), by=by, now=now)


def details_of(customer: Customer, *, name: str = "") -> Details:
    return Details(
        name=name or customer.name,
        kind=customer.kind,
        language=customer.language,
        about=customer.about,
        since=customer.since,
    )


def _columns(details: Details) -> dict[str, str | date | None]:
    written = {one.name: getattr(details, one.name) for one in fields(details)}
    return {
        name: value.strip() if isinstance(value, str) else value for name, value in written.items()
    }


def _said(value: str | date | None) -> str:
    return "" if value is None else str(value)
