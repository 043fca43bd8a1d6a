"""What was said in a case after somebody looked: what he must read before he answers."""

from dataclasses import dataclass
from datetime import datetime

from ascolto.cases.models import Case, Message

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Came:
    """One message that he had not seen. `who` is empty for a machine of ours."""

    at: datetime
    who: str
    was_heard: bool
    text: str
    has_left: bool  # false while a colleague's answer can still be called back


def came_since(case: Case, seen: int) -> list[Came]:
    """Messages after the one with id `seen`, oldest first; of many the newest. One query."""
    newer = (
        Message.objects.filter(case=case, pk__gt=seen)
        .select_related("author", "item", "outgoing", "conversation__identity")
        .defer("search", "item__html", "item__text", "item__quoted", "outgoing__text")
        .order_by("-pk")
    )
    return [_came(message) for message in reversed(newer[:SHOWN])]


def _came(message: Message) -> Came:
    if message.item is not None:
        who = message.item.author_name or message.conversation.identity.value
    else:
        who = message.author.name if message.author else ""
    out = message.outgoing
    return Came(
        at=message.at,
        who=who,
        was_heard=message.item is not None,
        text=message.text,
        has_left=out is None or out.sent_at is not None,
    )
