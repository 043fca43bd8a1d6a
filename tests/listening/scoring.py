"""How well comments were sorted: of pairs, those that are together and should be."""

from collections.abc import Mapping
from itertools import combinations
from typing import TypeVar

K = TypeVar("K")


def pairs(found: Mapping[K, object], truth: Mapping[K, object]) -> tuple[float, float]:
    """Precision and recall over all pairs; None, or nothing, is in no group."""
    right = wrong = missed = 0
    for one, other in combinations(truth, 2):
        same = bool(truth[one]) and truth[one] == truth[other]
        together = found.get(one) is not None and found.get(one) == found.get(other)
        right += same and together
        wrong += together and not same
        missed += same and not together
    return right / max(1, right + wrong), right / max(1, right + missed)
