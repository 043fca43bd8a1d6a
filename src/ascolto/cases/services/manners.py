"""What a channel expects of an answer: its length, its files, its hour, and who reads it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from ascolto.cases.models import Conversation, DraftFile
from ascolto.cases.policy import goes_on_aside
from ascolto.channels import measuring
from ascolto.channels.models import Item
from ascolto.channels.policy import NETWORKS
from ascolto.channels.registry import manners_of


class TooLong(Exception):
    """Longer than the channel carries. `args` are the channel, the length and the limit."""


class NoFilesThere(Exception):
    """The channel carries no files. `args` is its title."""


class TooLateThere(Exception):
    """After his last words the channel takes answers for some hours only. `args`: title, hours."""


class InPublicThere(Exception):
    """It was written for him alone, and anybody would read it. `args` is the channel's title."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an answer of a network lands: under what, and before whose eyes."""

    public: bool = False
    answers: dict[str, Any] = field(default_factory=dict)
    heard_at: datetime | None = None


def setting_of(thread: Conversation) -> Setting:
    """An answer stands under the last of his words, and is as public as they were, unless he has
    been told there since that the rest is written to him alone."""
    if thread.channel.kind not in NETWORKS:
        return Setting()
    last = Item.objects.filter(message__conversation=thread).order_by("-heard_at", "-pk").first()
    if last is None:
        return Setting()
    aside = goes_on_aside(aside_at=thread.aside_at, heard_at=last.heard_at)
    return Setting(
        last.public and not aside, dict(last.post.get("answerable") or {}), last.heard_at
    )


def worded(thread: Conversation, text: str, *, public: bool) -> str:
    """The text as it leaves: where nobody is told unless he is named, it names him."""
    if not public:
        return text
    name = thread.identity.value  # as `Way.named` says it before
    return measuring.worded(text, name=name, manners=manners_of(thread.channel.kind))


def mind_manners(
    thread: Conversation, text: str, *, files: Sequence[DraftFile], setting: Setting, now: datetime
) -> None:
    """Raises `TooLong`, `NoFilesThere` or `TooLateThere`."""
    manners, title = manners_of(thread.channel.kind), thread.channel.title
    if manners.longest is not None:
        length = measuring.measure(text, manners.unit)
        if length > manners.longest:
            raise TooLong(title, length, manners.longest)
    if files and not manners.files:
        raise NoFilesThere(title)
    hours = manners.within_hours
    if hours and setting.heard_at and now > setting.heard_at + timedelta(hours=hours):
        raise TooLateThere(title, hours)
