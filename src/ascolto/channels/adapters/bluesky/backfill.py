"""What a stream no longer has is asked for: what was said to us, and what was said of us."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from ascolto.channels.adapters.bluesky.events import Event
from ascolto.channels.adapters.bluesky.names import POST, record_at
from ascolto.channels.adapters.bluesky.xrpc import Account

PAGES = 20  # of a hundred: what is further back is said to be missing
TO_US = {"mention", "reply", "quote"}


class NotWhole(Exception):
    """There was more than we ask for."""


def told_us(account: Account, since: datetime) -> Iterator[Event]:
    """Mentions of us, answers to us, quotations, the newest first. Raises as `Account`."""
    method = "app.bsky.notification.listNotifications"
    for one in _pages(account, method, "notifications", since):
        if one.get("reason") in TO_US:
            yield from _event(one)


def said_of(account: Account, words: str, since: datetime) -> Iterator[Event]:
    """Posts that the network's search finds, the newest first. Raises as `Account`."""
    asked = {"q": words, "sort": "latest", "since": since.strftime("%Y-%m-%dT%H:%M:%SZ")}
    for one in _pages(account, "app.bsky.feed.searchPosts", "posts", since, **asked):
        yield from _event(one)


def _pages(
    account: Account, method: str, name: str, after: datetime, **asked: str
) -> Iterator[Mapping[str, Any]]:
    cursor = ""
    for _ in range(PAGES):
        page = account.get(method, limit=100, **asked, **({"cursor": cursor} if cursor else {}))
        for one in page.get(name) or []:
            if _moment(one.get("indexedAt"), after) < after:
                return
            yield one
        cursor = str(page.get("cursor") or "")
        if not cursor:
            return
    raise NotWhole


def _event(one: Mapping[str, Any]) -> Iterator[Event]:
    named = record_at(str(one.get("uri", "")))
    record = one.get("record")
    if named is not None and named.collection == POST and isinstance(record, dict):
        cid = str(one.get("cid", ""))
        yield Event(named.did, named.collection, named.rkey, "create", "", cid, record)


def _moment(text: object, otherwise: datetime) -> datetime:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return otherwise
    return moment if moment.tzinfo else otherwise
