"""Why a case went to another team than that of its channel: a deed in its history."""

from collections.abc import Mapping, Sequence

from ascolto.cases.models import Message
from ascolto.reading import Reading
from ascolto.timeline.services import Happened, record_many
from ascolto.triage.routing import Routed

ROUTED = "triage.routed"


def note_routed(
    opened: Sequence[Message], readings: Mapping[int, Reading], routed: Mapping[int, Routed]
) -> None:
    """Write down, of the cases that these messages opened, those given to another team."""
    record_many(
        [
            _happened(message, readings[message.item.pk], routed[message.item.pk])
            for message in opened
            if message.item is not None and _elsewhere(message, routed)
        ]
    )


def _elsewhere(message: Message, routed: Mapping[int, Routed]) -> bool:
    found = routed.get(message.item.pk) if message.item else None
    return found is not None and found.team.pk != message.conversation.channel.team_id


def _happened(message: Message, reading: Reading, routed: Routed) -> Happened:
    case, lesson = message.case, routed.choice.lesson
    return Happened(
        ROUTED,
        case.opened_at,
        case.reference,
        case.customer_id,
        team_id=case.team_id,
        facts={
            "why": routed.choice.why.value,
            "topic": reading.topic,
            "words": list(reading.why.get("topic", []))[:3],
            "from_team": message.conversation.channel.team.name,
            "to_team": routed.team.name,
            "handed": lesson.handed if lesson else 0,
            "began": lesson.began if lesson else 0,
        },
    )
