"""Probabilities that mean what they say: of what is called 70 % likely, 70 % is so.

Learnt from held-out answers: for yes or no a line through the logits, for one of several a
temperature. Both are folded into the weights, so that reading costs nothing more.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ascolto.reading.model import Model
from ascolto.reading.training.examples import ONE_OF, Example, belongs
from ascolto.reading.training.folds import Probabilities

SMALLEST = 1e-6
NEWTON = 25  # rounds
FLAT = 1e-2  # keeps the line finite where all is clear
TEMPERATURES = np.linspace(0.4, 2.5, 43)
Floats64 = NDArray[np.float64]


def calibrated(
    model: Model, answers: Probabilities, examples: Sequence[Example]
) -> tuple[Model, Probabilities]:
    """The model and the held-out answers, as they would have been."""
    weights, offsets = model.weights.copy(), model.offsets.copy()
    told: Probabilities = [{} for _ in answers]
    for name, head in model.heads.items():
        table = np.array([[answer[name][label] for label in head.labels] for answer in answers])
        keep = np.array([belongs(example, name) for example in examples])
        truth = np.array([example.labels.get(name) for example in examples], dtype=object)
        if name in ONE_OF:
            slope, shift = _temperature(table[keep], truth[keep], head.labels), 0.0
            raised = np.clip(table, SMALLEST, 1) ** slope
            table = raised / raised.sum(axis=1, keepdims=True)
        else:
            slope, shift = _line(table[keep, 0], truth[keep].astype(bool))
            table = 1 / (1 + np.exp(-(slope * _logit(table) + shift)))
        weights[:, head.outputs] *= slope
        offsets[head.outputs] = offsets[head.outputs] * slope + shift
        for place, row in enumerate(table):
            told[place][name] = dict(zip(head.labels, row.tolist(), strict=True))
    return replace(model, weights=weights, offsets=offsets), told


def _logit(shares: Floats64) -> Floats64:
    clipped = np.clip(shares, SMALLEST, 1 - SMALLEST)
    return np.asarray(np.log(clipped / (1 - clipped)))


def _line(shares: Floats64, truth: NDArray[np.bool_]) -> tuple[float, float]:
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
