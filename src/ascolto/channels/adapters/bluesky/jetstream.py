"""Jetstream: everybody's records as JSON, with a cursor in microseconds."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

import msgspec

from ascolto.channels.adapters.bluesky.events import (
    FEWEST_SECONDS,
    Event,
    Told,
    moment_of_micros,
)

REWIND = 5_000_000  # microseconds: its servers' clocks differ a little


class _Commit(msgspec.Struct):
    operation: str
    collection: str
    rkey: str
    rev: str = ""
    cid: str = ""
    record: dict[str, object] = msgspec.field(default_factory=dict)


class _Frame(msgspec.Struct):
    did: str
    time_us: int
    kind: str = ""
    commit: _Commit | None = None


_decode = msgspec.json.Decoder(_Frame).decode


@dataclass(frozen=True, slots=True)
class Jetstream:
    """Implements `events.Dialect`."""

    collections: tuple[str, ...]
    everybody: bool = True

    def beginning(self, now: datetime) -> int:
        return int(now.timestamp() * 1_000_000)

    def address(self, base: str, place: int) -> str:
        asked = [("wantedCollections", name) for name in self.collections]
        asked.append(("cursor", str(max(0, place - REWIND))))
        return f"{base}/subscribe?{urlencode(asked)}"

    def read(self, frame: str | bytes) -> Told:
        """Raises `msgspec.MsgspecError`."""
        read = _decode(frame)
        at = moment_of_micros(read.time_us)
        if read.commit is None or read.commit.collection not in self.collections:
            return Told(read.time_us, at)
        said = read.commit
        event = Event(
            read.did, said.collection, said.rkey, said.operation, said.rev, said.cid, said.record
        )
        return Told(read.time_us, at, (event,))

    def jumped(self, before: int, told: Told) -> bool:
        return told.place is not None and told.place - before > FEWEST_SECONDS * 1_000_000
