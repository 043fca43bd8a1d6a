"""Mails written for the tests."""

from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime

WRITTEN_AT = datetime(2026, 3, 12, 9, 30, tzinfo=UTC)


def letter(text: str = "Buongiorno,\n\nla bolletta è doppia.\n", **headers: str) -> bytes:
    """A plain mail of Giulia's; names of headers with ``_`` for ``-``."""
    message = EmailMessage()
    known = {
        "From": "Giulia Neri <giulia.neri@posta.example>",
        "To": "assistenza@acme.example",
        "Subject": "Bolletta di marzo",
        "Message-ID": "<lettera-1@posta.example>",
        "Date": format_datetime(WRITTEN_AT),
    }
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in (known | given).items():
        message[name] = value
    message.set_content(text)
    return message.as_bytes()


def raw(*lines: str, body: str = "Buongiorno.\n") -> bytes:
    """A mail from header lines, exactly as given."""
    return (
        "\r\n".join(lines) + "\r\n\r\n" + body.replace("\r\n", "\n").replace("\n", "\r\n")
    ).encode()


def with_page(page: str, text: str | None = None) -> bytes:
    message = EmailMessage()
    message["From"] = "giulia.neri@posta.example"
    message["Subject"] = "Bolletta"
    if text is not None:
        message.set_content(text)
        message.add_alternative(page, subtype="html")
    else:
        message.set_content(page, subtype="html")
    return message.as_bytes()


def multipart(kind: str, *parts: str, headers: tuple[str, ...] = ()) -> bytes:
    """`parts` are whole parts, with their headers."""
    inside = "".join(f"--confine\r\n{part}\r\n" for part in parts)
    return raw(
        *headers,
        "MIME-Version: 1.0",
        f'Content-Type: {kind}; boundary="confine"',
        body=f"{inside}--confine--\r\n",
    )
