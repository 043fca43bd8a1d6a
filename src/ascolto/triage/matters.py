"""Two things asked for in one message: found before its team is chosen, opened where it is sure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from ascolto.cases.models import Case, Message, OtherMatter
from ascolto.cases.services.matters import Chosen, open_matter
from ascolto.channels.models import Item
from ascolto.channels.policy import NETWORKS
from ascolto.reading import Reading, Text, read_many
from ascolto.reading.matters import Part, certain, matters
from ascolto.staff.models import Colleague
from ascolto.triage.routing import Routed, Routing

Found = Mapping[int, Sequence[Part]]  # by item: its parts, in their order


def find_matters(items: Sequence[Item], readings: Mapping[int, Reading]) -> dict[int, list[Part]]:
    """The parts of those items that ask for more than one thing.

    Of letters and forms alone: where people chat, one thing is said at a time and in public
    everybody would see a second case made of it. Never of machines and lists.
    """
    told = [item for item in items if item.pk in readings and _is_letter(item)]
    several = {item.pk: matters(_text(item), read_many) for item in told}
    return {pk: parts for pk, parts in several.items() if parts}


def read_by_the_first(readings: Mapping[int, Reading], found: Found) -> dict[int, Reading]:
    """Where the second thing goes to a case of its own, the first is what the message is about."""
    return {pk: _first_of(one, found.get(pk, ())) for pk, one in readings.items()}


def note_matters(messages: Sequence[Message], found: Found, *, now: datetime) -> list[Case]:
    """Keep what was found for who reads these messages. Where a message opened a case and there is
    no doubt, its other matters have theirs at once; those cases are returned."""
    several = [(message, found.get(message.item_id or 0, ())) for message in messages]
    rows = [row for message, parts in several for row in _rows(message, parts)]
    if not rows:
        return []
    OtherMatter.objects.bulk_create([row for row, _reading in rows], ignore_conflicts=True)
    known = OtherMatter.objects.filter(message__in=[row.message for row, _reading in rows])
    kept = {(one.message_id, one.starts): one for one in known}
    opened = []
    for row, reading in rows:
        message = row.message
        sure = certain(found.get(message.item_id or 0, ()))
        matter = kept[message.pk, row.starts]
        if sure and message.proof == Message.Proof.OPENED and matter.settled_at is None:
            chosen = _chosen(reading, message, now=now)
            opened.append(open_matter(matter, chosen, by=None, now=now))
    return opened


def open_by_hand(matter: OtherMatter, *, by: Colleague, now: datetime) -> Case:
    """Somebody says that it is another matter: a case of it, for the team that can do it.

    Raises `cases.services.matters.AlreadySettled`.
    """
    [reading] = read_many([Text(matter.words)])
    chosen = _chosen(reading, matter.message, now=now)
    return open_matter(matter, chosen, by=by, now=now)


def _chosen(reading: Reading, message: Message, *, now: datetime) -> Chosen:
    home = message.conversation.channel.team
    routed: Routed = Routing([reading], [home], now=now).team_for(reading, home)
    return Chosen(routed.team, routed.choice.why.value)


def _rows(message: Message, parts: Sequence[Part]) -> list[tuple[OtherMatter, Reading]]:
    return [
        (
            OtherMatter(
                message=message,
                starts=part.starts,
                ends=part.ends,
                topic=part.topic,
                beside=parts[0].topic,
                share=min(part.share, parts[0].share),
            ),
            part.reading,
        )
        for part in parts[1:]
    ]


def _first_of(reading: Reading, parts: Sequence[Part]) -> Reading:
    if not certain(parts):
        return reading
    first = parts[0].reading
    shares = reading.probabilities | {"topic": first.probabilities["topic"]}
    why = {**reading.why, "topic": first.why.get("topic", [])}
    return replace(reading, topic=first.topic, probabilities=shares, why=why)


def _is_letter(item: Item) -> bool:
    talked = item.public or item.channel.kind in NETWORKS
    return not (talked or item.auto or item.bulk)


def _text(item: Item) -> Text:
    return Text(item.text, item.channel.kind.lower())
