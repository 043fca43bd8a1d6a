"""Each message judged by a model that has not seen it, nor anything of its group."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ascolto.reading.features import Features
from ascolto.reading.model import Model
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


def without_each(
    found: Sequence[Features],
    examples: Sequence[Example],
    folds: Folds,
    told: Callable[[str], None],
) -> dict[int, Model]:
    """For every fold the model of all that stands outside it. Fold -1 is always learnt."""
    models = {}
    for fold in sorted(set(folds.tolist()) - {-1}):
        told(f"  part {fold + 1}")
        rest = np.flatnonzero(folds != fold).tolist()
        models[fold] = fitted([found[place] for place in rest], [examples[place] for place in rest])
    return models


def answers(models: Mapping[int, Model], found: Sequence[Features], folds: Folds) -> Probabilities:
    """For every message what the model says that has not seen it; nothing for fold -1."""
    return [
        models[fold].probabilities(one) if fold in models else {}
        for one, fold in zip(found, folds.tolist(), strict=True)
    ]
