"""What Meta told: comments in public, messages in private, and what became of ours.

Built after the public documentation of the Graph API, tested on signed shapes written after it:
not verified against the live service. Files that come with a message stay at Meta; the message says
so. Mentions of us under other people's pictures come without their words, and are not read.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ascolto.channels.ports import DeliveryReport, Heard, Post, Unreadable
from ascolto.channels.words import clean_line, clean_text, web_address
from ascolto.people.policy import Sender

Json = Mapping[str, Any]
VERBS = {"add": "", "edited": "EDIT", "edit": "EDIT", "remove": "DELETE", "hide": "DELETE"}
STATES = {
    "sent": "NETWORK_ACCEPTED",
    "delivered": "NETWORK_DELIVERED",
    "read": "NETWORK_READ",
    "failed": "NETWORK_FAILED",
}
NOTHING = Heard(kind="RECEIPT")  # understood, and of no consequence


class MetaReader:
    """Reads one letter of `MetaClaim.letters`. Raises `Unreadable` with a sentence."""

    def read(self, raw: bytes) -> Heard:
        try:
            told = json.loads(raw)
            return _read(told)
        except (ValueError, RecursionError) as problem:
            raise Unreadable(f"non è JSON di Meta: {problem}") from problem
        except (KeyError, TypeError, AttributeError) as problem:
            raise Unreadable(f"non è una forma di Meta che conosciamo: {problem!r}") from problem


def _read(told: Json) -> Heard:
    if "said" in told:
        return _whatsapp(told["said"], name=told.get("name", ""))
    if "status" in told:
        return _status(told["status"])
    if "message" in told:
        return _message(told["message"], network=_network(told))
    if told["object"] == "instagram" and told["field"] in {"comments", "live_comments"}:
        return _instagram(told["value"], account=told["account"])
    if told["object"] == "page" and told["field"] == "feed":
        return _facebook(told["value"], account=told["account"])
    raise Unreadable(f"di questo non sappiamo che fare: {clean_line(told['field'])}")


def _network(told: Json) -> str:
    return "instagram" if told["object"] == "instagram" else "messenger"


def _facebook(value: Json, *, account: str) -> Heard:
    """A comment under something of our page, or what somebody wrote on it."""
    who = value.get("from", {})
    item, verb = value["item"], value["verb"]
    if item not in {"comment", "post", "status", "photo", "video"} or verb not in VERBS:
        return NOTHING  # a reaction, a share
    if str(who.get("id", "")) == account:
        return NOTHING  # we ourselves
    is_comment = item == "comment"
    number = value["comment_id"] if is_comment else value["post_id"]
    key, change = f"facebook:{number}", VERBS[verb]
    parent = value.get("parent_id") or value["post_id"]
    above = value.get("post", {})
    return _post(
        Post(
            key=key,
            to_us=True,
            parent=f"facebook:{parent}" if is_comment else "",
            root=f"facebook:{value['post_id']}",
            change=change,
            changes=key if change else "",
            under=clean_line(above.get("message", "")),
            under_url=web_address(above.get("permalink_url", "")),
            answerable={"comment": number},
        ),
        who=_handle("facebook", str(who.get("id", "")), clean_line(who.get("name", ""))),
        text=value.get("message", ""),
        url=value.get("permalink_url") or above.get("permalink_url", ""),
        at=value.get("created_time"),
    )


def _instagram(value: Json, *, account: str) -> Heard:
    who = value["from"]
    if str(who["id"]) == account:
        return NOTHING
    name = clean_line(who.get("username", ""))
    return _post(
        Post(
            key=f"instagram:{value['id']}",
            to_us=True,
            parent=f"instagram:{value.get('parent_id') or value['media']['id']}",
            root=f"instagram:{value['media']['id']}",
            under=clean_line(value["media"].get("ad_title", "")),  # told of advertisements alone
            answerable={"comment": value["id"]},
        ),
        who=_handle("instagram", str(who["id"]), name, shown=f"@{name}" if name else ""),
        text=value.get("text", ""),
        url="",
        at=value.get("timestamp"),
    )


def _post(post: Post, *, who: Sender | None, text: object, url: object, at: object) -> Heard:
    return Heard(
        kind="CHANGE" if post.change else "POST",
        sender=who,
        message_id=post.key,
        references=tuple(dict.fromkeys(one for one in (post.parent, post.root) if one)),
        written_at=_moment(at),
        text=clean_text(text),
        public=True,
        url=web_address(url),
        post=post,
    )


def _message(message: Json, *, network: str) -> Heard:
    """A message of Messenger or Instagram Direct, or what became of ours."""
    if "delivery" in message:
        mids = message["delivery"].get("mids", ())
        return Heard(
            kind="RECEIPT",
            reports=[DeliveryReport("NETWORK_DELIVERED", str(mid)) for mid in mids],
        )
    said = message.get("message")
    if said is None or said.get("is_echo"):
        return NOTHING
    quoted = said.get("reply_to", {}).get("mid", "")
    files = said.get("attachments", ())
    return Heard(
        sender=_handle(network, str(message["sender"]["id"]), ""),
        message_id=str(said["mid"]),
        references=(quoted,) if quoted else (),
        written_at=_moment(message.get("timestamp")),
        text=_with_files(clean_text(said.get("text", "")), [one.get("type") for one in files]),
        damaged=("files_elsewhere",) if files else (),
    )


def _whatsapp(said: Json, *, name: object) -> Heard:
    kind = said.get("type", "text")
    body = said.get(kind, {})
    text = {
        "text": body.get("body", "") if isinstance(body, Mapping) else "",
        "button": body.get("text", "") if isinstance(body, Mapping) else "",
        "interactive": _chosen(body),
    }.get(kind)
    is_file = text is None
    if is_file:
        text = body.get("caption", "") if isinstance(body, Mapping) else ""
    quoted = said.get("context", {}).get("id", "")
    return Heard(
        sender=Sender("PHONE", f"+{said['from']}", clean_line(name)),
        message_id=str(said["id"]),
        references=(quoted,) if quoted else (),
        written_at=_moment(said.get("timestamp")),
        text=_with_files(clean_text(text), [kind] if is_file else []),
        damaged=("files_elsewhere",) if is_file else (),
    )


def _chosen(body: Json) -> str:
    reply = body.get("button_reply") or body.get("list_reply") or {}
    return str(reply.get("title", ""))


def _status(status: Json) -> Heard:
    """One step on the way of a message of ours; they come in any order, and each counts."""
    kind = STATES.get(status["status"])
    if kind is None:
        return NOTHING
    errors = status.get("errors", ())
    detail = "; ".join(clean_line(one.get("title", "")) for one in errors)
    at = _moment(status.get("timestamp"))
    report = DeliveryReport(kind, str(status["id"]), detail=detail, at=at)
    return Heard(kind="RECEIPT", reports=[report], written_at=at)


def _with_files(text: str, kinds: list[Any]) -> str:
    """A message never looks empty because its picture stayed at Meta."""
    named = [f"[{clean_line(kind) or 'file'}]" for kind in kinds]
    return "\n".join(part for part in (text, *named) if part)


def _handle(network: str, number: str, name: str, *, shown: str = "") -> Sender | None:
    return Sender("HANDLE", f"{network}:{number}", name, shown=shown or name) if number else None


def _moment(at: object) -> datetime | None:
    """Seconds or milliseconds since 1970, as a number or as text; or ISO 8601."""
    try:
        if isinstance(at, str) and not at.isdecimal():
            return datetime.fromisoformat(at)
        seconds = float(at)  # type: ignore[arg-type] # what is no number raises
        return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)  # noqa: PLR2004 # the year 5138 in seconds
    except (TypeError, ValueError, OverflowError, OSError):
        return None
