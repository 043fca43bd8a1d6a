"""What has come into a mailbox since we last looked, in batches that fit into memory."""

import threading
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Protocol, Self

from ascolto.channels.adapters.email.imap import MailboxTrouble
from ascolto.channels.adapters.email.keys import external_id

MOST_LETTERS = 100
MEGABYTE = 1024 * 1024
MOST_BYTES = 16 * MEGABYTE
KEPT_OF_A_GIANT = 256 * 1024
PIECE = 2 * MEGABYTE
TIMES_TO_SAY_NO_MORE = 2


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
    def piece(self, uid: int, start: int, most: int) -> bytes | None: ...
    def mark_seen(self, uids: Sequence[int]) -> None: ...
    def wait(self, seconds: float, stop: threading.Event) -> bool: ...


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far a mailbox was read. UIDs mean something only together with their validity."""

    uidvalidity: int
    last_uid: int
    since: date | None = None
    """Nothing that arrived before this day belongs to the channel. For a mailbox that is read
    from its start; where we know the last UID, that alone says what is new."""

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
    problem: str = ""
    """Why `raw` is not the whole message. Such a one goes to where a person looks."""


@dataclass(slots=True)
class Batch:
    cursor: Cursor
    found: list[Found] = field(default_factory=list)
    weight: int = 0

    def add(self, uid: int, found: Found | None) -> None:
        """`found` is None for one that has gone: then there is only nothing more to do for it."""
        self.cursor = Cursor(self.cursor.uidvalidity, uid, self.cursor.since)
        if found is not None:
            self.found.append(found)
            self.weight += len(found.raw)


def start_of(box: Postbox, cursor: Cursor | None, *, new_only: bool, today: date) -> Cursor:
    """Where to go on. After a change of UIDVALIDITY from the start: known letters come twice."""
    if cursor is not None and cursor.uidvalidity == box.uidvalidity:
        return cursor
    if cursor is not None:
        return Cursor(box.uidvalidity, 0, cursor.since)
    if not new_only:
        return Cursor(box.uidvalidity, 0)
    last = max(box.uids_after(0), default=0)
    # The server compares with its own date, which may still be our yesterday.
    return Cursor(box.uidvalidity, last, today - timedelta(days=1))


def batches(
    box: Postbox,
    start: Cursor,
    *,
    largest: int,
    given_up: Container[int] = (),
    between: Callable[[], None] = lambda: None,
) -> Iterator[Batch]:
    """Everything after `start`, in order; of a message above `largest` bytes only its beginning.

    `given_up`: UIDs the server would not give; they come empty, so that the rest can follow.
    `between` is called often, also between the pieces of a long message.
    """
    # A letter that was moved here keeps its old date: it is new by its UID.
    since = None if start.last_uid else start.since
    uids = box.uids_after(start.last_uid, since=since)
    for at in range(0, len(uids), MOST_LETTERS):
        chunk = uids[at : at + MOST_LETTERS]
        sizes = box.sizes(chunk)
        batch = Batch(start)
        for uid in chunk:
            size = sizes.get(uid, 0)  # of one that is gone, or that the server forgot to tell
            if batch.found and batch.weight + min(size, largest) > MOST_BYTES:
                yield batch
                batch = Batch(batch.cursor)
            try:
                between()
                found = (
                    _nothing_of(box, uid)
                    if uid in given_up
                    else _take(box, uid, size, largest, between)
                )
            except MailboxTrouble:
                # On a line that breaks every time, each connection still brings us forward.
                if batch.found:
                    yield batch
                raise
            batch.add(uid, found)
        if batch.found:
            yield batch


def _take(
    box: Postbox, uid: int, size: int, largest: int, between: Callable[[], None]
) -> Found | None:
    """None for a message somebody has deleted in the meantime."""
    giant = size > largest
    if giant:
        raw = box.piece(uid, 0, KEPT_OF_A_GIANT)
    elif size > PIECE:
        raw = _in_pieces(box, uid, size, between)
    else:
        raw = box.fetch(uid)
    if raw is None:
        return None
    envelope: dict[str, Any] = {"uid": uid, "uidvalidity": box.uidvalidity}
    if not giant:
        return Found(uid, raw, external_id(raw), envelope)
    cut = {"size": size, "kept": len(raw)}
    return Found(
        uid,
        raw,
        f"{external_id(raw)} {size}",
        {**envelope, "cut": cut},
        problem=f"messaggio troppo grande: {-(-size // MEGABYTE)} MB",
    )


def _in_pieces(box: Postbox, uid: int, size: int, between: Callable[[], None]) -> bytes | None:
    """A long message over a slow line takes minutes; whoever waits for us must hear in between.

    `size` is what the server announced. Some count wrongly: nothing is cut off where it announced
    too little, and where it announced too much, it has to say twice that there is no more.
    """
    whole = bytearray()
    said_no_more = 0
    while len(whole) != size and said_no_more < TIMES_TO_SAY_NO_MORE:
        piece = box.piece(uid, len(whole), PIECE)
        if piece is None:
            return None
        whole += piece
        if len(piece) < PIECE and len(whole) > size:
            break
        said_no_more = 0 if piece else said_no_more + 1
        between()
    return bytes(whole)


def _nothing_of(box: Postbox, uid: int) -> Found:
    key = f"uid {box.uidvalidity}/{uid}"
    envelope = {"uid": uid, "uidvalidity": box.uidvalidity}
    problem = f"il server di posta non consegna il messaggio {uid}"
    return Found(uid, b"", key, envelope, problem=problem)
