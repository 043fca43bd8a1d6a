from collections.abc import Iterable
from functools import cache

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from ascolto.kit.kept import Kept, number, numbers, text
from ascolto.kit.prepared import fetch
from ascolto.kit.written import Written, written
from ascolto.people.models import Customer, Identity
from ascolto.people.policy import normal_form

LOOKED_AT = 500


# Looks, so each begins as one: who watches that a page only reads sees it at the first word.
# Merges are links from record to record, each made and undone for itself; `union` (not `union
# all`) ends the walk even if they formed a ring.
HEAD = """
select * from (
with recursive up(id, step) as (
  select %s::bigint, 0
  union
  select m.into_id, up.step + 1 from up
    join people_merge m on m.absorbed_id = up.id and m.undone_at is null
   where up.step < 1000
)
select id from up order by step desc limit 1
) walked
"""
ALL_OF_ONE = """
select * from (
with recursive up(id, step) as (
  select %s::bigint, 0
  union
  select m.into_id, up.step + 1 from up
    join people_merge m on m.absorbed_id = up.id and m.undone_at is null
   where up.step < 1000
), head as (
  select id from up order by step desc limit 1
), down(id) as (
  select id from head
  union
  select m.absorbed_id from down
    join people_merge m on m.into_id = down.id and m.undone_at is null
)
select id from down order by id <> (select id from head), id
) walked
"""
HEADS = """
select * from (
with recursive up(record, id, step) as (
  select r, r, 0 from unnest(%s::bigint[]) as r
  union
  select up.record, m.into_id, up.step + 1 from up
    join people_merge m on m.absorbed_id = up.id and m.undone_at is null
   where up.step < 1000
)
select distinct on (record) record, id from up where id <> record order by record, step desc
) walked
"""
TOGETHER = """
select * from (
with recursive near(id) as (
  select r from unnest(%s::bigint[]) as r
  union
  select case when m.absorbed_id = near.id then m.into_id else m.absorbed_id end
    from near join people_merge m
      on (m.absorbed_id = near.id or m.into_id = near.id) and m.undone_at is null
)
select id from near
) walked
"""


def head_of(customer_id: int) -> int:
    """The record as which this one is read: itself, if it was merged into no other."""
    return _ids(HEAD, customer_id)[0]


def records_of(customer_id: int) -> list[int]:
    """Every record that is read as this customer: the head first, then all merged. One query."""
    return _ids(ALL_OF_ONE, customer_id)


def heads_of(customer_ids: Iterable[int]) -> dict[int, int]:
    """Of these records, those that are read as part of another: record -> the head it is read as.
    One query.
    """
    return {record: head for record, head in fetch(HEADS, [list(customer_ids)])}  # noqa: C416


def with_merged(customer_ids: Iterable[int]) -> list[int]:
    """These records and every one that is read as the same customer as one of them. One query."""
    return sorted(_ids(TOGETHER, list(customer_ids)))


def _ids(query: str, about: int | list[int]) -> list[int]:
    return [pk for (pk,) in fetch(query, [about])]


def owner_of(kind: str, value: str) -> Identity | None:
    """The identity that stands under this address, number or handle, with its customer."""
    normal = normal_form(kind, value)
    if normal is None:
        return None
    known = Identity.objects.select_related("customer").defer("customer__search")
    return known.filter(kind=kind, normal=normal).first()


def identities_of(customer_id: int) -> list[Identity]:
    """The addresses, numbers and handles of a customer, oldest first, merges followed. One
    query.
    """
    return _IDENTITIES.rows(customer=customer_id)


def _identities() -> QuerySet[Identity]:
    records = RawSQL(ALL_OF_ONE, (number("customer"),))  # noqa: S611 # its one value is a parameter
    return Identity.objects.filter(customer__in=records).order_by("first_seen_at")


_IDENTITIES = Kept(_identities)


def find_customers(words: str, *, limit: int = 20) -> list[int]:
    """The ids of customers by name (accents and case folded, last word may be unfinished) or
    identity. Three queries at most.

    Among `LOOKED_AT` of those whose name matches, in order of name: half a country shares a
    surname, and nobody reads further than the first lines.
    """
    words = words.strip()
    if not words:
        return []
    found = {*_by_identity(words), *_by_name(words)}
    return [pk for (pk,) in _ordered().rows(ids=list(found))][:limit] if found else []


@cache
def _ordered() -> Written:
    known = Customer.objects.filter(pk__any_of=numbers("ids")).order_by("name", "id")
    return written(known.values_list("pk"))


def _by_name(words: str) -> list[int]:
    terms = [word for word in "".join(c if c.isalnum() else " " for c in words).split() if word]
    if not terms:
        return []
    raw = " & ".join([*terms[:-1], f"{terms[-1]}:*"])
    return [pk for (pk,) in _named().rows(words=raw)]


@cache
def _named() -> Written:
    """Through the index of words, however many are called so, and so each time the same: read from
    the table as it comes, half a thousand of ten thousand would be others at every look."""
    query = SearchQuery(text("words"), search_type="raw", config="public.it")
    return written(Customer.objects.filter(search=query).values_list("pk")[:LOOKED_AT])


def _by_identity(words: str) -> list[int]:
    exact = {form for kind in ("EMAIL", "PHONE", "HANDLE") if (form := normal_form(kind, words))}
    found = Q(kind__in=("EMAIL", "PHONE", "HANDLE"), normal__in=exact)
    if "@" in words:
        found |= Q(kind="EMAIL", normal__startswith=words.casefold())
    return list(Identity.objects.filter(found).values_list("customer_id", flat=True)[:LOOKED_AT])
