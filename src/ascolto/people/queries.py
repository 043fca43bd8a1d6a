from collections.abc import Iterable

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from ascolto.people.models import Customer, Identity, Merge
from ascolto.people.policy import normal_form

LOOKED_AT = 500


def records_of(customer_id: int) -> list[int]:
    """Every record that is read as this customer: the one it was merged into, and all merged.

    Merges are one level deep by construction (`people.services.merge` refuses a chain).
    """
    head = (
        Merge.objects.filter(absorbed=customer_id, undone_at=None)
        .values_list("into_id", flat=True)
        .first()
        or customer_id
    )
    absorbed = Merge.objects.filter(into=head, undone_at=None).values_list("absorbed_id", flat=True)
    return [head, *absorbed]


def heads_of(customer_ids: Iterable[int]) -> dict[int, int]:
    """Of these records, those that are read as part of another: record -> the one it is in."""
    merged = Merge.objects.filter(absorbed__in=list(customer_ids), undone_at=None)
    return dict(merged.values_list("absorbed_id", "into_id"))


def with_merged(customer_ids: Iterable[int]) -> list[int]:
    """These records and every one that is read as the same customer as one of them. One query."""
    wanted = set(customer_ids)
    live = Merge.objects.filter(undone_at=None)
    heads = live.filter(absorbed__in=wanted).values("into_id")
    near = live.filter(Q(absorbed__in=wanted) | Q(into__in=wanted) | Q(into__in=heads))
    pairs = near.values_list("absorbed_id", "into_id")
    return sorted(wanted.union(*pairs))


def owner_of(kind: str, value: str) -> Identity | None:
    """The identity that stands under this address, number or handle, with its customer."""
    normal = normal_form(kind, value)
    if normal is None:
        return None
    known = Identity.objects.select_related("customer").defer("customer__search")
    return known.filter(kind=kind, normal=normal).first()


def identities_of(customer_id: int) -> list[Identity]:
    """The addresses, numbers and handles of a customer, oldest first, merges followed."""
    return list(
        Identity.objects.filter(customer__in=records_of(customer_id)).order_by("first_seen_at")
    )


def find_customers(words: str, *, limit: int = 20) -> list[Customer]:
    """Customers by name (accents and case folded, last word may be unfinished) or identity.

    Among `LOOKED_AT` of those whose name matches, in order of name: half a country shares a
    surname, and nobody reads further than the first lines.
    """
    words = words.strip()
    if not words:
        return []
    found = {*_by_identity(words), *_by_name(words)}
    return list(Customer.objects.filter(pk__in=found).order_by("name", "id")[:limit])


def _by_name(words: str) -> list[int]:
    terms = [word for word in "".join(c if c.isalnum() else " " for c in words).split() if word]
    if not terms:
        return []
    raw = " & ".join([*terms[:-1], f"{terms[-1]}:*"])
    query = SearchQuery(raw, search_type="raw", config="public.it")
    return list(Customer.objects.filter(search=query).values_list("pk", flat=True)[:LOOKED_AT])


def _by_identity(words: str) -> list[int]:
    exact = {form for kind in ("EMAIL", "PHONE", "HANDLE") if (form := normal_form(kind, words))}
    found = Q(kind__in=("EMAIL", "PHONE", "HANDLE"), normal__in=exact)
    if "@" in words:
        found |= Q(kind="EMAIL", normal__startswith=words.casefold())
    return list(Identity.objects.filter(found).values_list("customer_id", flat=True)[:LOOKED_AT])
