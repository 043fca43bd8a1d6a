"""One mail as the JSON object of `ascolto parse email`."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, TextIO
from zoneinfo import ZoneInfo

import msgspec

from ascolto.channels.adapters.email.guard import GuardedReader, Unreadable
from ascolto.channels.adapters.email.headers import plain
from ascolto.channels.adapters.email.message import read_message
from ascolto.channels.adapters.email.values import Bounce, PecReceipt, ReadMail

_ITALY = ZoneInfo("Europe/Rome")
LARGEST_FILE = 64 * 1024 * 1024


def describe(path: str, raw: bytes) -> dict[str, Any]:
    return _described(path, read_message(raw))


def parse_files(paths: Iterable[str], out: TextIO) -> None:
    """One line a file, in order. A file that can't be read gives a line that says why."""
    with GuardedReader() as reader:
        for path in paths:
            try:
                row = _described(path, reader.read(_bytes_of(path)))
            except (OSError, ValueError) as problem:
                row = failure(path, f"cannot open the file: {_why(problem)}")
            except Unreadable as problem:
                row = failure(path, str(problem))
            out.write(msgspec.json.encode(row).decode() + "\n")


def failure(path: str, reason: str) -> dict[str, Any]:
    return {
        "file": _printable(path), "from": None, "to": [], "subject": "", "message_id": None,
        "in_reply_to": None, "references": [], "date": None, "reply_text": "", "html": None,
        "attachments": [], "auto": False, "bulk": False, "bounce": None, "pec": None,
        "error": reason,
    }  # fmt: skip


def _bytes_of(path: str) -> bytes:
    with Path(path).open("rb") as file:
        return file.read(LARGEST_FILE + 1)


def _why(problem: Exception) -> str:
    return getattr(problem, "strerror", None) or plain(str(problem), 200)


def _printable(path: str) -> str:
    # File names are bytes; those that are no text must not break the JSON line.
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _described(path: str, mail: ReadMail) -> dict[str, Any]:
    return {
        "file": _printable(path),
        "from": mail.from_address,
        "to": [address for _, address in mail.to],
        "subject": mail.subject,
        "message_id": mail.message_id,
        "in_reply_to": mail.in_reply_to,
        "references": list(mail.references),
        "date": _iso(mail.date),
        "reply_text": mail.reply_text,
        "html": mail.html,
        "attachments": [
            {"name": one.name, "type": one.content_type, "size": one.size, "sha256": one.sha256}
            for one in mail.attachments
        ],
        "auto": mail.auto,
        "bulk": mail.bulk,
        "bounce": _bounce(mail.bounce),
        "pec": _pec(mail.pec),
        "error": f"damaged: {', '.join(mail.damaged)}" if mail.damaged else None,
    }


def _bounce(bounce: Bounce | None) -> dict[str, Any] | None:
    if bounce is None:
        return None
    return {
        "recipients": [
            {"address": one.address, "status": one.status, "action": one.action, "hard": one.hard}
            for one in bounce.recipients
        ]
    }


def _pec(receipt: PecReceipt | None) -> dict[str, Any] | None:
    if receipt is None:
        return None
    return {
        "type": receipt.type,
        "message_id": receipt.message_id,
        "sender": receipt.sender,
        # The day printed on a receipt is the legal one, and it is Italy's.
        "date": _iso(receipt.date.astimezone(_ITALY) if receipt.date else None),
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment is not None else None
