"""Rows become customers: five hundred with a handful of statements, and twice is once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from django.db import transaction
from django.utils.translation import gettext as _

from ascolto.exchange.columns import CUSTOMER, BadRow, Cells, day
from ascolto.exchange.models import Run
from ascolto.exchange.outcome import Outcome
from ascolto.exchange.reading import Row
from ascolto.people.models import Customer, Identity
from ascolto.people.policy import Sender, name_from, normal_form
from ascolto.people.queries import heads_of
from ascolto.timeline.references import reference
from ascolto.timeline.services import Happened, record_many

Key = tuple[str, str]  # kind and normal form
MEANS = {
    "reference": Identity.Kind.REFERENCE,
    "email": Identity.Kind.EMAIL,
    "phone": Identity.Kind.PHONE,
    "handle": Identity.Kind.HANDLE,
}
KINDS = {
    **dict.fromkeys(("person", "persona", "privato", "p"), Customer.Kind.PERSON),
    **dict.fromkeys(
        ("organisation", "organization", "azienda", "società", "societa", "ente", "company", "a"),
        Customer.Kind.ORGANISATION,
    ),
}
LANGUAGES = {
    "it": "it", "italiano": "it", "ita": "it", "italian": "it",
    "en": "en", "inglese": "en", "eng": "en", "english": "en",
}  # fmt: skip
CHANGEABLE = ["name", "kind", "language", "about", "since"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What one row says of a customer. Empty: it says nothing of that."""

    keys: dict[Key, str]  # each with the value as written
    name: str = ""
    kind: str = ""
    language: str = ""
    about: str = ""
    since: date | None = None


@dataclass(slots=True)
class Book:
    """Who is known by which identity, and what some rows add to it until it is saved."""

    known: dict[Key, Identity]
    heads: dict[int, int]  # of records that are read as part of another
    new: list[Customer] = field(default_factory=list)
    identities: list[Identity] = field(default_factory=list)
    changes: dict[int, tuple[Customer, list[str]]] = field(default_factory=dict)


def wanted_customer(row: Row, *, zone: tzinfo) -> Wanted:
    """What the row says. Raises `BadRow` where that can't be."""
    cells = Cells(row.values, CUSTOMER)
    keys = keys_of(cells)
    if not keys:
        raise BadRow(_("Manca un indirizzo, un numero o un codice: senza, non lo ritroveremmo."))
    first, last = cells.text("name", longest=200), cells.text("surname", longest=200)
    since = cells.text("since", longest=40)
    return Wanted(
        keys,
        name=" ".join(f"{first} {last}".split())[:200],
        kind=_one_of(cells, "kind", KINDS),
        language=_one_of(cells, "language", LANGUAGES),
        about=cells.text("about", longest=200),
        since=day(since, zone=zone) if since else None,
    )


def keys_of(cells: Cells, *, prefix: str = "") -> dict[Key, str]:
    """By what he is recognised, the surest first."""
    keys: dict[Key, str] = {}
    for meaning, kind in MEANS.items():
        for value in cells.several(prefix + meaning):
            normal = normal_form(kind, value)
            if normal is None or len(normal) > 320:  # noqa: PLR2004 # of the column
                said = {
                    "email": _("«%s» non è un indirizzo e-mail."),
                    "phone": _("«%s» non è un numero di telefono."),
                }.get(meaning, _("«%s» non va bene come codice."))
                raise BadRow(said % value[:80])
            keys.setdefault((kind, normal), value[:320])
    return keys


def _one_of(cells: Cells, meaning: str, known: Mapping[str, str]) -> str:
    written = cells.text(meaning, longest=40)
    if written and written.casefold() not in known:
        said = _("«%(written)s» non va bene come %(column)s: scrivi %(some)s.")
        some = ", ".join(list(known)[:6])
        raise BadRow(said % {"written": written, "column": meaning, "some": some})
    return known.get(written.casefold(), "")


@transaction.atomic
def take_customers(rows: Sequence[Row], *, run: Run, zone: tzinfo, now: datetime) -> Outcome:
    """Make or complete the customers of these rows. What a row leaves empty is not touched."""
    outcome = Outcome()
    wanted: list[tuple[Row, Wanted]] = []
    for row in rows:
        with outcome.refusing(row):
            wanted.append((row, wanted_customer(row, zone=zone)))
    book = book_of({key for _row, one in wanted for key in one.keys})
    for row, one in wanted:
        with outcome.refusing(row):
            outcome.count(write_in(book, one, now=now))
    save(book, run=run, now=now)
    return outcome


