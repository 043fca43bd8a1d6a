"""A status as it was kept, read into what was said."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec

from ascolto.channels.adapters.email.html_text import html_to_text
from ascolto.channels.adapters.mastodon.statuses import Seen, key_of
from ascolto.channels.ports import Heard, Post, Unreadable
from ascolto.channels.words import clean_line, clean_text, web_address
from ascolto.people.policy import Sender

PUBLIC = {"public", "unlisted"}


class MastodonReader:
    """Implements `ports.Reader`. What only we can read is a message, the rest is public words."""

    def read(self, raw: bytes) -> Heard:
        try:
            seen = msgspec.json.decode(raw, type=Seen)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as problem:
            raise Unreadable(f"non è un messaggio di Mastodon: {problem}") from problem
        if seen.change == "DELETE":
            return _deletion(seen)
        status = seen.status
        key = key_of(status)
        if not key:
            raise Unreadable("il messaggio non ha un indirizzo")
        if seen.change == "REPOST":
            return _boost(seen, key)
        return _status(seen, status, key)


def _status(seen: Seen, status: Mapping[str, Any], key: str) -> Heard:
    public = status.get("visibility", "public") in PUBLIC
    parent = str(status.get("in_reply_to_id") or "")
    warning = clean_line(status.get("spoiler_text"), longest=500)
    text = clean_text(html_to_text(str(status.get("content") or "")))
    return Heard(
        kind="CHANGE" if seen.change else "POST" if public else "MESSAGE",
        sender=_sender(seen.server, _of(status.get("account"))),
        message_id=key,
        references=(f"{seen.server}#{parent}",) if parent else (),
        written_at=_moment(status.get("edited_at") if seen.change else status.get("created_at")),
        subject=warning,
        text=text,
        public=public,
        url=web_address(status.get("url")),
        profile=web_address(_of(status.get("account")).get("url")),
        post=_post(seen, status, key, parent),
    )


def _post(seen: Seen, status: Mapping[str, Any], key: str, parent: str) -> Post:
    account = _of(status.get("account"))
    return Post(
        key=key,
        language=str(status.get("language") or "").partition("-")[0][:3],
        reach=_number(account.get("followers_count")),
        reactions=(_number(status.get("favourites_count")) or 0)
        + (_number(status.get("reblogs_count")) or 0),
        to_us=seen.to_us,
        parent=f"{seen.server}#{parent}" if parent else "",
        change=seen.change,
        changes=key if seen.change else "",
        answerable={
            "id": str(status.get("id", "")),
            "acct": clean_line(account.get("acct")),
            "visibility": str(status.get("visibility") or "public"),
        },
    )


def _deletion(seen: Seen) -> Heard:
    key = seen.key or f"{seen.server}#{seen.gone}"
    return Heard(kind="CHANGE", public=True, post=Post(key=key, change="DELETE", changes=key))


def _boost(seen: Seen, key: str) -> Heard:
    by = _sender(seen.server, seen.by)
    return Heard(
        kind="CHANGE",
        sender=by,
        public=True,
        profile=web_address(seen.by.get("url")),
        post=Post(
            key=f"{seen.server}#boost-{seen.event}",
            reach=_number(seen.by.get("followers_count")),
            to_us=True,
            change="REPOST",
            changes=key,
        ),
    )


def _sender(server: str, account: Mapping[str, Any]) -> Sender | None:
    """`acct` is short for people of our own server: it is made whole."""
    acct = clean_line(account.get("acct"), longest=200)
    url = web_address(account.get("uri") or account.get("url"))
    if not acct or not url:
        return None
    whole = acct if "@" in acct else f"{acct}@{urlsplit(server).hostname}"
    name = clean_line(account.get("display_name")) or whole
    return Sender(
        "HANDLE", f"mastodon:{url}"[:320], name, shown=f"@{whole}", aliases=(f"mastodon:{whole}",)
    )


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and value >= 0 else None


def _of(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
