"""What a webhook says: one JSON object, read into what was heard.

    {"id": "evt-1", "from": {"kind": "EMAIL", "value": "giulia@example.org", "name": "Giulia"},
     "subject": "…", "text": "…", "in_reply_to": "evt-0", "written_at": "2026-03-04T11:59:00Z",
     "attachments": [{"name": "foto.jpg", "type": "image/jpeg", "base64": "…"}]}

Only `from.value` and one of `text`, `subject` and `attachments` are needed.
"""

import base64
import binascii
import hashlib
import re
from datetime import UTC, datetime

import msgspec

from ascolto.channels.ports import Heard, HeardFile, Unreadable
from ascolto.people.policy import Sender, normal_form

KINDS = {"EMAIL", "PHONE", "HANDLE", "REFERENCE"}
LONGEST_TEXT = 200_000  # characters; a book chapter is shorter
MOST_FILES = 50
_PLAIN_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class From(msgspec.Struct):
    value: str
    kind: str = "EMAIL"
    name: str = ""


class File(msgspec.Struct):
    base64: str
    name: str = ""
    type: str = "application/octet-stream"


class Post(msgspec.Struct, rename={"sender": "from"}):
    sender: From
    id: str | int = ""
    subject: str = ""
    text: str = ""
    in_reply_to: str | int = ""
    written_at: datetime | None = None
    attachments: list[File] = msgspec.field(default_factory=list)


class _Named(msgspec.Struct):
    id: str | int = ""


def identifier_in(body: bytes) -> str:
    """The identifier that the sender put into the body, or "" if none can be read there."""
    try:
        return str(msgspec.json.decode(body, type=_Named).id)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return ""


def message_id_of(identifier: str) -> str:
    """The sender's identifier in the form of a Message-ID, so that answers can refer to it."""
    if not identifier:
        return ""
    plain = _PLAIN_ID.fullmatch(identifier) is not None
    local = identifier if plain else hashlib.sha256(identifier.encode()).hexdigest()
    return f"<{local}@webhook.invalid>"


class WebhookReader:
    """Reads the raw body of a webhook. Raises `Unreadable` with a sentence for a person."""

    def read(self, raw: bytes) -> Heard:
        post = _decode(raw)
        if not (post.text.strip() or post.subject.strip() or post.attachments):
            raise Unreadable("il messaggio è vuoto: non ha testo, oggetto né allegati")
        return Heard(
            sender=_sender(post.sender),
            message_id=message_id_of(_clean(str(post.id))),
            references=_references(_clean(str(post.in_reply_to))),
            written_at=_with_zone(post.written_at),
            subject=" ".join(_clean(post.subject).split()),
            text=_clean(post.text)[:LONGEST_TEXT],
            files=_files(post.attachments),
            damaged=("text_cut",) if len(post.text) > LONGEST_TEXT else (),
        )


def _decode(raw: bytes) -> Post:
    try:
        return msgspec.json.decode(raw, type=Post)
    except msgspec.ValidationError as problem:
        raise Unreadable(f"manca o non va bene un campo: {problem}") from problem
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as problem:
        raise Unreadable(f"non è JSON: {problem}") from problem


def _sender(sender: From) -> Sender:
    kind, value = sender.kind.strip().upper(), _clean(sender.value).strip()
    if kind not in KINDS:
        raise Unreadable(f"il mittente è di un genere sconosciuto: {kind[:40]}")
    if normal_form(kind, value) is None:
        raise Unreadable(f"il mittente non è un valore di genere {kind}: {value[:80]}")
    return Sender(kind, value, _clean(sender.name))


def _references(parent: str) -> tuple[str, ...]:
    """The parent as it was named (it may be a Message-ID of ours), and as one of the sender's."""
    return (parent, message_id_of(parent)) if parent else ()


def _files(files: list[File]) -> list[HeardFile]:
    if len(files) > MOST_FILES:
        raise Unreadable(f"ha più di {MOST_FILES} allegati")
    return [_file(number, file) for number, file in enumerate(files, 1)]


def _file(number: int, file: File) -> HeardFile:
    try:
        data = base64.b64decode(file.base64, validate=True)
    except (binascii.Error, ValueError) as problem:
        raise Unreadable(f"l’allegato {number} non è base64: {problem}") from problem
    name = _clean(file.name).replace("/", "_").replace("\\", "_").strip() or f"allegato-{number}"
    return HeardFile(name[-255:], _clean(file.type) or "application/octet-stream", data)


def _with_zone(written_at: datetime | None) -> datetime | None:
    if written_at is None or written_at.tzinfo is not None:
        return written_at
    return written_at.replace(tzinfo=UTC)


def _clean(text: str) -> str:
    """Text that can be stored: PostgreSQL knows no NUL."""
    return text.replace("\0", "")
