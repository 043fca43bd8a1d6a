"""What a row says of a case that another program knew."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.utils.translation import gettext as _

from ascolto.exchange.columns import CASE, LONGEST_TEXT, BadRow, Cells, as_text, moment
from ascolto.exchange.customers import Key, keys_of
from ascolto.exchange.reading import Row

OURS = {"us", "noi", "agent", "staff", "company", "operatore", "answer", "risposta"}
MOST_MESSAGES = 500


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a case's past, the customer's or ours."""

    by_us: bool
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class WantedCase:
    keys: dict[Key, str]
    name: str
    external: str  # what makes importing twice harmless
    subject: str
    opened_at: datetime
    resolved_at: datetime | None
    team: str
    tags: tuple[str, ...]
    messages: tuple[Said, ...]  # oldest first; the first is the customer's


def wanted_case(row: Row, *, zone: tzinfo, now: datetime) -> WantedCase:
    """What the row says. Raises `BadRow` where that can't be."""
    cells = Cells(row.values, CASE)
    keys = keys_of(cells, prefix="customer_")
    if not keys:
        raise BadRow(_("Manca di chi è il caso: un indirizzo, un numero o un codice cliente."))
    opened_at = _moment(cells, "opened_at", zone=zone)
    if opened_at is None:
        raise BadRow(_("Manca quando è stato aperto."))
    resolved_at = _moment(cells, "resolved_at", zone=zone)
    _in_order(opened_at, resolved_at, now=now)
    subject = " ".join(cells.text("subject", longest=2000).split())[:300]
    messages = tuple(_messages(cells, opened_at, resolved_at, zone=zone))
    if not subject and not any(one.text for one in messages):
        raise BadRow(_("Manca l’oggetto, e non c’è nessun messaggio."))
    external = cells.text("reference", longest=200) or _fingerprint(keys, opened_at, subject)
    return WantedCase(
        keys=keys,
        name=cells.text("customer_name", longest=200),
        external=external,
        subject=subject,
        opened_at=opened_at,
        resolved_at=resolved_at,
        team=cells.text("team", longest=120),
        tags=tuple(tag[:60] for tag in cells.several("tags")),
        messages=messages,
    )


def _moment(cells: Cells, meaning: str, *, zone: tzinfo) -> datetime | None:
    written = cells.text(meaning, longest=60)
    return moment(written, zone=zone) if written else None


def _in_order(opened_at: datetime, resolved_at: datetime | None, *, now: datetime) -> None:
    if opened_at > now or (resolved_at or opened_at) > now:
        raise BadRow(_("Una data è nel futuro."))
    if resolved_at is not None and resolved_at < opened_at:
        raise BadRow(_("È stato risolto prima di essere aperto."))


def _messages(
    cells: Cells, opened_at: datetime, resolved_at: datetime | None, *, zone: tzinfo
) -> Iterator[Said]:
    """The past of the case. It begins with words of the customer, if only with none."""
    last = resolved_at or opened_at
    listed = sorted(_listed(cells, opened_at, zone=zone), key=lambda said: said.at)
    first = cells.text("text", longest=LONGEST_TEXT)
    if first or not listed or listed[0].by_us:
        yield Said(by_us=False, at=opened_at, text=first)
    yield from listed
    answer = cells.text("answer", longest=LONGEST_TEXT)
    if answer:
        yield Said(by_us=True, at=last, text=answer)


def _listed(cells: Cells, first: datetime, *, zone: tzinfo) -> Iterator[Said]:
    """`messages`: [{"from": "customer" or "us", "at", "text"}], in JSON also in a cell of CSV."""
    for number, one in enumerate(_objects(cells.raw("messages"))):
        if number >= MOST_MESSAGES:
            raise BadRow(_("Ha più di %s messaggi.") % MOST_MESSAGES)
        text = as_text(one.get("text"))
        if len(text) > LONGEST_TEXT:
            raise BadRow(_("Un messaggio ha più di 100.000 caratteri."))
        at = moment(as_text(one.get("at")), zone=zone) if one.get("at") else first
        if not first <= at:
            raise BadRow(_("Un messaggio è di prima che il caso fosse aperto."))
        yield Said(as_text(one.get("from")).casefold() in OURS, at, text)


def _objects(raw: list[Any]) -> Iterator[dict[str, Any]]:
    for one in raw:
        found = one
        if isinstance(one, str) and one.strip():
            try:
                found = json.loads(one)
            except (ValueError, RecursionError) as problem:
                raise BadRow(_("I messaggi non sono JSON valido.")) from problem
        for message in found if isinstance(found, list) else [found]:
            if isinstance(message, dict):
                yield message
            elif message:
                raise BadRow(_("Un messaggio non dice da chi è e che cosa dice."))


def _fingerprint(keys: dict[Key, str], opened_at: datetime, subject: str) -> str:
    """The name of a case that has none of its own."""
    said = json.dumps([next(iter(keys)), opened_at.isoformat(), subject])
    return f"sha256:{hashlib.sha256(said.encode()).hexdigest()}"
