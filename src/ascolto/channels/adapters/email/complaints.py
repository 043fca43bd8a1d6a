"""Complaints about our mail sent back by mailbox providers (ARF, RFC 5965)."""

import re

from ascolto.channels.adapters.email.headers import message_id, raw_value
from ascolto.channels.adapters.email.mime import Part, Parts, head_and_body
from ascolto.channels.adapters.email.values import Complaint

_FIELD = re.compile(r"^([A-Za-z-]{3,40}):[ \t]*(.{0,500})$", re.MULTILINE)
_ADDRESS = re.compile(r"[^\s<>\"@,;:]{1,64}@[^\s<>\"@,;:]{1,255}")
_ORIGINALS = {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"}


def find_complaint(parts: Parts) -> Complaint | None:
    report = next(
        (part for part in parts.leaves if part.content_type == "message/feedback-report"), None
    )
    if report is None:
        return None
    fields = [(name.lower(), value) for name, value in _FIELD.findall(report.text()[0][:100_000])]
    kind = next((value for name, value in fields if name == "feedback-type"), "abuse")
    named = [value for name, value in fields if name in {"original-rcpt-to", "removal-recipient"}]
    found = (_ADDRESS.search(value) for value in named)
    return Complaint(
        kind=kind.strip().lower()[:40] or "abuse",
        recipients=tuple(dict.fromkeys(one[0] for one in found if one)),
        original_message_id=original_message_id(parts),
    )


def original_message_id(parts: Parts) -> str | None:
    """The Message-ID of the mail a report is about, from the copy it carries."""
    for part in parts.leaves:
        if part.content_type in _ORIGINALS:
            found = _id_in(part)
            if found:
                return found
    return None


def _id_in(part: Part) -> str | None:
    headers, _, _ = head_and_body(part.data()[0])
    return message_id(raw_value(headers, "message-id"))
