"""What can be chosen from: the teams, and what has occurred."""

from dataclasses import dataclass

from ascolto.insight.policy.columns import CHANNELS, TOPICS
from ascolto.staff.models import Team
from ascolto.staff.queries import teams


@dataclass(frozen=True, slots=True)
class Choices:
    teams: list[Team]
    channels: tuple[str, ...]
    topics: tuple[str, ...]


def choices() -> Choices:
    return Choices(list(teams()), CHANNELS, TOPICS)
