"""Names in AT Protocol: the address of a record, and record keys that can be made again. Pure."""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

POST = "app.bsky.feed.post"
REPOST = "app.bsky.feed.repost"
_DIGITS = "234567abcdefghijklmnopqrstuvwxyz"
_CHARACTERS = 13
_CLOCKS = 1024  # a TID is 53 bits of microseconds and 10 of whose clock it was
_AT = re.compile(
    r"at://(did:[a-z0-9]+:[A-Za-z0-9._:%-]+)/([A-Za-z0-9.-]+)/([A-Za-z0-9._:~-]{1,512})"
)
EPOCH = datetime(2023, 1, 1, tzinfo=UTC)
SPAN = timedelta(days=730)


@dataclass(frozen=True, slots=True)
class Record:
    did: str
    collection: str
    rkey: str


def record_at(uri: str) -> Record | None:
    """What an at:// address names, or None."""
    found = _AT.fullmatch(uri)
    return Record(*found.groups()) if found else None


def page_of(uri: str) -> str:
    """Where people see a post, or ""."""
    named = record_at(uri)
    if named is None or named.collection != POST:
        return ""
    return f"https://bsky.app/profile/{named.did}/post/{named.rkey}"


def key_for(key: str, at: datetime | None = None) -> str:
    """A record key (TID) that is the same whenever it is asked for with the same `key`.

    With it a message that is sent again is the same record, not a second one. `at` gives the
    second in which it sorts; without it one is drawn from `key`, in a past of which nobody minds.
    """
    drawn = int.from_bytes(hashlib.sha256(key.encode()).digest()[:12], "big")
    drawn, clock = divmod(drawn, _CLOCKS)
    drawn, micros = divmod(drawn, 1_000_000)
    moment = at or EPOCH + timedelta(seconds=drawn % int(SPAN.total_seconds()))
    number = (int(moment.timestamp()) * 1_000_000 + micros) * _CLOCKS + clock
    letters = []
    for _ in range(_CHARACTERS):
        number, digit = divmod(number, 32)
        letters.append(_DIGITS[digit])
    return "".join(reversed(letters))
