"""The list of customers, and who is found by a name, an address or a number."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from ascolto.cases.access import visible_cases, visible_customers
from ascolto.people.models import Customer, Identity, Merge
from ascolto.people.queries import find_customers, heads_of, with_merged
from ascolto.staff.models import Colleague

PAGE = 50
FOUND = 50


@dataclass(frozen=True, slots=True)
class Row:
    customer: Customer
    address: str  # one way to recognise him; the oldest known
    open: int  # cases still open, of those the reader may see
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class CustomerList:
    rows: list[Row]
    older: int | None  # where the next page begins: an id


def newest_customers(colleague: Colleague, *, before: int | None) -> CustomerList:
    """Who became known last comes first. Five queries, whatever the number of customers."""
    seen = visible_customers(colleague).defer("search")
    seen = seen.exclude(pk__in=Merge.objects.filter(undone_at=None).values("absorbed_id"))
    if before:
        seen = seen.filter(pk__lt=before)
    page = list(seen.order_by("-pk")[: PAGE + 1])
    shown = page[:PAGE]
    return CustomerList(_rows(shown, colleague), shown[-1].pk if len(page) > PAGE else None)


def found_customers(colleague: Colleague, words: str, *, limit: int = FOUND) -> list[Customer]:
    """Whom the words fit, by name, as far as the colleague may know of them.

    Of a merged customer the record that stands for all. Five queries at most.
    """
    found = find_customers(words, limit=limit)
    if not found:
        return []
    heads = heads_of(found)
    seen = visible_customers(colleague).filter(pk__in={*found, *heads.values()}).defer("search")
    by_id = {customer.pk: customer for customer in seen}
    best = {heads[pk] if heads.get(pk) in by_id else pk: None for pk in found}
    return [by_id[pk] for pk in best if pk in by_id]


def found_rows(colleague: Colleague, words: str) -> list[Row]:
    return _rows(found_customers(colleague, words), colleague)


def _rows(customers: Sequence[Customer], colleague: Colleague) -> list[Row]:
    """Four queries; the cases of merged records are counted with the one they are read as."""
    ids = [customer.pk for customer in customers]
    everything = with_merged(ids) if ids else []
    heads = heads_of(everything) if everything else {}
    addresses: dict[int, str] = {}
    known = Identity.objects.filter(customer__in=ids).order_by("first_seen_at", "pk")
    for customer_id, value in known.values_list("customer_id", "value"):
        addresses.setdefault(customer_id, value)
    counted = (
        visible_cases(colleague)
        .filter(customer__in=everything)
        .order_by()
        .values_list("customer_id")
        .annotate(open=Count("pk", filter=Q(resolved_at=None)), last=Max("last_at"))
    )
    opens: dict[int, int] = {}
    lasts: dict[int, datetime] = {}
    for customer_id, number, last in counted:
        head = heads.get(customer_id, customer_id)
        opens[head] = opens.get(head, 0) + number
        lasts[head] = max(last, lasts.get(head, last))
    return [
        Row(one, addresses.get(one.pk, ""), opens.get(one.pk, 0), lasts.get(one.pk))
        for one in customers
    ]
