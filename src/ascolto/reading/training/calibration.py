"""Probabilities that mean what they say: of what is called 70 % likely, 70 % is so.

Learnt from held-out answers: for yes or no a line through the logits, for one of several a
temperature. Both are folded into the weights, so that reading costs nothing more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ascolto.reading.model import Head, Model
from ascolto.reading.training.examples import ONE_OF, Example
from ascolto.reading.training.fit import teaches
from ascolto.reading.training.folds import Probabilities

SMALLEST = 1e-6
NEWTON = 25  # rounds
FLAT = 1e-2  # keeps the line finite where all is clear
TEMPERATURES = np.linspace(0.4, 2.5, 43)
Floats64 = NDArray[np.float64]


Line = tuple[float, float]  # slope and shift
Lines = dict[str, Line]


def lines(heads: Mapping[str, Head], answers: Probabilities, examples: Sequence[Example]) -> Lines:
    """What each field must be stretched and moved by, so that its shares mean what they say."""
    found: Lines = {}
    for name, head in heads.items():
        own = [at for at, example in enumerate(examples) if teaches(example, name)]
        table = np.array([[answers[at][name][label] for label in head.labels] for at in own])
        truth = np.array([examples[at].labels[name] for at in own], dtype=object)
        if name in ONE_OF:
            found[name] = _temperature(table, truth, head.labels), 0.0
        else:
            found[name] = line(table[:, 0], truth.astype(bool))
    return found


def calibrated(model: Model, by: Lines) -> Model:
    """The same model, stretched and moved."""
    weights, offsets = model.weights.copy(), model.offsets.copy()
    for name, (slope, shift) in by.items():
        outputs = model.heads[name].outputs
        weights[:, outputs] *= slope
        offsets[outputs] = offsets[outputs] * slope + shift
    return replace(model, weights=weights, offsets=offsets)


def _logit(shares: Floats64) -> Floats64:
    clipped = np.clip(shares, SMALLEST, 1 - SMALLEST)
    return np.asarray(np.log(clipped / (1 - clipped)))


def line(shares: Floats64, truth: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift of the likeliest line through the logits, by Newton's method."""
    seen = np.stack([_logit(shares), np.ones(len(shares))], axis=1)
    line = np.array([1.0, 0.0])
    for _ in range(NEWTON):
        likely = 1 / (1 + np.exp(-np.clip(seen @ line, -30, 30)))
        slope = seen.T @ (likely - truth) + FLAT * line
        curve = (seen * (likely * (1 - likely))[:, None]).T @ seen + FLAT * np.eye(2)
        line -= np.linalg.solve(curve, slope)
    return float(line[0]), float(line[1])


def _temperature(table: Floats64, truth: NDArray[np.object_], labels: Sequence[str]) -> float:
    logs = np.log(np.clip(table, SMALLEST, 1))
    chosen = [labels.index(label) for label in truth]

    def surprise(slope: float) -> float:
        raised = logs * slope
        shares = raised - np.log(np.exp(raised).sum(axis=1, keepdims=True))
        return -float(shares[np.arange(len(chosen)), chosen].mean())

    return float(min(TEMPERATURES, key=surprise))
