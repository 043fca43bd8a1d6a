"""A mail as the rest of Ascolto hears it."""

import atexit
from collections.abc import Iterator
from typing import Any

from ascolto.channels.adapters.email import guard
from ascolto.channels.adapters.email.values import BouncedRecipient, PecReceipt, ReadMail
from ascolto.channels.ports import DeliveryReport, Heard, HeardFile, Unreadable
from ascolto.people.policy import Sender

MOST_REFERENCES = 50
_BOUNCED = {
    "delayed": "DSN_DELAYED",
    "delivered": "DSN_DELIVERED",
    "relayed": "DSN_RELAYED",
    "expanded": "DSN_RELAYED",
}
_PEC = {
    "accettazione": "PEC_ACCEPTED",
    "avvenuta-consegna": "PEC_DELIVERED",
    "non-accettazione": "PEC_FAILED",
    "errore-consegna": "PEC_FAILED",
    "preavviso-errore-consegna": "PEC_FAILED",
    "rilevazione-virus": "PEC_FAILED",
}
# These wrap a mail somebody wrote; all other types speak about a mail of ours.
_PEC_ENVELOPES = {"posta-certificata", "errore"}


class EmailReader:
    """Implements `ports.Reader`. One guarded child serves every thread of the process."""

    def __init__(self, guarded: guard.GuardedReader | None = None) -> None:
        self._guarded = guarded or _shared

    def read(self, raw: bytes) -> Heard:
        try:
            return heard(self._guarded.read(raw))
        except guard.Unreadable as problem:
            raise Unreadable(str(problem)) from problem


_shared = guard.GuardedReader()
atexit.register(_shared.close)


def heard(mail: ReadMail) -> Heard:
    """No header that claims to be ours means anything here: anybody can write one."""
    kind = _kind(mail)
    said = kind == "MESSAGE"
    return Heard(
        kind=kind,
        sender=_sender(mail) if kind in {"MESSAGE", "AUTO"} else None,
        message_id=_bracketed(mail.message_id),
        references=_references(mail),
        written_at=mail.date,
        subject=_storable(mail.subject),
        text=_storable(mail.reply_text if said else mail.text),
        quoted=_storable(mail.quoted_text) if said else "",
        html=_storable(mail.html or ""),
        files=[
            HeardFile(one.name, one.content_type, one.data, one.content_id or "", one.inline)
            for one in mail.attachments
        ],
        reports=tuple(_reports(mail)),
        auto=mail.auto,
        bulk=mail.bulk,
        damaged=mail.damaged,
        to=tuple(_storable(address) for _, address in mail.to),
        cc=tuple(_storable(address) for _, address in mail.cc),
        reading=_reading(mail),
    )


def _kind(mail: ReadMail) -> str:
    if mail.bounce is not None:
        return "BOUNCE" if mail.bounce.failed else "RECEIPT"
    if mail.pec is not None and mail.pec.type not in _PEC_ENVELOPES:
        return "RECEIPT"
    if mail.complaint is not None:
        return "COMPLAINT"
    return "AUTO" if mail.auto else "MESSAGE"


def _sender(mail: ReadMail) -> Sender | None:
    if mail.from_address is None or mail.sender_ambiguous:
        return None
    return Sender("EMAIL", mail.from_address, _storable(mail.from_name))


def _references(mail: ReadMail) -> tuple[str, ...]:
    """Nearest first: what it answers, then its ancestors from the youngest to the oldest."""
    ids = [mail.in_reply_to or "", *reversed(mail.references)]
    return tuple(dict.fromkeys(_bracketed(one) for one in ids if one))[:MOST_REFERENCES]


def _reports(mail: ReadMail) -> Iterator[DeliveryReport]:
    if mail.bounce is not None:
        message_id = _bracketed(mail.bounce.original_message_id) or None
        for one in mail.bounce.recipients:
            detail = " ".join(filter(None, (one.status, mail.bounce.reason)))
            yield DeliveryReport(_bounced(one), message_id, one.address, detail, mail.date)
        if not mail.bounce.recipients:
            # It failed, but nobody says for whom: never reason enough to give an address up.
            yield DeliveryReport(
                "BOUNCED_SOFT", message_id, "", mail.bounce.reason or "", mail.date
            )
    elif mail.complaint is not None:
        message_id = _bracketed(mail.complaint.original_message_id) or None
        for address in mail.complaint.recipients or ("",):
            yield DeliveryReport("COMPLAINED", message_id, address, mail.complaint.kind, mail.date)
    elif mail.pec is not None:
        yield from _receipt(mail.pec)


def _bounced(one: BouncedRecipient) -> str:
    if one.action == "failed":
        return "BOUNCED_HARD" if one.hard else "BOUNCED_SOFT"
    return _BOUNCED[one.action]


def _receipt(pec: PecReceipt) -> Iterator[DeliveryReport]:
    kind = _PEC.get(pec.type)
    if kind is None or (kind != "PEC_FAILED" and pec.error != "nessuno"):
        return  # a good receipt that doesn't say "no error" proves nothing
    address = pec.recipients[0] if len(pec.recipients) == 1 else ""
    detail = " ".join(filter(None, (pec.type, pec.provider, pec.identifier)))
    yield DeliveryReport(kind, _bracketed(pec.message_id) or None, address, detail, pec.date)


def _reading(mail: ReadMail) -> dict[str, Any]:
    found: dict[str, Any] = {
        "to": [address for _, address in mail.to],
        "cc": [address for _, address in mail.cc],
        "reply_to": [address for _, address in mail.reply_to],
    }
    if mail.sender_ambiguous:
        found["sender"] = "ambiguous"
    if mail.pec is not None:
        found["pec"] = {
            "type": mail.pec.type,
            "error": mail.pec.error,
            "identifier": mail.pec.identifier,
            "provider": mail.pec.provider,
            "signature": "unverified",
        }
    return found


def _bracketed(message_id: str | None) -> str:
    """The form in which ids are stored, sent and compared everywhere above the parser."""
    return f"<{_storable(message_id)}>" if message_id else ""


def _storable(text: str) -> str:
    return text.replace("\0", "")  # PostgreSQL keeps no NUL
