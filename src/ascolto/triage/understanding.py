"""What came in is read, before its team is chosen; and what was understood is kept beside it."""

from collections.abc import Mapping, Sequence

from ascolto.cases.models import Message, MessageReading
from ascolto.channels.models import Item
from ascolto.reading import Reading, Text, read_many
from ascolto.reading.abuse import is_abusive
from ascolto.triage.routing import Routed


def read_items(items: Sequence[Item]) -> dict[int, Reading]:
    """The reading of each of these items, by its id. Machine mail says nothing to us."""
    said = [item for item in items if item.kind != Item.Kind.AUTO]
    return dict(
        zip([item.pk for item in said], read_many([_text(one) for one in said]), strict=True)
    )


def keep_readings(
    messages: Sequence[Message],
    readings: Mapping[int, Reading],
    routed: Mapping[int, Routed] | None = None,
) -> None:
    """Keep what was understood of these messages. `routed`, by item: of those that opened a case,
    to which team it was given. What is kept already stays."""
    heard = [(one, one.item_id) for one in messages if one.item_id is not None]
    rows = [
        _kept(message, readings[item_id], (routed or {}).get(item_id))
        for message, item_id in heard
        if item_id in readings
    ]
    MessageReading.objects.bulk_create(rows, ignore_conflicts=True)


def _text(item: Item) -> Text:
    words = f"{item.subject}\n{item.text}" if item.subject else item.text
    return Text(words, item.channel.kind.lower(), str(item.post.get("under") or ""))


def _kept(message: Message, said: Reading, routed: Routed | None) -> MessageReading:
    return MessageReading(
        message=message,
        lang=said.lang,
        kind=said.kind,
        topic=said.topic,
        polarity=said.polarity,
        needs_care=said.needs_care,
        angry=said.angry,
        abusive=said.angry and is_abusive(f"{message.subject}\n{message.text}"),
        churn_threat=said.churn_threat,
        escalation_threat=said.escalation_threat,
        shares=said.probabilities,
        why=said.why,
        model=said.model,
        began_with=routed.team if routed else None,
        chosen=routed.choice.why.value if routed else "",
    )
