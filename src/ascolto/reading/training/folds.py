"""Each message judged by a model that has not seen it, nor anything of its group."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from ascolto.reading.features import Features
from ascolto.reading.training.examples import Example
from ascolto.reading.training.fit import SEED, fitted

FOLDS = 5
MIXED = frozenset(
    {"first-chat", "first-email", "first-review", "first-tweet"}
)  # no group: by chance
Folds = NDArray[np.int64]
Probabilities = list[dict[str, dict[str, float]]]


def by_group(examples: Sequence[Example]) -> Folds:
    """A fold for each group: a whole company or post is held out."""
    groups = sorted({example.group for example in examples})
    drawn = np.random.default_rng(SEED).permutation(len(groups)) % FOLDS
    fold = dict(zip(groups, drawn.tolist(), strict=True))
    return np.array([fold[example.group] for example in examples])


def of_strangers(examples: Sequence[Example]) -> Folds:
    """A fold for each group of `first.jsonl`, -1 for all other messages: they are always learnt."""
    drawn = np.random.default_rng(SEED)
    folds = by_group(examples)
    for place, example in enumerate(examples):
        if example.file != "first":
            folds[place] = -1
        elif example.group in MIXED:
            folds[place] = int(drawn.integers(FOLDS))
    return folds


def held_out(
    found: Sequence[Features],
    examples: Sequence[Example],
    folds: Folds,
    told: Callable[[str], None],
) -> Probabilities:
    """For every message of a fold, the probabilities of the model trained on all others.

    Those of fold -1 are judged by none: theirs stay empty.
    """
    answers: Probabilities = [{} for _ in examples]
    for fold in sorted(set(folds.tolist()) - {-1}):
        told(f"  part {fold + 1}")
        rest = np.flatnonzero(folds != fold).tolist()
        model = fitted([found[place] for place in rest], [examples[place] for place in rest])
        for place in np.flatnonzero(folds == fold).tolist():
            answers[place] = model.probabilities(found[place])
    return answers
