"""Handles as people write them, beside the ids by which networks know their owners. Pure.

A name on a network is given up and taken by others; the id is not. Who types a name means whoever
holds it today: the first words heard under it turn the name into the id.
"""

import re
from collections.abc import Iterable

NETWORKS = ("bluesky", "mastodon", "telegram", "x", "facebook", "instagram", "messenger")
_PAGES = (
    (re.compile(r"(?:https?://)?bsky\.app/profile/(?P<name>[^/?#\s]+)/?"), "bluesky"),
    (re.compile(r"(?:https?://)?(?:www\.|mobile\.)?(?:x|twitter)\.com/@?(?P<name>\w+)/?"), "x"),
    (re.compile(r"(?:https?://)?(?:www\.)?instagram\.com/(?P<name>[\w.]+)/?"), "instagram"),
    (re.compile(r"(?:https?://)?(?:www\.)?facebook\.com/(?P<name>[\w.]+)/?"), "facebook"),
    (re.compile(r"(?:https?://)?(?:t|telegram)\.me/(?P<name>\w+)/?"), "telegram"),
)
_FEDERATED = re.compile(r"@(?P<name>[\w.-]+)@(?P<host>[\w-]+(?:\.[\w-]+)+)")
_FEDERATED_PAGE = re.compile(r"https?://(?P<host>[\w-]+(?:\.[\w-]+)+)/@(?P<name>[\w.-]+)/?")


def typed_form(text: str) -> str:
    """One form for the ways in which a name on a network is typed: `network:name`.

    What names no network stays as it is; so do the ids of networks.
    """
    text = text.strip().casefold()
    for page, network in _PAGES:
        if (found := page.fullmatch(text)) and not found["name"].startswith("did:"):
            return f"{network}:{found['name']}"
    for shape in (_FEDERATED, _FEDERATED_PAGE):
        if found := shape.fullmatch(text):
            return f"mastodon:{found['name']}@{found['host']}"
    network, colon, name = text.partition(":")
    return f"{network}:{name.lstrip('@')}" if colon and network in NETWORKS else text


def network_of(value: str) -> str:
    """The network of `network:id`; empty for what names none."""
    network = value.partition(":")[0].casefold()
    return network if ":" in value and network in NETWORKS else ""


def keys_typed_for(value: str, *, shown: str, aliases: Iterable[str]) -> frozenset[str]:
    """Under which forms somebody may have written this account down before it was heard.

    A bare name counts only where it says its network by itself: a domain is a name on Bluesky
    alone, `name@host` one in the Fediverse. "@giulia" may be anybody's, and is nobody's proof.
    """
    network = network_of(value)
    if not network:
        return frozenset()
    names = {typed_form(one).removeprefix(f"{network}:").lstrip("@") for one in (shown, *aliases)}
    names.discard("")
    keys = {f"{network}:{name}" for name in names}
    if network == "bluesky":
        keys |= {form for name in names if "." in name for form in (name, f"@{name}")}
    return frozenset(keys - {value.casefold()})


def name_in(value: str) -> str:
    """The name in a handle, bare: "@giulia.ferraris@mastodon.example" is "giulia.ferraris"."""
    bare = typed_form(value).rpartition(":")[2].lstrip("@")
    return bare.partition("@")[0]
