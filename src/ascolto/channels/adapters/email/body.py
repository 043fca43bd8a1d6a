"""Which parts are the words, which the page, which the attachments."""

import hashlib
from dataclasses import dataclass, field

from ascolto.channels.adapters.email.filenames import safe_name
from ascolto.channels.adapters.email.headers import text_of
from ascolto.channels.adapters.email.html_text import LARGEST, marked_text, without_marks
from ascolto.channels.adapters.email.mime import Part, Parts, head_and_body
from ascolto.channels.adapters.email.values import Attachment

LONGEST_TEXT = 2_000_000
_TEXTS = {"text/plain", "text/html", "text/enriched", "text/richtext"}
# The report of a carrier is read elsewhere and is nothing a person attached.
REPORTS = {"message/delivery-status", "message/disposition-notification", "message/feedback-report"}
_MESSAGES = {"message/rfc822", "message/global", "text/rfc822-headers"}


@dataclass(slots=True)
class Body:
    text: str = ""
    marked: str = ""
    """The text with the marks of `html_text`; what replies are cut from."""
    html: str | None = None
    attachments: list[Attachment] = field(default_factory=list)
    damaged: dict[str, None] = field(default_factory=dict)


def read_body(parts: Parts) -> Body:
    body = Body()
    plain: list[str] = []
    for part in parts.leaves:
        if part.inside_message:
            continue  # it belongs to the attached mail, which is kept whole
        if part.content_type in REPORTS:
            continue
        if _is_words(part):
            _add_words(part, body, plain)
        else:
            body.attachments.append(_attachment(part, body))
    body.marked = "\n".join(plain).strip("\n")
    if not body.marked.strip() and body.html is not None:
        if len(body.html) > LARGEST:
            body.damaged["text_too_long"] = None
        body.marked = marked_text(body.html)
    body.text = without_marks(body.marked)
    return body


def _is_words(part: Part) -> bool:
    if part.content_type not in _TEXTS or part.disposition == "attachment":
        return False
    return not part.filename or part.disposition != "inline" or part.content_id is None


def _add_words(part: Part, body: Body, plain: list[str]) -> None:
    text, sound = part.text()
    if not sound:
        body.damaged["undecodable_text"] = None
    if "\x00" in text:
        body.damaged["null_bytes"] = None
        text = text.replace("\x00", "")
    if len(text) > LONGEST_TEXT:
        body.damaged["text_too_long"] = None
        text = text[:LONGEST_TEXT]
    if part.content_type == "text/html":
        # The first page is the mail; later ones are footers that lists and carriers add.
        body.html = text if body.html is None else body.html
    else:
        plain.append(text)


def _attachment(part: Part, body: Body) -> Attachment:
    data, sound = part.data()
    if not sound:
        body.damaged["broken_attachment"] = None
    cid = part.content_id
    related = part.parent_type == "multipart/related" and cid is not None
    return Attachment(
        name=_name(part, data),
        content_type=part.content_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        content_id=cid,
        inline=part.disposition == "inline" or (related and part.disposition != "attachment"),
        data=data,
    )


def _name(part: Part, data: bytes) -> str:
    given = part.filename
    if not given and part.content_type in _MESSAGES:
        headers, _, _ = head_and_body(data)
        given = (text_of(headers, "subject", 80) or "messaggio") + ".eml"
    return safe_name(given)
