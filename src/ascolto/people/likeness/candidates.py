"""Whom a record might be, found by indexes alone: nothing here grows with the number of records."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from django.contrib.postgres.search import SearchQuery
from django.db import connection

from ascolto.people.handles import network_of, typed_form
from ascolto.people.likeness.policy import SHORTEST_HANDLE, Portrait, called, letters
from ascolto.people.likeness.words import NOTHING, Clues, folded
from ascolto.people.models import Customer, Identity

MOST = 30  # records looked at for one

# Names that share most of their three-letter pieces, by the index on them.
ALIKE = """
select wanted.id, other.id
  from unnest(%s::bigint[], %s::text[]) as wanted(id, name)
 cross join lateral (
   select o.id from people_customer o
    where o.name %% wanted.name and o.id <> wanted.id and o.id < %s
    limit %s
 ) other
"""
SAME_LOCAL = """
select distinct id, customer_id from (
  select w.id, i.customer_id
    from unnest(%s::bigint[], %s::text[]) as w(id, local)
   cross join lateral (
     select customer_id from people_identity
      where kind = 'EMAIL' and customer_id < %s
        and translate(split_part(normal, '@', 1), '._-', '') = w.local
      limit %s
   ) i
) found where id <> customer_id
"""
CLOSE_ENOUGH = "set local pg_trgm.similarity_threshold = 0.6"
EVERYBODY = 1 << 62
SIGNED = re.compile(r"[^\W\d_a-zà-ÿ][\w'’.-]+(?: [^\W\d_][\w'’.-]+){1,3}")  # "Giulia Ferraris"

Pairs = dict[int, set[int]]


def portraits(
    customer_ids: Collection[int], *, clues: Mapping[int, Clues] | None = None
) -> list[Portrait]:
    """What is known of these records. Two queries."""
    known: dict[int, list[Identity]] = defaultdict(list)
    for identity in Identity.objects.filter(customer__in=customer_ids).order_by("pk"):
        known[identity.customer_id].append(identity)
    rows = Customer.objects.filter(pk__in=customer_ids).order_by("pk")
    return [
        portrait_of(pk, name, kind, known[pk], (clues or {}).get(pk, NOTHING))
        for pk, name, kind in rows.values_list("pk", "name", "kind")
    ]


def portrait_of(
    pk: int, name: str, kind: str, identities: Iterable[Identity], clues: Clues
) -> Portrait:
    by_kind: dict[str, set[str]] = defaultdict(set)
    shown = set()
    for identity in identities:
        by_kind[identity.kind].add(identity.normal)
        if identity.kind == Identity.Kind.HANDLE:
            shown.add(_shown(identity))
    return Portrait(
        customer_id=pk,
        name=name,
        kind=kind,
        emails=frozenset(by_kind["EMAIL"]),
        phones=frozenset(by_kind["PHONE"]),
        handles=frozenset(by_kind["HANDLE"]),
        shown=frozenset(shown),
        references=frozenset(
            "".join(filter(str.isalnum, one.upper())) for one in by_kind["REFERENCE"]
        ),
        clues=clues,
    )


def _shown(identity: Identity) -> str:
    """How people write it, with its network."""
    network, written = network_of(identity.normal), typed_form(identity.value)
    if not network or network_of(written):
        return written
    return f"{network}:{written.lstrip('@')}"


def with_namesakes(one: Portrait) -> Portrait:
    """With the number of others of exactly his name, counted up to `MOST`. One query."""
    wanted = sorted(folded(one.name).split())
    if len(wanted) < 2:  # noqa: PLR2004 # nobody is found by a first name
        return one
    query = SearchQuery(one.name, search_type="plain", config="public.it")
    found = Customer.objects.filter(search=query).exclude(pk=one.customer_id)
    names = found.values_list("name", flat=True)[:MOST]
    return replace(
        one, namesakes=sum(1 for name in names if sorted(folded(name).split()) == wanted)
    )


def alike(several: Collection[Portrait], *, below: int = EVERYBODY) -> Pairs:
    """Records each of these might be: by name, by the word before the @, by what his words say.

    `below`: only records with a lower id, so that a look over all compares each pair once.
    """
    pairs: Pairs = defaultdict(set)
    called_so = [name for one in several for name in _as_names(one)]
    names = [name for one in several for name in _as_locals(one)]
    with connection.cursor() as cursor:
        cursor.execute(CLOSE_ENOUGH)
        cursor.execute(ALIKE, [*_columns(called_so), below, MOST])
        for mine, other in cursor.fetchall():
            pairs[mine].add(other)
        if names:
            cursor.execute(SAME_LOCAL, [*_columns(names), below, MOST])
            for mine, other in cursor.fetchall():
                pairs[mine].add(other)
    _by_words(several, pairs)
    return pairs


def _columns(pairs: Sequence[tuple[int, str]]) -> tuple[list[int], list[str]]:
    return [pk for pk, _ in pairs], [name for _, name in pairs]


def _as_names(one: Portrait) -> list[tuple[int, str]]:
    """His name, and what stands under his words like one."""
    signed = [line for line in one.clues.closing if SIGNED.fullmatch(line)]
    return [(one.customer_id, name) for name in dict.fromkeys([one.name, *signed])]


def _as_locals(one: Portrait) -> list[tuple[int, str]]:
    written = {letters(address.partition("@")[0]) for address in one.emails}
    written |= {letters(called(shown)) for shown in one.shown}
    return [(one.customer_id, name) for name in sorted(written) if len(name) >= SHORTEST_HANDLE]


def _by_words(several: Collection[Portrait], pairs: Pairs) -> None:
    for kind in (Identity.Kind.PHONE, Identity.Kind.EMAIL, Identity.Kind.REFERENCE):
        said: dict[str, set[int]] = defaultdict(set)
        for one in several:
            for normal in _said(one.clues, kind):
                said[normal].add(one.customer_id)
        if not said:
            continue
        found = Identity.objects.filter(kind=kind, normal__in=said)
        for normal, other in found.values_list("normal", "customer_id"):
            for mine in said[normal]:
                if mine != other:
                    pairs[mine].add(other)


def _said(clues: Clues, kind: str) -> Iterable[str]:
    if kind == Identity.Kind.PHONE:
        return clues.phones
    return clues.emails if kind == Identity.Kind.EMAIL else map(str.lower, clues.numbers)
