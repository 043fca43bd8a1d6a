from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from ascolto.people.models import Customer, Identity, Merge
from ascolto.people.policy import Sender, name_from, normal_form
from ascolto.staff.models import Colleague


class NotAnIdentity(Exception):
    """What was written is no address, number or handle of its kind."""


class AlreadyMerged(Exception):
    """One of the two records is already read as part of another."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The identity of a sender, and whether he was a stranger until now."""

    identity: Identity
    is_new: bool


# The order is that of the key: two transactions that meet the same strangers do not deadlock.
MEET = """
with stranger as (
  select * from unnest(%s::bigint[], %s::text[], %s::text[], %s::text[])
    as s(customer_id, kind, value, normal)
)
insert into people_identity (customer_id, kind, value, normal, first_seen_at)
select customer_id, kind, value, normal, %s from stranger order by kind, normal
on conflict (kind, normal) do nothing
returning id, kind, normal
"""
FORGET = "delete from people_customer where id = any(%s)"
LONGEST = 320

Key = tuple[str, str]  # kind and normal form


def recognise(sender: Sender, *, now: datetime, language: str = "it") -> Identity:
    """The identity of a sender; a new customer if nobody is known by it.

    Only an exact identity is a match here: a name or a signature never is.
    """
    found = recognise_many([sender], now=now, language=language)[0]
    if found is None:
        raise NotAnIdentity(sender.value)
    return found.identity


@transaction.atomic(savepoint=False)
def recognise_many(
    senders: Sequence[Sender], *, now: datetime, language: str = "it"
) -> list[Recognised | None]:
    """`recognise` for many, in the order given; None for what is no identity of its kind."""
    keys = [_key(sender) for sender in senders]
    wanted: dict[Key, Sender] = {}
    for key, sender in zip(keys, senders, strict=True):
        if key is not None:
            wanted.setdefault(key, sender)
    known = _known(wanted)
    strangers = {key: sender for key, sender in wanted.items() if key not in known}
    met = _meet(strangers, now=now, language=language) if strangers else {}
    if len(met) < len(strangers):
        # Somebody else met the same stranger in the same instant; his record is the one.
        known |= _known(strangers)
    return [
        None if key is None else Recognised(met.get(key) or known[key], key in met) for key in keys
    ]


def known_many(senders: Sequence[Sender]) -> list[Identity | None]:
    """The identities of those we know already, in the order given. Nobody is met for the first
    time: whoever says something in public is not a customer for that.
    """
    keys = [_key(sender) for sender in senders]
    known = _known([key for key in keys if key is not None])
    return [None if key is None else known.get(key) for key in keys]


def is_identity(sender: Sender) -> bool:
    return _key(sender) is not None


def _key(sender: Sender) -> Key | None:
    normal = normal_form(sender.kind, sender.value)
    return None if normal is None else (sender.kind, normal[:LONGEST])


def _known(wanted: Collection[Key]) -> dict[Key, Identity]:
    found: dict[Key, Identity] = {}
    for kind in {kind for kind, _ in wanted}:
        normals = [normal for other, normal in wanted if other == kind]
        for identity in Identity.objects.filter(kind=kind, normal__in=normals):
            found[kind, identity.normal] = identity
    return found


def _meet(strangers: Mapping[Key, Sender], *, now: datetime, language: str) -> dict[Key, Identity]:
    """New customers for strangers, but those whom somebody else met meanwhile."""
    customers = Customer.objects.bulk_create(
        Customer(name=name_from(sender), language=language, created_at=now)
        for sender in strangers.values()
    )
    values = [(sender.shown or sender.value)[:LONGEST] for sender in strangers.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            MEET,
            [
                [customer.pk for customer in customers],
                [kind for kind, _ in strangers],
                values,
                [normal for _, normal in strangers],
                now,
            ],
        )
        ids = {(kind, normal): pk for pk, kind, normal in cursor.fetchall()}
        met_elsewhere = [
            customer.pk
            for customer, key in zip(customers, strangers, strict=True)
            if key not in ids
        ]
        if met_elsewhere:
            cursor.execute(FORGET, [met_elsewhere])
    return {
        key: Identity(
            pk=ids[key],
            customer=customer,
            kind=key[0],
            value=value,
            normal=key[1],
            first_seen_at=now,
        )
        for key, customer, value in zip(strangers, customers, values, strict=True)
        if key in ids
    }


@transaction.atomic
def merge(
    absorbed: Customer, *, into: Customer, by: Colleague | None, evidence: list[str], now: datetime
) -> Merge:
    """From now on read `absorbed` as `into`. Every row stays where it is, so it can be undone.

    One level deep, always: `absorbed` may have nobody in it yet, and `into` is in nobody.
    Raises `AlreadyMerged`.
    """
    both = [absorbed.pk, into.pk]
    # Locked in the order of their ids: two merges that cross wait for each other, and see.
    list(Customer.objects.select_for_update().filter(pk__in=both).order_by("pk").values("pk"))
    chained = Q(absorbed__in=both) | Q(into=absorbed)
    if Merge.objects.filter(chained, undone_at=None).exists():
        raise AlreadyMerged(absorbed.pk)
    return Merge.objects.create(
        absorbed=absorbed, into=into, evidence=evidence, merged_at=now, merged_by=by
    )


@transaction.atomic
def unmerge(merge_id: int, *, by: Colleague | None, now: datetime) -> bool:
    """Undo a merge: both histories are whole again, also for what came in between.

    False if it was undone before, or never was.
    """
    live = Merge.objects.filter(pk=merge_id, undone_at=None)
    return bool(live.update(undone_at=now, undone_by=by))
