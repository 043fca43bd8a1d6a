"""A record as it is kept: the raw bytes of an arrival, in JSON. And how it is called."""

from collections.abc import Mapping
from typing import Any

import msgspec

from ascolto.channels.adapters.bluesky.events import Event
from ascolto.channels.adapters.bluesky.names import POST, REPOST
from ascolto.channels.ports import Caught

MAKES = "create"
CHANGES = {"update": "EDIT", "delete": "DELETE"}


class Author(msgspec.Struct):
    """Who wrote, as far as the network told."""

    did: str
    handle: str = ""
    name: str = ""
    followers: int | None = None


class Seen(msgspec.Struct):
    uri: str
    author: Author
    cid: str = ""
    change: str = ""  # "EDIT", "DELETE" or "REPOST"
    changes: str = ""  # at:// address of what is changed
    to_us: bool = False
    record: dict[str, Any] = msgspec.field(default_factory=dict)
    version: int = 1


def change_of(event: Event) -> tuple[str, str]:
    """What it does to which other post; ("", "") for new words."""
    if event.collection == REPOST:
        return ("REPOST", subject_of(event.record)) if event.operation == MAKES else ("", "")
    change = CHANGES.get(event.operation, "")
    return (change, event.uri) if change else ("", "")


def caught(event: Event, author: Author, *, change: str, changes: str, to_us: bool) -> Caught:
    """The same event has the same name by every stream, and by search."""
    seen = Seen(event.uri, author, event.cid, change, changes, to_us, dict(event.record))
    name = {
        "EDIT": f"{event.uri}#{event.cid}",
        "DELETE": f"{event.uri}#deleted-{event.rev}",
    }.get(change, event.uri)
    return Caught(msgspec.json.encode(seen), name, {"change": change} if change else {})


def subject_of(record: Mapping[str, Any]) -> str:
    return str(_of(record.get("subject")).get("uri", ""))


def concerns(event: Event, us: str) -> bool:
    """Whether a post names us, answers us, or quotes us."""
    if event.collection != POST:
        return False
    reply, embed = _of(event.record.get("reply")), _of(event.record.get("embed"))
    quoted = _of(embed.get("record"))
    pointed = (
        _of(reply.get("parent")).get("uri"),
        _of(reply.get("root")).get("uri"),
        quoted.get("uri"),
        _of(quoted.get("record")).get("uri"),  # a quotation with pictures
    )
    return us in mentioned(event.record) or any(
        str(uri).startswith(f"at://{us}/") for uri in pointed
    )


def mentioned(record: Mapping[str, Any]) -> set[str]:
    facets = record.get("facets")
    features = [
        feature
        for facet in (facets if isinstance(facets, list) else [])
        for feature in (_of(facet).get("features") or [])
    ]
    return {str(one.get("did")) for one in features if isinstance(one, dict) and one.get("did")}


def words_of(record: Mapping[str, Any]) -> str:
    """All words a monitor may look at: the text, what pictures are said to show, links."""
    embed = _of(record.get("embed"))
    external = _of(embed.get("external"))
    images = embed.get("images")
    alts = [_of(one).get("alt") for one in (images if isinstance(images, list) else [])]
    parts = [record.get("text"), external.get("title"), external.get("uri"), *alts]
    return "\n".join(part for part in parts if isinstance(part, str) and part)


def language_of(record: Mapping[str, Any]) -> str:
    langs = record.get("langs")
    first = langs[0] if isinstance(langs, list) and langs else ""
    return first.partition("-")[0].lower()[:3] if isinstance(first, str) else ""


def _of(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
