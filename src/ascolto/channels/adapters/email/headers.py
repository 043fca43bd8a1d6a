"""Single header values: decoded words, dates, message ids."""

import re
from datetime import UTC, datetime
from email.message import Message
from email.utils import parsedate_to_datetime

from ascolto.channels.adapters.email.charsets import decode
from ascolto.channels.adapters.email.encodings import decoded, from_base64

LONGEST = 16_384
LONGEST_SUBJECT = 998
MOST_REFERENCES = 100
LONGEST_ID = 500

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]{0,4000})\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]{1,100}(?==\?[^?\s]{1,60}\?[bBqQ]\?)")
# C0, C1, line and paragraph separators, and marks that turn or hide text.
_CONTROLS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SPACE = re.compile(r"\s+")
_ID = re.compile(r"<([^<>\s]{1,500})>")


def raw_value(headers: Message, name: str) -> str:
    """The first header of that name, unfolded, not decoded; empty when absent."""
    return raw_values(headers, name, most=1)[0] if name in headers else ""


def raw_values(headers: Message, name: str, *, most: int = 20) -> list[str]:
    values = headers.get_all(name, [])[:most]
    return [str(one)[:LONGEST].replace("\r", "").replace("\n", "") for one in values]


def words(value: str) -> str:
    """RFC 2047 words decoded; anything undecodable stays as it is."""
    if "=?" not in value:
        return value
    return _WORD.sub(_decode_word, _BETWEEN_WORDS.sub(r"\1", value))


def _decode_word(found: re.Match[str]) -> str:
    charset, kind, body = found.groups()
    data = body.encode("utf-8", "replace")
    if kind in "bB":
        raw, _ = from_base64(data)
    else:
        raw, _ = decoded(data.replace(b"_", b" "), "quoted-printable")
    # A language may follow the charset (RFC 2231 §5).
    return decode(raw, charset.partition("*")[0])[0]


def plain(value: str, longest: int = LONGEST_SUBJECT) -> str:
    """One shown line: decoded, without controls and line ends, bounded."""
    shown = _CONTROLS.sub(" ", words(value[:LONGEST])[: longest * 4])
    return _SPACE.sub(" ", shown).strip()[:longest]


def text_of(headers: Message, name: str, longest: int = LONGEST_SUBJECT) -> str:
    return plain(raw_value(headers, name), longest)


def message_ids(value: str) -> tuple[str, ...]:
    """Every ``<id>`` in order, without the angle brackets and without repeats."""
    found = _ID.findall(value[:LONGEST])
    if not found and "@" in value and " " not in value.strip():
        found = [value.strip().strip("<>")[:LONGEST_ID]]
    return tuple(dict.fromkeys(found))[-MOST_REFERENCES:]


def message_id(value: str) -> str | None:
    ids = message_ids(value)
    return ids[0] if ids else None


def moment(value: str) -> datetime | None:
    """A date header as aware UTC, or None when it isn't one."""
    try:
        found = parsedate_to_datetime(value[:200].strip())
        # "-0000" says: UTC, and nothing about where.
        return found.replace(tzinfo=found.tzinfo or UTC).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
