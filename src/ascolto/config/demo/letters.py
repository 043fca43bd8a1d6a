"""Raw mails as people's programs write them, for the people of the fiction."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, formataddr
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")


@dataclass(frozen=True, slots=True)
class Enclosed:
    name: str
    kind: str  # "application/pdf"
    data: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What one person writes to one of our mailboxes."""

    name: str
    address: str
    to: str
    subject: str
    text: str
    at: datetime
    key: str  # its Message-ID is made of it, so that the same letter is the same
    answers: str = ""  # the Message-ID it answers
    html: str = ""
    files: Sequence[Enclosed] = ()
    auto: bool = False


def raw_mail(letter: Letter) -> bytes:
    message = EmailMessage()
    message["From"] = formataddr((letter.name, letter.address))
    message["To"] = letter.to
    message["Subject"] = letter.subject
    message["Date"] = format_datetime(letter.at.astimezone(ROME))
    message["Message-ID"] = message_id(letter.key, letter.address)
    if letter.answers:
        message["In-Reply-To"] = message["References"] = letter.answers
    if letter.auto:
        message["Auto-Submitted"] = "auto-replied"
    message.set_content(letter.text)
    if letter.html:
        message.add_alternative(letter.html, subtype="html")
    for file in letter.files:
        main, _, sub = file.kind.partition("/")
        message.add_attachment(file.data, maintype=main, subtype=sub, filename=file.name)
    return message.as_bytes()


def message_id(key: str, address: str) -> str:
    return f"<{key}@{address.rpartition('@')[2]}>"


def quoting(text: str, *, said: str, who: str, address: str, at: datetime) -> str:
    """An answer above what it answers, as an Italian mail program lays it out."""
    local = at.astimezone(ROME)
    head = f"Il giorno {local:%d/%m/%Y} alle ore {local:%H:%M} {who} <{address}> ha scritto:"
    quoted = "\n".join(f"> {line}".rstrip() for line in said.splitlines())
    return f"{text}\n\n{head}\n{quoted}\n"


def bounce(*, message_id: str, sent_to: str, our_address: str, at: datetime, key: str) -> bytes:
    """What a mail server sends back when the mailbox does not exist (RFC 3464)."""
    domain = sent_to.rpartition("@")[2]
    date = format_datetime(at.astimezone(ROME))
    lines = f"""\
From: Mail Delivery System <MAILER-DAEMON@mx.{domain}>
To: {our_address}
Subject: Undelivered Mail Returned to Sender
Date: {date}
Message-ID: <{key}@mx.{domain}>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="alba"

--alba
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

<{sent_to}>: host mx.{domain} said: 550 5.1.1 User unknown

--alba
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.{domain}

Final-Recipient: rfc822; {sent_to}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--alba
Content-Type: text/rfc822-headers

From: {our_address}
To: {sent_to}
Message-ID: {message_id}

--alba--
"""
    return lines.replace("\n", "\r\n").encode()


def pdf(title: str, lines: Sequence[str]) -> bytes:
    """A page of plain text as the smallest PDF there is."""
    shown = [title, "", *lines]
    words = "".join(f"({_plain(line)}) Tj T* " for line in shown)
    stream = f"BT /F1 12 Tf 60 780 Td 18 TL {words}ET".encode("latin-1", "replace")
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
            b"/Resources<</Font<</F1 5 0 R>>>>>>"
        ),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(parts) + 1, table, len(parts) + 1, len(body))
    )


def picture(red: int, green: int, blue: int, *, width: int = 320, height: int = 200) -> bytes:
    """A photograph of nothing: one colour, getting darker to the right, as a PNG."""
    row = b"\0" + b"".join(
        bytes(
            (red * (width - x) // width, green * (width - x) // width, blue * (width - x) // width)
        )
        for x in range(width)
    )
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(row * height)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")


def _plain(line: str) -> str:
    return line.replace("\\", "").replace("(", "[").replace(")", "]").replace("’", "'")
