"""Where a feed was left: what it said of its version, and which entries are known."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ascolto.channels.adapters.feed.entries import Entry

REMEMBERED = 2000  # entries: more than a feed shows, for those that come and go


@dataclass(frozen=True, slots=True)
class Known:
    fingerprint: str
    kept: bool


@dataclass(slots=True)
class Place:
    """The cursor of a feed. `looked_at` is None before the first look."""

    url: str
    etag: str = ""
    modified: str = ""
    looked_at: datetime | None = None
    entries: dict[str, Known] = field(default_factory=dict)  # the latest seen last

    @classmethod
    def of(cls, cursor: Mapping[str, Any], url: str) -> "Place":
        """The stored place; a new one if the channel was told another address since."""
        if cursor.get("url") != url:
            return cls(url)
        looked = cursor.get("looked_at")
        return cls(
            url,
            etag=str(cursor.get("etag", "")),
            modified=str(cursor.get("modified", "")),
            looked_at=datetime.fromisoformat(looked) if looked else None,
            entries={
                name: Known(str(fingerprint), bool(kept))
                for name, fingerprint, kept in cursor.get("entries", [])
            },
        )

    def as_cursor(self) -> dict[str, Any]:
        latest = list(self.entries.items())[-REMEMBERED:]
        return {
            "url": self.url,
            "etag": self.etag,
            "modified": self.modified,
            "looked_at": self.looked_at.isoformat() if self.looked_at else None,
            "entries": [[name, one.fingerprint, int(one.kept)] for name, one in latest],
        }

    def known(self, entry: Entry) -> Known | None:
        return self.entries.get(_short(entry.key))

    def note(self, entry: Entry, *, kept: bool) -> None:
        self.entries.pop(_short(entry.key), None)
        self.entries[_short(entry.key)] = Known(entry.fingerprint, kept)


def _short(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:20]
