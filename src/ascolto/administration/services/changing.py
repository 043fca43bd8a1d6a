"""How a change of settings stands in the history: what it was, and what it became."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from ascolto.administration.policy import Refusal
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record

State = Mapping[str, str]


class NotAllowed(Exception):
    """He may not do this; `refusals` says why."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(*refusals)
        self.refusals = frozenset(refusals)


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    before: str
    after: str


def differences(before: State, after: State) -> list[Change]:
    """What is other than it was, in the order of `after`."""
    return [
        Change(name, before.get(name, ""), value)
        for name, value in after.items()
        if before.get(name, "") != value
    ]


def leads_alone(by: Colleague) -> None:
    """Raises `NotAllowed`. Asked of the database: his browser may have been open for days."""
    now = Colleague.objects.filter(pk=by.pk, left_at=None).first()
    if now is None or not now.leads:
        raise NotAllowed(Refusal.NOT_A_LEAD)


def record_change(  # a signed change is all of this
    kind: str,
    name: str,
    *,
    subject: str,
    states: tuple[State, State],
    by: Colleague,
    now: datetime,
) -> list[Change]:
    """Write down what changed between two `states` of what is called `name`; nothing if nothing."""
    changes = differences(*states)
    if changes:
        record(
            kind,
            at=now,
            subject=subject,
            by=by,
            name=name,
            fields=[change.field for change in changes],
            before=[change.before[:500] for change in changes],
            after=[change.after[:500] for change in changes],
        )
    return changes
