"""A record as it was kept, read into what was said."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from ascolto.channels.adapters.bluesky.names import page_of, record_at
from ascolto.channels.adapters.bluesky.seen import Author, Seen, language_of
from ascolto.channels.ports import Heard, Post, Unreadable
from ascolto.channels.words import clean_line, clean_text
from ascolto.people.policy import Sender


class BlueskyReader:
    """Implements `ports.Reader`."""

    def read(self, raw: bytes) -> Heard:
        try:
            seen = msgspec.json.decode(raw, type=Seen)
        except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as problem:
            raise Unreadable(f"non è un messaggio di Bluesky: {problem}") from problem
        if record_at(seen.uri) is None:
            raise Unreadable("l’indirizzo del messaggio non è di AT Protocol")
        parent, root = _reply(seen.record)
        changed = "" if seen.change == "REPOST" else seen.change
        key = seen.changes if changed else seen.uri
        return Heard(
            kind="CHANGE" if seen.change else "POST",
            sender=_sender(seen.author),
            message_id=key,
            references=tuple(dict.fromkeys(one["uri"] for one in (parent, root) if one)),
            written_at=_moment(seen.record.get("createdAt")),
            text=clean_text(seen.record.get("text")),
            public=True,
            url=page_of(key),
            profile=f"https://bsky.app/profile/{seen.author.did}",
            post=Post(
                key=key,
                language=language_of(seen.record),
                reach=seen.author.followers,
                to_us=seen.to_us,
                parent=parent.get("uri", ""),
                root=root.get("uri", ""),
                change=seen.change,
                changes=seen.changes,
                answerable=_answerable(seen, root),
            ),
        )


def _sender(author: Author) -> Sender:
    handle = clean_line(author.handle, longest=253)
    return Sender(
        "HANDLE",
        f"bluesky:{author.did}",
        clean_line(author.name) or handle,
        shown=f"@{handle}" if handle else "",
        aliases=(f"bluesky:{handle}",) if handle else (),
    )


def _reply(record: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    reply = record.get("reply")
    if not isinstance(reply, dict):
        return {}, {}
    return _reference(reply.get("parent")), _reference(reply.get("root"))


def _reference(value: object) -> dict[str, str]:
    """A strong reference, or nothing: half of one cannot be answered to."""
    if not isinstance(value, dict):
        return {}
    uri, cid = value.get("uri"), value.get("cid")
    if not isinstance(uri, str) or not isinstance(cid, str) or record_at(uri) is None:
        return {}
    return {"uri": uri, "cid": cid}


def _answerable(seen: Seen, root: Mapping[str, str]) -> dict[str, Any]:
    """See `carrier`: the post itself and where its talk began."""
    if not seen.cid or seen.change:
        return {}
    own = {"uri": seen.uri, "cid": seen.cid}
    return {"parent": own, "root": dict(root) or own, "did": seen.author.did}


def _moment(text: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
