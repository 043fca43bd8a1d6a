"""Receipts and envelopes of certified mail (PEC; RFC 6109).

What a receipt proves depends on its `type` and `error` alone, never on its subject, a file name,
or the presence of an element; and only after its signature was verified, which is not done here.
"""

import re
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from ascolto.channels.adapters.email.headers import message_id, moment, raw_value, text_of
from ascolto.channels.adapters.email.mime import Part, Parts
from ascolto.channels.adapters.email.values import PecReceipt

LARGEST_DATICERT = 1_000_000
MOST_RECIPIENTS = 500

TYPES = frozenset({
    "accettazione", "non-accettazione", "presa-in-carico", "avvenuta-consegna", "errore-consegna",
    "preavviso-errore-consegna", "rilevazione-virus", "posta-certificata", "errore",
})  # fmt: skip
_BY_SUBJECT = {
    "accettazione": "accettazione",
    "avviso di non accettazione": "non-accettazione",
    "avviso di mancata accettazione": "non-accettazione",
    "consegna": "avvenuta-consegna",
    "avviso di mancata consegna": "errore-consegna",
    "avviso di mancata consegna per virus": "rilevazione-virus",
    "avviso di mancata consegna per sup. tempo massimo": "preavviso-errore-consegna",
    "presa in carico": "presa-in-carico",
    "problema di sicurezza": "rilevazione-virus",
    "posta certificata": "posta-certificata",
    "anomalia messaggio": "errore",
}
_IN_DATICERT = re.compile(r'<postacert\b[^>]{0,500}\btipo\s*=\s*"([a-z-]{3,40})"')
_ELEMENT = re.compile(r"<(mittente|msgid|identificativo|giorno|ora)\b[^<>]{0,300}>([^<]{1,500})<")
_ZONE = re.compile(r'zona\s*=\s*"([+-]\d{4})"')


def find_receipt(parts: Parts) -> PecReceipt | None:
    """The receipt or envelope this mail is, or None for ordinary mail."""
    headers = parts.root
    said = text_of(headers, "x-ricevuta", 60) or text_of(headers, "x-trasporto", 60)
    daticert = _daticert(parts)
    if not said and daticert is None:
        return None
    facts = _from_xml(daticert) or _from_broken_xml(daticert)
    kind = facts.kind or said.lower() or _kind_by_subject(text_of(headers, "subject"))
    if not kind:
        return None
    referred = message_id(raw_value(headers, "x-riferimento-message-id"))
    return PecReceipt(
        type=kind,
        message_id=referred or facts.message_id,
        sender=facts.sender or _sender(parts),
        date=facts.date or moment(raw_value(headers, "date")),
        identifier=facts.identifier,
        recipients=facts.recipients,
        certified=facts.certified,
        error=facts.error,
        provider=facts.provider,
    )


def carried_mail(parts: Parts) -> bytes | None:
    """The customer's own mail inside a transport envelope; receipts carry only a copy of ours."""
    envelope = text_of(parts.root, "x-trasporto", 60).lower()
    if not envelope:
        return None
    for part in parts.leaves:
        if part.content_type == "message/rfc822" and not part.inside_message:
            return part.data()[0]
    return None


class _Facts:
    """What daticert.xml says; empty where it says nothing."""

    kind = ""
    error: str | None = None
    message_id: str | None = None
    sender: str | None = None
    identifier: str | None = None
    provider: str | None = None
    date: datetime | None = None
    recipients: tuple[str, ...] = ()
    certified: tuple[str, ...] = ()


def _daticert(parts: Parts) -> Part | None:
    for part in parts.leaves:
        if part.filename.lower() == "daticert.xml" and not part.inside_message:
            return part
    return None


def _from_xml(part: Part | None) -> _Facts | None:
    if part is None:
        return None
    try:
        root: Element = fromstring(part.data()[0][:LARGEST_DATICERT], forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    if root.tag != "postacert":
        return None
    facts = _Facts()
    facts.kind = (root.get("tipo") or "").strip().lower()[:40]
    facts.error = (root.get("errore") or "").strip()[:100] or None
    facts.sender = _said(root, "intestazione/mittente")
    facts.message_id = message_id(_said(root, "dati/msgid") or "")
    facts.identifier = _said(root, "dati/identificativo")
    facts.provider = _said(root, "dati/gestore-emittente")
    facts.date = _moment(
        _said(root, "dati/data/giorno"), _said(root, "dati/data/ora"), _zone_of(root)
    )
    boxes = root.findall("intestazione/destinatari")[:MOST_RECIPIENTS]
    facts.recipients = tuple((box.text or "").strip()[:320] for box in boxes)
    facts.certified = tuple(
        (box.text or "").strip()[:320] for box in boxes if box.get("tipo") == "certificato"
    )
    return facts


def _from_broken_xml(part: Part | None) -> _Facts:
    """A receipt with one bad character still names its message: read what can be read."""
    facts = _Facts()
    if part is None:
        return facts
    text = part.text()[0][:LARGEST_DATICERT]
    kind = _IN_DATICERT.search(text)
    facts.kind = kind[1] if kind else ""
    found: dict[str, str] = {}
    for name, value in _ELEMENT.findall(text):
        found.setdefault(name, value.strip())
    said = found.get("msgid", "").replace("&lt;", "<").replace("&gt;", ">")
    facts.message_id = message_id(said)
    facts.sender = found.get("mittente")
    facts.identifier = found.get("identificativo")
    zone = _ZONE.search(text)
    facts.date = _moment(found.get("giorno"), found.get("ora"), zone[1] if zone else "")
    return facts


def _said(root: Element, path: str) -> str | None:
    return (root.findtext(path) or "").strip()[:500] or None


def _zone_of(root: Element) -> str:
    data = root.find("dati/data")
    return (data.get("zona") or "") if data is not None else ""


def _moment(day: str | None, hour: str | None, zone: str) -> datetime | None:
    try:
        said = datetime.strptime(f"{day} {hour} {zone or '+0100'}", "%d/%m/%Y %H:%M:%S %z")
        return said.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _kind_by_subject(subject: str) -> str:
    start, colon, _ = subject.partition(":")
    return _BY_SUBJECT.get(start.strip().lower(), "") if colon else ""


def _sender(parts: Parts) -> str | None:
    """Without daticert: a receipt goes back to the sender, an envelope names him in Reply-To."""
    header = "reply-to" if "x-trasporto" in parts.root else "to"
    return text_of(parts.root, header, 320).strip("<> ") or None
