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
            _happened(message, readings[item_id], routed[item_id])
            for message, item_id in ((one, one.item_id) for one in opened)
            if item_id is not None and routed[item_id].team != routed[item_id].home
        ]
    )


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
            "from_team": routed.home.name,
            "to_team": routed.team.name,
            "handed": lesson.handed if lesson else 0,
            "began": lesson.began if lesson else 0,
        },
    )
