"""Is it better to have learnt from the corrections? Asked on texts that neither side has seen."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

from ascolto.reading.features import Features
from ascolto.reading.judging import likeliest
from ascolto.reading.training.examples import ONE_OF, Example
from ascolto.reading.training.fit import fitted, teaches
from ascolto.reading.training.folds import by_group

PARTS = 3
FEWEST = 10  # corrections
CHANCE = 0.1  # how likely it may be that as many are right by chance alone
WORSE = 0.01  # of the answers to our own messages, what may be lost
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Tried:
    """What both sides said of held-out corrections, and of held-out messages of our own."""

    corrections: int
    won: int  # right with the corrections learnt, wrong without
    lost: int  # the other way round
    own_before: float  # share that is right
    own_after: float

    @property
    def better(self) -> bool:
        """Enough corrections, more won than lost beyond chance (sign test), and the rest kept."""
        differ = self.won + self.lost
        by_chance = sum(comb(differ, more) for more in range(self.won, differ + 1)) / 2**differ
        kept = self.own_after >= self.own_before - WORSE
        return self.corrections >= FEWEST and by_chance <= CHANCE and kept


def tried(
    own: Sequence[Example],
    corrected: Sequence[Example],
    known: Sequence[bool],
    look: Callable[[Example], Features],
    told: Callable[[str], None],
) -> Tried:
    """Learn with and without these corrections. `known`: those that the model in use has learnt.

    Each third is held out once, with whole companies and posts of our own messages.
    """
    heads = sorted({head for example in corrected for head in example.labels})
    groups = by_group(own)
    thirds = np.arange(len(corrected)) % PARTS
    everything = [*own, *corrected]
    found = [look(example) for example in everything]
    before_own, after_own, won, lost = [], [], 0, 0
    for part in range(PARTS):
        told(f"part {part + 1} of {PARTS}")
        rest = [at for at in range(len(own)) if groups[at] != part]
        taught = [at for at in range(len(corrected)) if thirds[at] != part]
        old = [*rest, *(len(own) + at for at in taught if known[at])]
        new = [*rest, *(len(own) + at for at in taught)]
        without, with_them = (
            fitted([found[at] for at in some], [everything[at] for at in some], heads)
            for some in (old, new)
        )
        for at, example in enumerate(everything):
            is_own = at < len(own)
            if (groups[at] if is_own else thirds[at - len(own)]) != part:
                continue
            for head in heads:
                if teaches(example, head):
                    told_before = _right(without.probabilities(found[at])[head], example, head)
                    told_after = _right(with_them.probabilities(found[at])[head], example, head)
                    if is_own:
                        before_own.append(told_before)
                        after_own.append(told_after)
                    else:
                        won += told_after and not told_before
                        lost += told_before and not told_after
    return Tried(len(corrected), won, lost, float(np.mean(before_own)), float(np.mean(after_own)))


def _right(shares: dict[str, float], example: Example, head: str) -> bool:
    said: object = likeliest(shares) if head in ONE_OF else shares[head] >= HALF
    return bool(said == example.labels[head])
