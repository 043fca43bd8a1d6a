"""Learning the second look: a few weights on what held-out models said of comments.

What a model says of messages it has learnt from is surer than what it says of strangers; the
weights must know only the latter.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from ascolto.reading.beside import HEAD, Looks, Numbers, looked_at
from ascolto.reading.features import Features
from ascolto.reading.model import Model
from ascolto.reading.training.calibration import line
from ascolto.reading.training.examples import Example, belongs
from ascolto.reading.training.folds import Folds

PENALTY = 100.0  # on the squares of the weights, of numbers that spread by one
ROUNDS = 25
FLAT = 1e-2  # keeps what costs nothing finite
SMALLEST = 1e-6  # spread of what is always the same


def looks(models: Mapping[int, Model], found: Sequence[Features], folds: Folds) -> list[Looks]:
    """Every comment, as the model sees it that has not learnt from it."""
    return [
        models[fold].looks(one)
        for one, fold in zip(found, folds.tolist(), strict=True)
        if one.post is not None
    ]


def second_looks(
    seen: Sequence[Looks], comments: Sequence[Example], folds: Folds
) -> tuple[Numbers, dict[int, Numbers]]:
    """The weights that all comments teach, and for each fold those that all others teach.

    All are stretched by the same line, so that of what is called 70 % likely, 70 % is so.
    """
    known = np.flatnonzero([belongs(comment, HEAD) for comment in comments])
    table = np.array([looked_at(seen[at]) for at in known.tolist()])
    truth = np.array([bool(comments[at].labels[HEAD]) for at in known.tolist()])
    parts = folds[known]
    without = {
        part: _weights(table[parts != part], truth[parts != part])
        for part in sorted(set(folds.tolist()))
    }
    said = np.array([row @ without[part] for row, part in zip(table, parts.tolist(), strict=True)])
    slope, shift = line(1 / (1 + np.exp(-said)), truth)
    moved = np.zeros(table.shape[1])
    moved[-1] = shift
    weights = slope * _weights(table, truth) + moved
    return weights, {part: slope * one + moved for part, one in without.items()}


def _weights(table: Numbers, truth: NDArray[np.bool_]) -> Numbers:
    """Logistic regression by Newton's method; the last column is always 1 and costs nothing."""
    middle, spread = table.mean(axis=0), table.std(axis=0) + SMALLEST
    middle[-1], spread[-1] = 0.0, 1.0
    seen = (table - middle) / spread
    penalty = np.diag([*[PENALTY] * (seen.shape[1] - 1), FLAT])
    weights = np.zeros(seen.shape[1])
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-np.clip(seen @ weights, -30, 30)))
        slope = seen.T @ (likely - truth) + penalty @ weights
        curve = (seen * (likely * (1 - likely))[:, None]).T @ seen + penalty
        weights -= np.linalg.solve(curve, slope)
    plain = weights / spread
    plain[-1] -= middle @ plain
    return np.asarray(plain)
