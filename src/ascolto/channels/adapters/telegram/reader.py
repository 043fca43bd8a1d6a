"""One update of Telegram. A private chat is a message; a group is spoken in before others."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ascolto.channels.ports import Heard, Post, Unreadable
from ascolto.channels.words import clean_line, clean_text
from ascolto.people.policy import Sender

Json = Mapping[str, Any]
FILES = ("photo", "document", "voice", "video", "audio", "sticker", "location", "contact")
NOTHING = Heard(kind="RECEIPT")


class TelegramReader:
    """Raises `Unreadable` with a sentence. Files stay at Telegram; the message says so."""

    def read(self, raw: bytes) -> Heard:
        try:
            update = json.loads(raw)
            return _read(update)
        except (ValueError, RecursionError) as problem:
            raise Unreadable(f"non è JSON di Telegram: {problem}") from problem
        except (KeyError, TypeError, AttributeError) as problem:
            raise Unreadable(
                f"non è una forma di Telegram che conosciamo: {problem!r}"
            ) from problem


def _read(update: Json) -> Heard:
    edited = update.get("edited_message") or update.get("edited_channel_post")
    said = update.get("message") or update.get("channel_post") or edited
    if said is None:
        return NOTHING
    if said["chat"]["type"] == "private":
        return _private(said, edited=edited is not None)
    return _group(said, edited=edited is not None)


def _private(said: Json, *, edited: bool) -> Heard:
    """An edited message is one more, that quotes the first: what was read is not rewritten."""
    key = _key(said)
    if said["from"].get("is_bot"):
        return NOTHING
    files = _files(said)
    quoted = [_key({**said, **said["reply_to_message"]})] if "reply_to_message" in said else []
    return Heard(
        sender=_sender(said["from"]),
        message_id=f"{key}:{said['edit_date']}" if edited else key,
        references=tuple([key] if edited else quoted),
        written_at=_moment(said["edit_date"] if edited else said["date"]),
        text=_words(said, files),
        damaged=(*(["files_elsewhere"] if files else []), *(["edited"] if edited else [])),
    )


def _group(said: Json, *, edited: bool) -> Heard:
    chat, key = said["chat"], _key(said)
    above = said.get("reply_to_message")
    who = said.get("from")
    place = clean_line(chat.get("title", ""))
    name = chat.get("username", "")
    text = _words(said, _files(said))
    return Heard(
        kind="CHANGE" if edited else "POST",
        sender=_sender(who) if who and not who.get("is_bot") else None,
        message_id=key,
        references=(_key({**said, **above}),) if above else (),
        written_at=_moment(said["date"]),
        text=text,
        public=True,
        url=f"https://t.me/{clean_line(name)}/{said['message_id']}" if name else "",
        post=Post(
            key=key,
            to_us=bool(above and above.get("from", {}).get("is_bot")) or _names_a_bot(said),
            parent=_key({**said, **above}) if above else "",
            change="EDIT" if edited else "",
            changes=key if edited else "",
            under=place,
            answerable={"chat": chat["id"], "message": said["message_id"]},
        ),
    )


def _names_a_bot(said: Json) -> bool:
    text = said.get("text", "")
    marks = said.get("entities", ())
    named = [
        text[mark["offset"] : mark["offset"] + mark["length"]]
        for mark in marks
        if mark["type"] in {"mention", "bot_command"}
    ]
    return any(name.lower().endswith("bot") or name.startswith("/") for name in named)


def _sender(who: Json) -> Sender:
    name = " ".join(filter(None, (who.get("first_name"), who.get("last_name"))))
    handle = clean_line(who.get("username", ""))
    return Sender(
        "HANDLE",
        f"telegram:{who['id']}",
        clean_line(name),
        shown=f"@{handle}" if handle else clean_line(name),
        aliases=(f"telegram:{handle.lower()}",) if handle else (),
    )


def _files(said: Json) -> list[str]:
    return [kind for kind in FILES if kind in said]


def _words(said: Json, files: list[str]) -> str:
    text = clean_text(said.get("text") or said.get("caption") or "")
    return "\n".join(part for part in (text, *(f"[{kind}]" for kind in files)) if part)


def _key(said: Json) -> str:
    return f"telegram:{said['chat']['id']}:{said['message_id']}"


def _moment(at: object) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(at), UTC)  # type: ignore[arg-type] # what is no number raises
    except (TypeError, ValueError, OverflowError, OSError):
        return None
