"""Which comments under one post ask for the same. Pure, incremental and deterministic.

A comment is the words that say something in it, by their beginnings, and what those words mean.
A cause is how often each of these is said in its comments. Whoever is like enough to a cause joins
it; those left, if they are like each other, make a new one; the rest stay single. What a person
placed is not asked again. Weights and bounds were measured on comments sorted by hand
(`tests/listening/test_causes.py` prints precision and recall of pairs).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log, sqrt

FEWEST = 2  # comments of a cause
ALIKE = 0.36  # of a comment and a cause
ALIKE_TWO = 0.34  # of two comments, or a comment and the few that begin a cause
SHARED = 2  # things that two must have in common to begin a cause: one is an accident
RARE = 0.2  # weight of what only one comment says
MEANING = 0.8  # weight of what a word means, beside the word
SAME_TOPIC, OTHER_TOPIC = 0.08, -0.08
LEAST_IDF, MOST_IDF = 0.5, 2.2


@dataclass(frozen=True, slots=True)
class Spoken:
    """One comment: `said` are beginnings of words, and meanings that begin with a colon."""

    id: int
    said: frozenset[str]
    topic: str = ""


@dataclass(slots=True)
class Group:
    """A cause as it is known: in how many of its comments each thing is said."""

    id: int | None = None  # None: made just now
    said: Counter[str] = field(default_factory=Counter)
    size: int = 0
    topics: Counter[str] = field(default_factory=Counter)
    members: list[int] = field(default_factory=list)  # that came to it now

    def take(self, one: Spoken) -> None:
        self.said.update(one.said)
        self.size += 1
        self.topics[one.topic] += 1
        self.members.append(one.id)

    def lose(self, one: Spoken) -> None:
        self.said.subtract(one.said)
        self.size -= 1
        self.topics[one.topic] -= 1
        self.members.remove(one.id)

    @property
    def topic(self) -> str:
        """What most of them are about; of as many, the first in the alphabet."""
        return min(self.topics, key=lambda name: (-self.topics[name], name), default="")


def grouped(fresh: Sequence[Spoken], groups: Iterable[Group]) -> list[Group]:
    """Put each of these into one of the groups, or make new ones. Those that gained, in order.

    `fresh` are all that stand in no cause: the new ones, and the singles from before.
    """
    known = sorted(groups, key=lambda group: group.id or 0)
    weights = _Weights([one.said for one in fresh], known)
    left = []
    for one in sorted(fresh, key=lambda spoken: spoken.id):
        best = _best(one, known, weights, ALIKE)
        if best is None:
            left.append(one)
        else:
            best.take(one)
    made = _made(left, weights)
    return [group for group in [*known, *made] if group.members]


def _made(left: Sequence[Spoken], weights: "_Weights") -> list[Group]:
    """New groups of those that are like each other. Each is asked again at the end."""
    made: list[Group] = []
    of: dict[int, Group] = {}
    for one in left:
        best = _best(one, made, weights, ALIKE_TWO)
        if best is None:
            best = Group()
            made.append(best)
        best.take(one)
        of[one.id] = best
    for one in left:  # who came before his like had nobody to join
        now = of[one.id]
        now.lose(one)
        best = _best(one, [group for group in made if group.size], weights, ALIKE_TWO) or now
        best.take(one)
        of[one.id] = best
    return [group for group in made if group.size >= FEWEST]


def _best(one: Spoken, groups: Iterable[Group], weights: "_Weights", least: float) -> Group | None:
    best: tuple[float, Group] | None = None
    for group in groups:
        if group.id is None and group.size and len(one.said & group.said.keys()) < SHARED:
            continue
        alike = weights.alike(one, group)
        if alike >= least and (best is None or alike > best[0]):
            best = (alike, group)
    return best[1] if best else None


class _Weights:
    """How much each thing tells here: what all say tells little, what one says nearly nothing."""

    def __init__(self, fresh: Sequence[frozenset[str]], groups: Sequence[Group]) -> None:
        heard: Counter[str] = Counter()
        for said in fresh:
            heard.update(said)
        for group in groups:
            heard.update(group.said)
        many = len(fresh) + sum(group.size for group in groups)
        self._weights = {name: _weight(name, times, many) for name, times in heard.items()}

    def alike(self, one: Spoken, group: Group) -> float:
        """From 0 to 1, and a little for the topic."""
        if not one.said or not group.size:
            return 0.0
        weights = self._weights
        shared = theirs = 0.0
        for name, times in group.said.items():
            share = times / group.size
            weight = weights.get(name, RARE) ** 2
            theirs += weight * share * share
            if name in one.said:
                shared += weight * share
        ours = sum(weights.get(name, RARE) ** 2 for name in one.said)
        if not shared:
            return 0.0
        return shared / sqrt(ours * theirs) + _by_topic(one.topic, group.topic)


def _weight(name: str, times: int, many: int) -> float:
    if times <= 1:
        return RARE
    weight = min(MOST_IDF, max(LEAST_IDF, log((many + 1) / times)))
    return weight * MEANING if name.startswith(":") else weight


def _by_topic(ours: str, theirs: str) -> float:
    if not ours or not theirs or "other" in {ours, theirs}:
        return 0.0
    return SAME_TOPIC if ours == theirs else OTHER_TOPIC


def name_of(said: Mapping[str, int], size: int, spelled: Mapping[str, str]) -> str:
    """A name made of what most of them say: "Trasloco, linea". Of the words as they are written."""
    words = [name for name in said if name in spelled and said[name] * 3 >= size]
    words.sort(key=lambda name: (-said[name], name))
    name = ", ".join(spelled[word] for word in words[:3])
    return name[:1].upper() + name[1:]
