"""What came from Mastodon, as it is kept: the raw bytes of an arrival, in JSON. Pure."""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from ascolto.channels.ports import Caught


class Seen(msgspec.Struct):
    """A status, an edit of one, its deletion (`gone` is its id), or a boost of ours."""

    server: str
    status: dict[str, Any] = msgspec.field(default_factory=dict)
    change: str = ""  # "EDIT", "DELETE" or "REPOST"
    to_us: bool = False
    gone: str = ""
    key: str = ""  # of what is gone
    by: dict[str, Any] = msgspec.field(default_factory=dict)  # the account that boosted
    event: str = ""  # id of the notification
    version: int = 1


def key_of(status: Mapping[str, Any]) -> str:
    """The address that its own server gives it: the same wherever it is found."""
    return str(status.get("uri") or status.get("url") or "")


def name_of(status_id: str) -> str:
    """Under which a status is kept. Ids are this server's own."""
    return f"status:{status_id}"


def said(server: str, status: Mapping[str, Any], *, to_us: bool) -> Caught:
    seen = Seen(server, dict(status), to_us=to_us)
    return Caught(msgspec.json.encode(seen), name_of(str(status["id"])))


def edited(server: str, status: Mapping[str, Any], *, to_us: bool) -> Caught:
    """Named by when it was edited: the same edit comes by the stream and by catching up."""
    mark = str(status.get("edited_at") or "")
    if not mark:
        words = str(status.get("content")).encode()
        mark = hashlib.sha256(words).hexdigest()[:16]
    seen = Seen(server, dict(status), change="EDIT", to_us=to_us)
    name = f"{name_of(str(status['id']))}@{mark}"
    return Caught(msgspec.json.encode(seen), name, {"change": "EDIT"})


def deleted(server: str, status_id: str, key: str) -> Caught:
    seen = Seen(server, change="DELETE", gone=status_id, key=key)
    name = f"{name_of(status_id)}#deleted"
    return Caught(msgspec.json.encode(seen), name, {"change": "DELETE"})


def boosted(server: str, told: Mapping[str, Any]) -> Caught:
    """Somebody passed a post of ours on."""
    status, by = dict(told.get("status") or {}), dict(told.get("account") or {})
    seen = Seen(server, status, "REPOST", to_us=True, by=by, event=str(told["id"]))
    name = f"boost:{told['id']}"
    return Caught(msgspec.json.encode(seen), name, {"change": "REPOST"})
