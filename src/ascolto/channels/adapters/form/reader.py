"""What somebody wrote in the form on the site. The raw bytes are JSON made by our own page."""

import base64
import binascii

import msgspec

from ascolto.channels.ports import Heard, HeardFile, Unreadable
from ascolto.people.policy import Sender, normal_form


class Enclosed(msgspec.Struct):
    name: str
    type: str
    base64: str


class Filled(msgspec.Struct):
    """The form as it was filled in."""

    address: str
    text: str
    name: str = ""
    subject: str = ""
    language: str = "it"
    files: list[Enclosed] = msgspec.field(default_factory=list)


def written(filled: Filled) -> bytes:
    """The raw bytes under which a filled form is kept."""
    return msgspec.json.encode(filled)


def enclosed(name: str, content_type: str, data: bytes) -> Enclosed:
    return Enclosed(name, content_type, base64.b64encode(data).decode())


class FormReader:
    """Reads a filled form. The sender is the address he gave: nobody has proved that it is his."""

    def read(self, raw: bytes) -> Heard:
        try:
            filled = msgspec.json.decode(raw, type=Filled)
            files = [
                HeardFile(file.name[-255:], file.type, base64.b64decode(file.base64, validate=True))
                for file in filled.files
            ]
        except (msgspec.DecodeError, binascii.Error, RecursionError, UnicodeDecodeError) as problem:
            raise Unreadable(f"il modulo non si legge: {problem}") from problem
        if normal_form("EMAIL", filled.address) is None:
            raise Unreadable(f"non è un indirizzo e-mail: {filled.address[:80]}")
        return Heard(
            sender=Sender("EMAIL", filled.address.strip(), _clean(filled.name)),
            subject=" ".join(_clean(filled.subject).split()),
            text=_clean(filled.text),
            files=files,
            reading={"language": _clean(filled.language)},
        )


def _clean(text: str) -> str:
    """Text that can be stored: PostgreSQL knows no NUL."""
    return text.replace("\0", "")
