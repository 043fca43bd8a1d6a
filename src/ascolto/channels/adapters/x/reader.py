"""What X told, by webhook (version 1.1 shapes) or by stream (version 2 shapes).

Built after the public documentation, tested on signed shapes written after it: not verified live.
"""

import html
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ascolto.channels.ports import Heard, Post, Unreadable
from ascolto.channels.words import clean_line, clean_text
from ascolto.people.policy import Sender

Json = Mapping[str, Any]
DATE = "%a %b %d %H:%M:%S %z %Y"  # "Wed Oct 10 20:19:24 +0000 2018"
NOTHING = Heard(kind="RECEIPT")


class XReader:
    """Reads one letter of `XClaim.letters` or of `XSource`. Raises `Unreadable`."""

    def read(self, raw: bytes) -> Heard:
        try:
            told = json.loads(raw)
            return _read(told)
        except (ValueError, RecursionError) as problem:
            raise Unreadable(f"non è JSON di X: {problem}") from problem
        except (KeyError, TypeError, AttributeError) as problem:
            raise Unreadable(f"non è una forma di X che conosciamo: {problem!r}") from problem


def _read(told: Json) -> Heard:
    if "data" in told:
        return _streamed(told)
    if "post" in told:
        return _told(told["post"], us=told["us"])
    if "gone" in told:
        return _gone(told["gone"]["status"])
    return _said(told["said"], who=told.get("who", {}), us=told["us"])


def _told(post: Json, *, us: str) -> Heard:
    """A post by webhook: it names us, answers us, or is ours."""
    who = post["user"]
    if str(who["id_str"]) == us:
        return NOTHING
    again = post.get("retweeted_status")
    body = post.get("extended_tweet", {}).get("full_text") or post.get("text", "")
    parent = post.get("in_reply_to_status_id_str")
    return _post(
        Post(
            key=_key(post["id_str"]),
            language=_language(post.get("lang")),
            reach=_count(who.get("followers_count")),
            reactions=_count(post.get("favorite_count")),
            to_us=True,
            parent=_key(parent) if parent else "",
            change="REPOST" if again else "",
            changes=_key(again["id_str"]) if again else "",
            answerable={"post": str(post["id_str"])},
        ),
        who=_sender(who["id_str"], who.get("name"), who.get("screen_name")),
        handle=who.get("screen_name", ""),
        number=str(post["id_str"]),
        text=body,
        at=_date(post.get("created_at")),
    )


def _streamed(told: Json) -> Heard:
    post = told["data"]
    users = {one["id"]: one for one in told.get("includes", {}).get("users", ())}
    who = users.get(post["author_id"], {})
    refers = {one["type"]: one["id"] for one in post.get("referenced_tweets", ())}
    first = str(post.get("edit_history_tweet_ids", [post["id"]])[0])
    again, edited = refers.get("retweeted"), first != str(post["id"])
    change = "REPOST" if again else "EDIT" if edited else ""
    parent = refers.get("replied_to")
    return _post(
        Post(
            # An edit has a number of its own: the post is known by that of its first version.
            key=_key(first),
            language=_language(post.get("lang")),
            reach=_count(who.get("public_metrics", {}).get("followers_count")),
            reactions=_count(post.get("public_metrics", {}).get("like_count")),
            to_us=str(post.get("in_reply_to_user_id", "-")) == str(told.get("us", "")),
            parent=_key(parent) if parent else "",
            root=_key(post["conversation_id"]) if post.get("conversation_id") else "",
            change=change,
            changes=_key(again or first) if change else "",
            answerable={"post": str(post["id"])},
        ),
        who=_sender(post["author_id"], who.get("name"), who.get("username")),
        handle=who.get("username", ""),
        number=str(post["id"]),
        text=post.get("text", ""),
        at=_iso(post.get("created_at")),
    )


def _post(  # what two shapes of one network have in common
    post: Post, *, who: Sender, handle: object, number: str, text: object, at: datetime | None
) -> Heard:
    name = clean_line(handle)
    return Heard(
        kind="CHANGE" if post.change else "POST",
        sender=who,
        message_id=post.key,
        references=tuple(dict.fromkeys(one for one in (post.parent, post.root) if one)),
        written_at=at,
        text=clean_text(html.unescape(text) if isinstance(text, str) else ""),  # X escapes &, <, >
        public=True,
        url=f"https://x.com/{name or 'i'}/status/{number}" if number.isdecimal() else "",
        profile=f"https://x.com/{name}" if name else "",
        post=post,
    )


def _gone(status: Json) -> Heard:
    key = _key(status["id"])
    return Heard(
        kind="CHANGE",
        sender=_sender(status["user_id"], "", ""),
        message_id=f"{key}:gone",
        public=True,
        post=Post(key=key, change="DELETE", changes=key),
    )


def _said(event: Json, *, who: Json, us: str) -> Heard:
    if event.get("type") != "message_create":
        return NOTHING
    told = event["message_create"]
    if str(told["sender_id"]) == us:
        return NOTHING
    data = told["message_data"]
    files = ["[file]"] if "attachment" in data else []
    text = clean_text(html.unescape(data.get("text", "")))
    at = event.get("created_timestamp")
    return Heard(
        sender=_sender(told["sender_id"], who.get("name"), who.get("screen_name")),
        message_id=f"x:dm:{event['id']}",
        written_at=datetime.fromtimestamp(int(at) / 1000, UTC) if at else None,
        text="\n".join(part for part in (text, *files) if part),
        damaged=("files_elsewhere",) if files else (),
    )


def _sender(number: object, name: object, handle: object) -> Sender:
    shown = clean_line(handle)
    return Sender(
        "HANDLE",
        f"x:{clean_line(str(number))}",
        clean_line(name),
        shown=f"@{shown}" if shown else "",
        aliases=(f"x:{shown.lower()}",) if shown else (),
    )


def _key(number: object) -> str:
    return f"x:{clean_line(str(number))}"


def _language(code: object) -> str:
    """X says "und" and "qme" and the like where it cannot tell."""
    return code if isinstance(code, str) and len(code) == 2 else ""  # noqa: PLR2004 # ISO 639-1


def _count(number: object) -> int | None:
    return number if type(number) is int and 0 <= number < 2**31 else None


def _date(at: object) -> datetime | None:
    try:
        return datetime.strptime(at, DATE) if isinstance(at, str) else None  # noqa: DTZ007 # %z
    except ValueError:
        return None


def _iso(at: object) -> datetime | None:
    try:
        return datetime.fromisoformat(at) if isinstance(at, str) else None
    except ValueError:
        return None
