"""Which team takes a new case: by what it can do, its hours and its load; and why. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

CLEAR = 0.5  # below this share of the likeliest topic we do not know what it is about
LESSONS = 5  # cases of a topic that began here, before they say anything
HANDED_ON = 0.6  # of them, and the next one goes straight to where they went
CROWDED = 2.0  # times the load of another who can do it as well


class Why(Enum):
    """What spoke for the team that was chosen."""

    UNCLEAR = "unclear"  # what it is about cannot be told
    NOBODY_CAN = "nobody_can"  # no team has anybody who can do this
    HOME_CAN = "home_can"  # the team of the channel can do it itself
    COMPETENCE = "competence"  # another team can, and that of the channel cannot
    HOME_CLOSED = "home_closed"  # the team of the channel can, but is closed
    HOME_FULL = "home_full"  # the team of the channel can, but carries far more
    LEARNT = "learnt"  # cases like this were handed there again and again
    BY_HAND = "by_hand"  # somebody said so


@dataclass(frozen=True, slots=True)
class Candidate:
    """A team, and what speaks for it. `room`: cases its able people may still take on; None is
    without limit. `load`: open cases for each of them. `closed_for`: until it opens."""

    team_id: int
    able: int
    load: float = 0.0
    room: int | None = None
    closed_for: timedelta = timedelta(0)

    @property
    def is_full(self) -> bool:
        return self.room is not None and self.room <= 0


@dataclass(frozen=True, slots=True)
class Lesson:
    """Of the cases on one topic that began with one team, how many ended with which other."""

    began: int
    handed: int
    to_team: int

    @property
    def says_so(self) -> bool:
        return self.began >= LESSONS and self.handed >= HANDED_ON * self.began


@dataclass(frozen=True, slots=True)
class Choice:
    team_id: int
    why: Why
    lesson: Lesson | None = None


def choose(
    home: int,
    candidates: Sequence[Candidate],
    *,
    share: float,
    lessons: Mapping[int, Lesson] | None = None,
) -> Choice:
    """The team for a case that came in by the door of the team `home`.

    `share` is how sure the reading is of the topic; `lessons` what transfers taught of this topic,
    by the team that cases began with. Never by chance: the same facts choose the same team.
    """
    if share < CLEAR:
        return Choice(home, Why.UNCLEAR)
    chosen = _able(home, candidates)
    lesson = (lessons or {}).get(chosen.team_id)
    if lesson is None or not lesson.says_so:
        return chosen
    back = (lessons or {}).get(lesson.to_team)
    if back is not None and back.says_so and back.to_team == chosen.team_id:
        return chosen  # they are handed back as often
    return Choice(lesson.to_team, Why.LEARNT, lesson)


def _able(home: int, candidates: Sequence[Candidate]) -> Choice:
    able = [one for one in candidates if one.able]
    if not able:
        return Choice(home, Why.NOBODY_CAN)
    best = min(able, key=lambda one: _rank(one, home))
    mine = next((one for one in able if one.team_id == home), None)
    if mine is None:
        return Choice(best.team_id, Why.COMPETENCE)
    if mine.is_full and not best.is_full:
        return Choice(best.team_id, Why.HOME_FULL)
    if mine.closed_for > best.closed_for and not best.is_full:
        return Choice(best.team_id, Why.HOME_CLOSED)
    light = min((one for one in able if _as_ready(one, mine)), key=lambda one: one.load)
    if mine.load > CROWDED * max(light.load, 1.0):
        return Choice(light.team_id, Why.HOME_FULL)
    return Choice(home, Why.HOME_CAN)


def _as_ready(one: Candidate, mine: Candidate) -> bool:
    return one.closed_for <= mine.closed_for and one.is_full <= mine.is_full


def _rank(one: Candidate, home: int) -> tuple[bool, timedelta, float, bool, int]:
    return one.is_full, one.closed_for, one.load, one.team_id != home, one.team_id
