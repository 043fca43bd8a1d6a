"""The raw form of a telephone call: JSON, so that it can be read again."""

import json
from dataclasses import dataclass

from ascolto.channels.ports import Unreadable
from ascolto.people.policy import Sender


@dataclass(frozen=True, slots=True)
class CallNote:
    """What was said in one case. `answered`: he had his answer on the telephone."""

    case_id: int
    sender: Sender
    text: str
    written_by: str
    answered: bool = False


def to_bytes(note: CallNote) -> bytes:
    return json.dumps(
        {
            "case": note.case_id,
            "sender": {
                "kind": note.sender.kind,
                "value": note.sender.value,
                "name": note.sender.name,
            },
            "text": note.text,
            "written_by": note.written_by,
            "answered": note.answered,
        },
        ensure_ascii=False,
    ).encode()


def from_bytes(raw: bytes) -> CallNote:
    """Raises `Unreadable` for anything that `to_bytes` did not write."""
    try:
        found = json.loads(raw)
        sender = found["sender"]
        return CallNote(
            case_id=int(found["case"]),
            sender=Sender(str(sender["kind"]), str(sender["value"]), str(sender["name"])),
            text=str(found["text"]),
            written_by=str(found["written_by"]),
            answered=found["answered"] is True,
        )
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise Unreadable("non è una telefonata annotata") from problem
