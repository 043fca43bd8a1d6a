"""A message was corrected: whether its case stands with a team that can do what it is about."""

from dataclasses import replace
from datetime import datetime

from ascolto.cases.models import Case
from ascolto.reading import Text, read
from ascolto.triage.policy.competence import Why
from ascolto.triage.routing import Routed, Routing

ANOTHER = frozenset({Why.COMPETENCE, Why.LEARNT})  # a full house is no reason to hand on


def better_team(case: Case, topic: str, *, now: datetime) -> Routed | None:
    """Another team for a case that a colleague says is about this; None if it can stay."""
    said = replace(read(Text("")), topic=topic, probabilities={"topic": 1.0})
    found = Routing([said], [case.team], now=now).team_for(said, case.team)
    return found if found.choice.why in ANOTHER and found.team != case.team else None
