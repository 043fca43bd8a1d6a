"""`com.atproto.sync.subscribeRepos`: a server's own stream, in CBOR, numbered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import libipld

from ascolto.channels.adapters.bluesky.events import Event, Told

LARGEST_BLOCKS = 2_000_000  # bytes; the protocol's own limit for a commit


@dataclass(frozen=True, slots=True)
class Repos:
    """Implements `events.Dialect`."""

    collections: tuple[str, ...]
    everybody: bool = False

    def beginning(self, now: datetime) -> int:  # noqa: ARG002 # it numbers, and tells no number
        return 0  # all that it still has: a day, usually

    def address(self, base: str, place: int) -> str:
        return f"{base}/xrpc/com.atproto.sync.subscribeRepos?cursor={place}"

    def read(self, frame: str | bytes) -> Told:
        """Raises `ValueError`, `KeyError` or `TypeError` for what is none of its frames."""
        if isinstance(frame, str):
            raise TypeError("a frame of text")
        header, body = libipld.decode_dag_cbor_multi(frame)
        if header.get("op") == -1:
            return Told(reset=body.get("error") == "FutureCursor")
        if header.get("t") == "#info":
            return Told(outdated=body.get("name") == "OutdatedCursor")
        if "seq" not in body:
            return Told()
        at = datetime.fromisoformat(body["time"]) if body.get("time") else None
        events = self._events(body) if header.get("t") == "#commit" else ()
        return Told(int(body["seq"]), at, events)

    def jumped(self, before: int, told: Told) -> bool:  # noqa: ARG002 # it says so itself
        return False

    def _events(self, body: Mapping[str, Any]) -> tuple[Event, ...]:
        wanted = [op for op in body["ops"] if str(op["path"]).partition("/")[0] in self.collections]
        if not wanted:
            return ()
        _, blocks = libipld.decode_car(body["blocks"])
        return tuple(_event(body, op, blocks) for op in wanted)


def _event(
    body: Mapping[str, Any], op: Mapping[str, Any], blocks: Mapping[bytes, Mapping[str, Any]]
) -> Event:
    collection, _, rkey = str(op["path"]).partition("/")
    cid = op.get("cid")
    return Event(
        str(body["repo"]),
        collection,
        rkey,
        str(op["action"]),
        str(body.get("rev", "")),
        libipld.encode_cid(cid) if cid else "",
        blocks.get(cid, {}) if cid else {},
    )
