from django.contrib.postgres.search import SearchQuery
from django.db.models import Q

from ascolto.people.models import Customer, Identity, Merge
from ascolto.people.policy import normal_form


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


def identities_of(customer_id: int) -> list[Identity]:
    """The addresses, numbers and handles of a customer, oldest first, merges followed."""
    return list(
        Identity.objects.filter(customer__in=records_of(customer_id)).order_by("first_seen_at")
    )


def find_customers(words: str, *, limit: int = 20) -> list[Customer]:
    """Customers by name (accents and case folded, last word may be unfinished) or identity."""
    words = words.strip()
    if not words:
        return []
    exact = {form for kind in ("EMAIL", "PHONE", "HANDLE") if (form := normal_form(kind, words))}
    terms = [word for word in "".join(c if c.isalnum() else " " for c in words).split() if word]
    found = Q(identities__normal__in=exact)
    if terms:
        raw = " & ".join([*terms[:-1], f"{terms[-1]}:*"])
        found |= Q(search=SearchQuery(raw, search_type="raw", config="public.it"))
    if "@" in words:
        found |= Q(identities__kind="EMAIL", identities__normal__startswith=words.casefold())
    return list(Customer.objects.filter(found).distinct().order_by("name", "id")[:limit])
