"""A parcel as the bytes of a mail (RFC 5322)."""

import base64
import hashlib
import quopri
import re
from datetime import UTC, datetime
from email.utils import format_datetime, formatdate

from ascolto.channels.adapters.email import outgoing_headers as headers
from ascolto.channels.adapters.email.filenames import safe_name
from ascolto.channels.ports import HeardFile, Parcel

MOST_REFERENCES = 20
LONGEST_LINE = 990  # RFC 5322 §2.1.1 allows 998
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_TYPE = re.compile(
    r"(?!multipart/|message/)[a-z0-9][a-z0-9!#$&^_.+-]{0,60}/[a-z0-9!#$&^_.+-]{1,80}"
)
UNKNOWN = "application/octet-stream"


def compose(parcel: Parcel) -> bytes:
    """The whole mail with CRLF line ends. The same parcel gives the same bytes.

    Raises `BadAddress`, and ValueError for a Message-ID that is none.
    """
    fields = [*_envelope(parcel), *_about_machines(parcel), ("MIME-Version", "1.0")]
    head = b"".join(headers.field(name, value) for name, value in fields)
    if not parcel.files:
        return head + _text_part(parcel.text)
    mark = f"=_{hashlib.sha256(parcel.message_id.encode()).hexdigest()[:32]}"
    parts = [_text_part(parcel.text), *(_file_part(file) for file in parcel.files)]
    return b"".join(
        [
            head,
            headers.field("Content-Type", f'multipart/mixed; boundary="{mark}"'),
            b"\r\n",
            *(b"--%s\r\n%s\r\n" % (mark.encode(), part) for part in parts),
            b"--%s--\r\n" % mark.encode(),
        ]
    )


def _envelope(parcel: Parcel) -> list[tuple[str, str]]:
    own = headers.message_ids([parcel.message_id])
    if not own:
        raise ValueError(f"not a Message-ID: {parcel.message_id!r}")
    fields = [
        ("From", headers.mailbox(parcel.from_name, parcel.from_address)),
        ("To", headers.mailbox(parcel.to_name, parcel.to_address)),
        *_copies(parcel),
        ("Subject", headers.unstructured(parcel.subject)),
        ("Date", _date(parcel.written_at)),
        ("Message-ID", own[0]),
    ]
    answered = headers.message_ids([parcel.in_reply_to])
    # Nearest first in a parcel, oldest first on the wire, and what it answers at the end.
    ancestors = [one for one in headers.message_ids(parcel.references) if one not in answered]
    line = [*reversed(ancestors[:MOST_REFERENCES]), *answered]
    if answered:
        fields.append(("In-Reply-To", answered[0]))
    if line:
        fields.append(("References", " ".join(line)))
    return fields


def _copies(parcel: Parcel) -> list[tuple[str, str]]:
    """Who gets a copy stands in the mail: nobody reads along unseen."""
    if not parcel.cc:
        return []
    return [("Cc", ", ".join(headers.wire_address(one) for one in parcel.cc))]


def _about_machines(parcel: Parcel) -> list[tuple[str, str]]:
    """What keeps two machines from answering each other for ever (RFC 3834 §5)."""
    if not parcel.automatic:
        return []
    kind = "auto-replied" if parcel.in_reply_to else "auto-generated"
    return [("Auto-Submitted", kind), ("X-Auto-Response-Suppress", "All")]


def _date(written_at: datetime | None) -> str:
    return format_datetime(written_at.astimezone(UTC)) if written_at else formatdate(usegmt=True)


def _text_part(text: str) -> bytes:
    lines = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip("\n") + "\n"
    data = lines.encode("utf-8", "replace")
    # "=_" begins the line between parts, which plain text must not be able to write.
    plain = data.isascii() and b"=_" not in data
    if plain and max(map(len, data.split(b"\n"))) <= LONGEST_LINE:
        encoding, body = "7bit", data
    else:
        encoding, body = "quoted-printable", quopri.encodestring(data)
    return b"".join(
        [
            headers.field("Content-Type", 'text/plain; charset="utf-8"'),
            headers.field("Content-Transfer-Encoding", encoding),
            b"\r\n",
            body.replace(b"\n", b"\r\n"),
        ]
    )


def _file_part(file: HeardFile) -> bytes:
    kind = file.content_type.partition(";")[0].strip().lower()
    named = headers.parameter("filename", safe_name(file.name))
    return b"".join(
        [
            headers.field("Content-Type", kind if _TYPE.fullmatch(kind) else UNKNOWN),
            headers.field("Content-Disposition", "; ".join(["attachment", *named])),
            headers.field("Content-Transfer-Encoding", "base64"),
            b"\r\n",
            base64.encodebytes(file.data).replace(b"\n", b"\r\n"),
        ]
    )
