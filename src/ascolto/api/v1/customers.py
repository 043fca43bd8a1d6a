"""`/customers`: who writes to us."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from ascolto.administration.services.customers import (
    Details,
    change_customer,
    create_customer,
    details_of,
)
from ascolto.administration.services.identities import IdentityTaken
from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.listing import bounded, total_of
from ascolto.api.v1.shapes import CustomerOut, Page, customer_out
from ascolto.api.v1.words import STORABLE, Id, Limit, Line, answers
from ascolto.cases.access import visible_customers
from ascolto.people.models import Customer, Identity
from ascolto.people.policy import Sender
from ascolto.people.queries import find_customers, identities_of
from ascolto.people.services import NotAnIdentity
from ascolto.staff.models import Colleague

router = Router(tags=["customers"])
MOST_FOUND = 200
Name = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")]


class CustomerFilter(Schema):
    """`q` looks for names, addresses and numbers; `after` is the `next` of the page before."""

    q: Line = ""
    after: Id | None = None
    limit: Limit = 50


class CustomerPage(Page):
    items: list[CustomerOut]


class IdentityIn(Schema):
    kind: Literal["EMAIL", "PHONE", "HANDLE", "REFERENCE"] = "EMAIL"
    value: Line


class CustomerIn(Schema):
    name: Name
    identity: IdentityIn
    language: Literal["it", "en"] = "it"


class ChangesIn(Schema):
    """What is not named stays as it is."""

    name: Name | None = None
    kind: Literal["PERSON", "ORGANISATION"] | None = None
    language: Literal["it", "en"] | None = None
    about: Annotated[str, Field(max_length=200, pattern=STORABLE)] | None = None
    since: date | None = None


@router.get("", response=answers(200, CustomerPage))
def list_customers(request: HttpRequest, wanted: Query[CustomerFilter]) -> dict[str, Any]:
    """Customers by id, or the best found for `q`, at most 200 of them."""
    seen = visible_customers(colleague_of(request))
    with bounded():
        if wanted.q.strip():
            seen = seen.filter(pk__in=find_customers(wanted.q, limit=MOST_FOUND))
        page = seen.filter(pk__gt=wanted.after) if wanted.after else seen
        customers = list(page.defer("search").order_by("pk")[: wanted.limit + 1])
        total = total_of(seen)
    shown = customers[: wanted.limit]
    identities = _identities(shown)
    return {
        "items": [customer_out(one, identities.get(one.pk, [])) for one in shown],
        **total,
        "next": str(shown[-1].pk) if len(customers) > wanted.limit else None,
    }


@router.get("/{int:customer}", response=answers(200, CustomerOut))
def one_customer(request: HttpRequest, customer: Id) -> dict[str, Any]:
    """One customer, with every way he is recognised by, merges followed."""
    found = one_of(colleague_of(request), customer)
    return customer_out(found, identities_of(found.pk))


@router.post("", response={**answers(201, CustomerOut), 200: CustomerOut})
def create(request: HttpRequest, wanted: CustomerIn) -> Status[dict[str, Any]]:
    """The customer with this identity: 201 if he is new, 200 if he was known, unchanged."""
    by = colleague_of(request)
    not_by_helpers(by)
    sender = Sender(wanted.identity.kind, wanted.identity.value, wanted.name.strip())
    details = Details(name=wanted.name, language=wanted.language)
    try:
        made = create_customer(details, identities=[sender], by=by, now=timezone.now())
    except IdentityTaken as taken:
        known = visible_customers(by).filter(pk=taken.identity.customer_id).first()
        if known is None:
            raise ApiError(409, "identity_taken", "Somebody is known by it already.") from taken
        return Status(200, customer_out(known, identities_of(known.pk)))
    except NotAnIdentity as problem:
        raise ApiError(
            422, "not_an_identity", f"That is no {wanted.identity.kind.lower()}."
        ) from problem
    return Status(201, customer_out(made, identities_of(made.pk)))


@router.patch("/{int:customer}", response=answers(200, CustomerOut))
def change(request: HttpRequest, customer: Id, wanted: ChangesIn) -> dict[str, Any]:
    """Write what is at the head of his page; each change stands in his history."""
    by = colleague_of(request)
    not_by_helpers(by)
    found = one_of(by, customer)
    said = {name: new for name, new in wanted.model_dump().items() if new is not None}
    details = replace(details_of(found), **said)
    changed = change_customer(found, details, by=by, now=timezone.now())
    return customer_out(changed, identities_of(changed.pk))


def one_of(colleague: Colleague, pk: int) -> Customer:
    customer = visible_customers(colleague).defer("search").filter(pk=pk).first()
    if customer is None:
        raise ApiError(404, sentence="There is no such customer that this token may see.")
    return customer


def not_by_helpers(colleague: Colleague) -> None:
    if colleague.role == Colleague.Role.HELPER:
        raise ApiError(403, sentence="A helper does not change customers.")


def _identities(customers: list[Customer]) -> dict[int, list[Identity]]:
    found: dict[int, list[Identity]] = {}
    for identity in Identity.objects.filter(customer__in=customers).order_by("first_seen_at"):
        found.setdefault(identity.customer_id, []).append(identity)
    return found
