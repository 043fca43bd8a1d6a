"""Which parts of a text are links, names and tags: Bluesky counts them in bytes of UTF-8. Pure."""

import re
from collections.abc import Callable
from typing import Any

_LINK = re.compile(r"https?://[^\s<>\"']+")
_NAME = re.compile(r"(?<![\w@.])@([A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,})")
_TAG = re.compile(r"(?<![\w#&])#(\w*[^\W\d_]\w*)")
_TRAILING = ".,;:!?)]}»”’'\""
LONGEST_TAG = 64


def facets_of(text: str, did_of: Callable[[str], str]) -> list[dict[str, Any]]:
    """The facets of a text. `did_of` finds whom a handle names; "" leaves it plain words."""
    facets = []
    for found in _LINK.finditer(text):
        uri = found.group().rstrip(_TRAILING)
        feature = {"$type": "app.bsky.richtext.facet#link", "uri": uri}
        facets.append(_facet(text, found.start(), found.start() + len(uri), feature))
    links = list(facets)
    for found in _NAME.finditer(text):
        did = did_of(found.group(1).lower())
        if did:
            feature = {"$type": "app.bsky.richtext.facet#mention", "did": did}
            facets.append(_facet(text, found.start(), found.end(), feature))
    for found in _TAG.finditer(text):
        tag = found.group(1)[:LONGEST_TAG]
        feature = {"$type": "app.bsky.richtext.facet#tag", "tag": tag}
        facets.append(_facet(text, found.start(), found.end(), feature))
    return [one for one in facets if one in links or not any(_within(one, link) for link in links)]


def _within(one: dict[str, Any], link: dict[str, Any]) -> bool:
    start = one["index"]["byteStart"]
    return bool(link["index"]["byteStart"] <= start < link["index"]["byteEnd"])


def _facet(text: str, start: int, end: int, feature: dict[str, str]) -> dict[str, Any]:
    before = len(text[:start].encode())
    return {
        "index": {"byteStart": before, "byteEnd": before + len(text[start:end].encode())},
        "features": [feature],
    }
