from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction

from ascolto.people.handles import keys_typed_for
from ascolto.people.models import Customer, Identity
from ascolto.people.policy import Sender, name_from, normal_form


class NotAnIdentity(Exception):
    """What was written is no address, number or handle of its kind."""


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
    pairs = zip(keys, senders, strict=True)
    known = _known({key: sender for key, sender in pairs if key is not None})
    return [None if key is None else known.get(key) for key in keys]


def is_identity(sender: Sender) -> bool:
    return _key(sender) is not None


def _key(sender: Sender) -> Key | None:
    normal = normal_form(sender.kind, sender.value)
    return None if normal is None else (sender.kind, normal[:LONGEST])


def _known(wanted: Mapping[Key, Sender]) -> dict[Key, Identity]:
    found: dict[Key, Identity] = {}
    for kind in {kind for kind, _ in wanted}:
        normals = [normal for other, normal in wanted if other == kind]
        for identity in Identity.objects.filter(kind=kind, normal__in=normals):
            found[kind, identity.normal] = identity
    return found | _typed({key: one for key, one in wanted.items() if key not in found})


def _typed(unheard: Mapping[Key, Sender]) -> dict[Key, Identity]:
    """Accounts that a colleague wrote down by their name, heard now for the first time.

    From here on they go by the id of their network: who takes the name later is somebody else.
    """
    forms: dict[str, Key] = {}
    for key, sender in unheard.items():
        for form in keys_typed_for(sender.value, shown=sender.shown, aliases=sender.aliases):
            forms[form] = key
    if not forms:
        return {}
    meant: dict[Key, list[Identity]] = {}
    for identity in Identity.objects.filter(kind=Identity.Kind.HANDLE, normal__in=forms):
        meant.setdefault(forms[identity.normal], []).append(identity)
    found: dict[Key, Identity] = {}
    for key, several in meant.items():
        if len({one.customer_id for one in several}) > 1:
            continue  # written down on two customers: a person has to say whose it is
        one, typed = several[0], several[0].normal
        one.normal = key[1]
        # Not if somebody has done it meanwhile: the id may stand in one row only.
        mine = Identity.objects.filter(pk=one.pk, normal=typed)
        if mine.update(normal=one.normal) or Identity.objects.filter(pk=one.pk, normal=one.normal):
            found[key] = one
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
