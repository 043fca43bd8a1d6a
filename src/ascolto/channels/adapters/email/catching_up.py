"""What has come into a mailbox since we last looked, in batches that fit into memory."""

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, Self

from ascolto.channels.adapters.email.keys import external_id

MOST_LETTERS = 100
MOST_BYTES = 16 * 1024 * 1024
KEPT_OF_A_GIANT = 256 * 1024


class Postbox(Protocol):
    """A mailbox that is open. Implemented over IMAP, and by the fake."""

    uidvalidity: int
    can_idle: bool

    def __enter__(self) -> Self: ...
    def __exit__(self, *_exception: object) -> None: ...
    def count(self) -> int: ...
    def uids_after(self, uid: int, *, since: date | None = None) -> list[int]: ...
    def sizes(self, uids: Sequence[int]) -> dict[int, int]: ...
    def fetch(self, uid: int) -> bytes | None: ...
    def head(self, uid: int, most: int) -> bytes | None: ...
    def mark_seen(self, uids: Sequence[int]) -> None: ...
    def wait(self, seconds: float, stop: threading.Event) -> bool: ...


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a mailbox was read. UIDs mean something only together with their validity."""

    uidvalidity: int
    last_uid: int
    since: date | None = None
    """Nothing that arrived before this day belongs to the channel."""

    def as_json(self) -> dict[str, Any]:
        day = {"since": self.since.isoformat()} if self.since else {}
        return {"uidvalidity": self.uidvalidity, "last_uid": self.last_uid, **day}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Cursor | None":
        if not stored:
            return None
        since = date.fromisoformat(stored["since"]) if "since" in stored else None
        return cls(int(stored["uidvalidity"]), int(stored["last_uid"]), since)


@dataclass(frozen=True, slots=True)
class Found:
    """One message as it lay in the mailbox."""

    uid: int
    raw: bytes
    external_id: str
    envelope: dict[str, Any]
    too_large: int = 0
    """Its size in bytes, if it was too large to take: then `raw` is only its beginning."""


@dataclass(slots=True)
class Batch:
    cursor: Cursor
    found: list[Found] = field(default_factory=list)
    weight: int = 0


def start_of(box: Postbox, cursor: Cursor | None, *, new_only: bool, today: date) -> Cursor:
    """Where to go on. After a change of UIDVALIDITY from the start: known letters come twice."""
    if cursor is not None and cursor.uidvalidity == box.uidvalidity:
        return cursor
    if cursor is not None:
        return Cursor(box.uidvalidity, 0, cursor.since)
    if not new_only:
        return Cursor(box.uidvalidity, 0)
    last = max(box.uids_after(0), default=0)
    return Cursor(box.uidvalidity, last, today)


def batches(box: Postbox, start: Cursor, *, largest: int) -> Iterator[Batch]:
    """Everything after `start`, in order; of a message above `largest` bytes only its beginning."""
    batch = Batch(start)
    uids = box.uids_after(start.last_uid, since=start.since)
    for at in range(0, len(uids), MOST_LETTERS):
        for uid, size in box.sizes(uids[at : at + MOST_LETTERS]).items():
            if batch.found and batch.weight + min(size, largest) > MOST_BYTES:
                yield batch
                batch = Batch(batch.cursor)
            found = _take(box, uid, size, largest)
            if found is not None:
                batch.found.append(found)
                batch.weight += len(found.raw)
            batch.cursor = Cursor(start.uidvalidity, uid, start.since)
        if batch.found:
            yield batch
        batch = Batch(batch.cursor)


def _take(box: Postbox, uid: int, size: int, largest: int) -> Found | None:
    """None for a message somebody has deleted in the meantime."""
    giant = size > largest
    raw = box.head(uid, KEPT_OF_A_GIANT) if giant else box.fetch(uid)
    if raw is None:
        return None
    envelope: dict[str, Any] = {"uid": uid, "uidvalidity": box.uidvalidity}
    if not giant:
        return Found(uid, raw, external_id(raw), envelope)
    cut = {"size": size, "kept": len(raw)}
    return Found(uid, raw, f"{external_id(raw)} {size}", {**envelope, "cut": cut}, too_large=size)
