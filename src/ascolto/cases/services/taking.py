"""The next case for a colleague: what presses, what he can do, and not all the anger to one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ascolto.cases.models import Case, MessageReading
from ascolto.cases.queries.exposure import hostile_read_by
from ascolto.cases.services.moving import assign
from ascolto.staff.models import Colleague, Skill

LOOKED_AT = 50  # of what waits, the nearest to its end
SPARED_AFTER = 3  # hostile messages in a day, and the next one is rather for somebody else


class HasEnough(Exception):
    """He holds as many open cases as were agreed for him."""

    def __init__(self, most: int) -> None:
        super().__init__(most)
        self.most = most


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that is nobody's, as far as the order needs it."""

    case_id: int
    presses: bool  # it is past the hour of its warning
    topic: str
    hostile: bool
    place: int  # in the order of their ends


def take_next(*, by: Colleague, now: datetime) -> Case | None:
    """Give him the case of his teams that he should do next; None if nothing waits there.

    What presses goes first, then what he can do; who had much anger today is spared more of it
    while anything else waits. Two who ask at once get two cases. Raises `HasEnough`.
    """
    held = Case.objects.filter(assignee=by, resolved_at=None).count()
    if by.most_cases is not None and held >= by.most_cases:
        raise HasEnough(by.most_cases)
    waiting = _waiting(by, now=now)
    skills = _skills(by)
    spared = bool(waiting) and _anger_of(by, now=now) >= SPARED_AFTER
    for one in sorted(waiting, key=lambda one: _order(one, skills, spared=spared)):
        with transaction.atomic():
            free = Case.objects.select_for_update(of=("self",), skip_locked=True)
            case = free.filter(pk=one.case_id, assignee=None, resolved_at=None).first()
            if case is not None:
                assign(case, to=by, by=by, now=now)
                return case
    return None


def _order(
    one: Waiting, skills: Mapping[str, bool], *, spared: bool
) -> tuple[bool, bool, int, int]:
    able = 1 if one.topic not in skills else 2 if skills[one.topic] else 0
    return spared and one.hostile, not one.presses, able, one.place


def _waiting(by: Colleague, *, now: datetime) -> list[Waiting]:
    awake = Q(snoozed_until=None) | Q(snoozed_until__lte=now)
    free = Case.objects.filter(awake, team__in=by.teams.all(), assignee=None, resolved_at=None)
    rows = list(free.order_by("due_at", "pk").values_list("pk", "warn_at")[:LOOKED_AT])
    said = MessageReading.objects.filter(message__case__in=[pk for pk, _warn in rows])
    topics: dict[int, str] = {}
    hostile: set[int] = set()
    for case_id, topic, angry in said.order_by("-message").values_list(
        "message__case", "topic", "angry"
    ):
        topics[case_id] = topic  # at last that of its first message
        if angry:
            hostile.add(case_id)
    return [
        Waiting(
            pk, warn_at is not None and warn_at <= now, topics.get(pk, ""), pk in hostile, place
        )
        for place, (pk, warn_at) in enumerate(rows)
    ]


def _skills(by: Colleague) -> dict[str, bool]:
    """Topics that he can do: whether he is still learning them, by each competence."""
    skills: dict[str, bool] = {}
    held = Skill.objects.filter(colleague=by).values_list("competence__topics", "is_learning")
    for topics, is_learning in held:
        for topic in topics:
            skills[topic] = skills.get(topic, True) and is_learning
    return skills


def _anger_of(by: Colleague, *, now: datetime) -> int:
    """Hostile messages of a day in the cases that are his, and insults that he opened."""
    return hostile_read_by([by], now=now).get(by.pk, 0)
