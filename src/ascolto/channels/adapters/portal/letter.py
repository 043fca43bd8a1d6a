"""The raw form of what was written on a customer's page: JSON, so that it can be read again."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ascolto.channels.ports import HeardFile, Unreadable
from ascolto.people.policy import Sender


@dataclass(frozen=True, slots=True)
class PageLetter:
    """Words and files for one case, by the identity whose link it was; of case 0, for a new one."""

    case_id: int
    sender: Sender
    text: str
    files: Sequence[HeardFile] = ()
    subject: str = ""


def to_bytes(letter: PageLetter) -> bytes:
    return json.dumps(
        {
            "case": letter.case_id,
            "sender": {
                "kind": letter.sender.kind,
                "value": letter.sender.value,
                "name": letter.sender.name,
            },
            "subject": letter.subject,
            "text": letter.text,
            "files": [
                {
                    "name": file.name,
                    "type": file.content_type,
                    "data": base64.b64encode(file.data).decode(),
                }
                for file in letter.files
            ],
        },
        ensure_ascii=False,
    ).encode()


def from_bytes(raw: bytes) -> PageLetter:
    """Raises `Unreadable` for anything that `to_bytes` did not write."""
    try:
        found = json.loads(raw)
        sender = found["sender"]
        return PageLetter(
            case_id=int(found["case"]),
            sender=Sender(str(sender["kind"]), str(sender["value"]), str(sender["name"])),
            text=str(found["text"]),
            files=tuple(_file(file) for file in found["files"]),
            subject=str(found.get("subject", "")),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise Unreadable("non è una lettera scritta in una pagina") from problem


def _file(found: dict[str, Any]) -> HeardFile:
    try:
        data = base64.b64decode(found["data"], validate=True)
    except binascii.Error as problem:
        raise Unreadable("un allegato non si decodifica") from problem
    return HeardFile(str(found["name"]), str(found["type"]), data)