def book_of(keys: Iterable[Key]) -> Book:
    """What is known of these identities."""
    by_kind: dict[str, list[str]] = {}
    for kind, normal in sorted(keys):
        by_kind.setdefault(kind, []).append(normal)
    known: dict[Key, Identity] = {}
    people: dict[int, Customer] = {}
    for kind, normals in by_kind.items():
        found = Identity.objects.filter(kind=kind, normal__in=normals).select_related("customer")
        for identity in found.defer("customer__search"):
            # One record is one object, however many identities lead to it.
            identity.customer = people.setdefault(identity.customer_id, identity.customer)
            known[kind, identity.normal] = identity
    return Book(known, heads_of(people) if people else {})


def write_in(book: Book, one: Wanted, *, now: datetime) -> str:
    """Whose row it is and what it changes: "made", "changed" or "unchanged". Raises `BadRow`."""
    owner = _owner(one, book)
    if owner is None:
        book.new.append(_stranger(one, now=now))
        _identify(book.new[-1], one, book, now=now)
        return "made"
    said = {name: getattr(one, name) for name in CHANGEABLE}
    changed = [name for name, new in said.items() if new and new != getattr(owner, name)]
    for name in changed:
        setattr(owner, name, said[name])
    changed += _identify(owner, one, book, now=now)
    if changed and owner.pk:
        _owner_again, names = book.changes.setdefault(owner.pk, (owner, []))
        names.extend(name for name in changed if name not in names)
    return "changed" if changed else "unchanged"


def _stranger(one: Wanted, *, now: datetime) -> Customer:
    (kind, _normal), value = next(iter(one.keys.items()))
    return Customer(
        name=one.name or name_from(Sender(kind, value)),
        kind=one.kind or Customer.Kind.PERSON,
        language=one.language or "it",
        about=one.about,
        since=one.since,
        created_at=now,
    )


def _owner(one: Wanted, book: Book) -> Customer | None:
    owner: Customer | None = None
    for key, value in one.keys.items():
        identity = book.known.get(key)
        if identity is None or identity.customer is owner:
            continue
        if owner is not None and _head(identity.customer, book) != _head(owner, book):
            said = _("«%(value)s» è già di %(whose)s, mentre il resto della riga è di %(other)s.")
            names = {"value": value, "whose": identity.customer.name, "other": owner.name}
            raise BadRow(said % names)
        owner = owner or identity.customer
    return owner


def _head(customer: Customer, book: Book) -> int:
    """The record that this one is read as; one that isn't stored yet is itself."""
    return book.heads.get(customer.pk, customer.pk) if customer.pk else -id(customer)


def _identify(owner: Customer, one: Wanted, book: Book, *, now: datetime) -> list[str]:
    """Give him the identities he lacks; their kinds."""
    added = []
    for (kind, normal), value in one.keys.items():
        if (kind, normal) not in book.known:
            identity = Identity(
                customer=owner, kind=kind, value=value, normal=normal, first_seen_at=now
            )
            book.known[kind, normal] = identity
            book.identities.append(identity)
            added.append(kind.lower())
    return added


def save(book: Book, *, run: Run, now: datetime) -> None:
    """Store what was written in, and say so on the timeline."""
    Customer.objects.bulk_create(book.new)
    Customer.objects.bulk_update([one for one, _names in book.changes.values()], CHANGEABLE)
    # In the order of the key, so that two who meet the same strangers do not deadlock.
    Identity.objects.bulk_create(sorted(book.identities, key=lambda one: (one.kind, one.normal)))
    news: list[tuple[str, Customer, list[str]]] = [
        *(("exchange.customer_made", one, []) for one in book.new),
        *(("exchange.customer_changed", one, what) for one, what in book.changes.values()),
    ]
    record_many(
        [
            Happened(
                kind,
                now,
                reference("customer", customer.pk),
                customer.pk,
                by=run.by,
                facts={"run": run.pk, "what": what},
            )
            for kind, customer, what in news
        ]
    )
