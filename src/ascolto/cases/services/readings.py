"""A colleague says what a message is, where it was misread; and takes it back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from ascolto.cases.models import Message, MessageReading
from ascolto.cases.services.telling import tell
from ascolto.learning.queries import first_readings
from ascolto.learning.services import Misread, correct, forget
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import history_of
from ascolto.timeline.services import Fact

CORRECTED = "cases.reading_corrected"


class NotRead(Exception):
    """Only what was heard was read."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a message is, as a person says it. Codes of `MessageReading`."""

    kind: str
    topic: str
    needs_care: bool
    angry: bool
    churn_threat: bool
    escalation_threat: bool


@transaction.atomic
def correct_reading(
    message: Message, understood: Understood, *, by: Colleague, now: datetime
) -> tuple[str, ...]:
    """Keep what a person says of this message, and learn from it. The fields that it changed.

    The team of the case stays: who reads decides. Raises `NotRead`, and ValueError for a word that
    is none.
    """
    reading = _held(message)
    said = asdict(understood)
    if said["kind"] not in MessageReading.Kind.values:
        raise ValueError(said["kind"])
    if said["topic"] not in MessageReading.Topic.values:
        raise ValueError(said["topic"])
    changed = {name: said[name] for name in said if getattr(reading, name) != said[name]}
    if not changed:
        return ()
    _write(message, reading, changed, by=by, now=now)
    return tuple(changed)


@transaction.atomic
def undo_correction(message: Message, *, by: Colleague, now: datetime) -> bool:
    """Take back the last correction of this message. False: there is none, or it was taken back."""
    reading = _held(message)
    deeds = history_of(message.case.reference, kinds=[CORRECTED])
    last = next((one for one in reversed(deeds) if one.facts.get("message") == message.pk), None)
    if last is None or last.facts.get("undoes"):
        return False
    before = dict(zip(last.facts["fields"], last.facts["was"], strict=True))
    values = {name: _value(word) for name, word in before.items()}
    _write(message, reading, values, by=by, now=now, undoes=last.id)
    return True


def _held(message: Message) -> MessageReading:
    held = MessageReading.objects.select_for_update(of=("self",))
    reading = held.filter(message=message).first()
    if reading is None or message.item_id is None:
        raise NotRead(message.pk)
    return reading


def _write(  # which message, its row, what is new, who says so, when
    message: Message,
    reading: MessageReading,
    changed: Mapping[str, str | bool],
    *,
    by: Colleague,
    now: datetime,
    undoes: int = 0,
) -> None:
    """The new values on the row, in the history, and each as a lesson: but what the model had
    read itself is no lesson."""
    item = message.item
    if item is None:
        raise NotRead(message.pk)
    before = {name: _word(getattr(reading, name)) for name in changed}
    first = before | first_readings(item)
    for name, value in changed.items():
        if _word(value) == first[name]:
            forget(item, name)
        else:
            misread = Misread(name, first[name], _word(value), reading.model)
            correct(item, misread, by=by, now=now)
        setattr(reading, name, value)
    reading.save(update_fields=list(changed))
    facts: dict[str, Fact] = {
        "fields": list(changed),
        "was": list(before.values()),
        "became": [_word(value) for value in changed.values()],
        "undoes": undoes,
    }
    tell(CORRECTED, message.case, at=now, by=by, message=message.pk, **facts)


def _word(value: object) -> str:
    """As `learning` writes it."""
    return value if isinstance(value, str) else "true" if value else "false"


def _value(word: str) -> str | bool:
    return word == "true" if word in {"true", "false"} else word
