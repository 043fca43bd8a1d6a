"""What happened to a record, whichever stream told it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from ascolto.channels.adapters.bluesky.names import POST, REPOST

COLLECTIONS = (POST, REPOST)
FEWEST_SECONDS = 60  # a jump of more, in a stream of everybody, is no pause of theirs


@dataclass(frozen=True, slots=True)
class Event:
    did: str
    collection: str
    rkey: str
    operation: str  # "create", "update" or "delete"
    rev: str
    cid: str = ""
    record: Mapping[str, Any] = field(default_factory=dict)

    @property
    def uri(self) -> str:
        return f"at://{self.did}/{self.collection}/{self.rkey}"


@dataclass(frozen=True, slots=True)
class Told:
    """One frame: what happened, where the stream is now, and whether it lost something."""

    place: int | None = None
    at: datetime | None = None
    events: tuple[Event, ...] = ()
    outdated: bool = False  # what came since our place is not all here any more
    reset: bool = False  # our place is none of theirs: begin anew


class Dialect(Protocol):
    """How one kind of stream is asked and understood."""

    @property
    def everybody(self) -> bool:
        """Whether it never falls silent: then a minute of silence is a fault."""

    def beginning(self, now: datetime) -> int:
        """Where to begin the first time."""

    def address(self, base: str, place: int) -> str: ...
    def read(self, frame: str | bytes) -> Told: ...
    def jumped(self, before: int, told: Told) -> bool:
        """Whether the first frame after a return shows that the stream has forgotten some."""


def moment_of_micros(micros: int) -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros)
