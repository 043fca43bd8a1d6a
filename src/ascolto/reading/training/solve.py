"""Logistic regression with a penalty on large weights, solved by L-BFGS; numpy alone.

The weights of the best model are a sum of the texts it has seen, so it is enough to look for what
each text gives ("shares"): there are thousands of texts and a hundred thousand places. All inner
products go through the likeness of the texts. The optimum is that of the usual problem.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ascolto.reading.model import Floats

STEPS = 60
REMEMBERED = 8
ENOUGH = 1e-3  # of the first gradient's length
DECREASE = 1e-4  # of what the slope promises, that a step must bring (Armijo)
SMALLEST_STEP = 1e-6
Table = NDArray[np.float64]  # (texts, outputs)


@dataclass(frozen=True, slots=True)
class _Point:
    shares: Table
    sums: Table  # what the model says of each text
    loss: float
    slope: Table  # the gradient, as shares
    slope_sums: Table

    @property
    def steepness(self) -> float:
        return float(np.sqrt((self.slope * self.slope_sums).sum()))


def shares(alike: Floats, truth: Table, strength: float) -> Table:
    """What each text gives to each output. `truth` has one column (yes or no) or one a label."""
    nothing = np.zeros_like(truth)
    here = _at(alike, nothing, nothing, truth, strength)
    steps: deque[tuple[Table, Table, Table, Table, float]] = deque(maxlen=REMEMBERED)
    first = here.steepness
    for _ in range(STEPS):
        if here.steepness <= ENOUGH * first:
            break
        way, way_sums = _direction(here, steps)
        there = _step(alike, here, way, way_sums, truth, strength)
        moved, moved_sums = there.shares - here.shares, there.sums - here.sums
        bent, bent_sums = there.slope - here.slope, there.slope_sums - here.slope_sums
        curved = float((moved * bent_sums).sum())
        if curved > 0:
            steps.append((moved, moved_sums, bent, bent_sums, 1 / curved))
        here = there
    return here.shares


def _at(alike: Floats, given: Table, sums: Table, truth: Table, strength: float) -> _Point:
    if truth.shape[1] == 1:
        loss = float((np.logaddexp(0, sums) - truth * sums).sum())
        missed = 1 / (1 + np.exp(-np.clip(sums, -30, 30))) - truth
    else:
        highest = sums.max(axis=1, keepdims=True)
        raised = np.exp(sums - highest)
        whole = raised.sum(axis=1, keepdims=True)
        loss = float((np.log(whole) + highest).sum() - (sums * truth).sum())
        missed = raised / whole - truth
    loss += float((given * sums).sum()) / (2 * strength)
    slope = missed + given / strength
    return _Point(given, sums, loss, slope, (alike @ slope.astype(np.float32)).astype(np.float64))


def _direction(
    here: _Point, steps: deque[tuple[Table, Table, Table, Table, float]]
) -> tuple[Table, Table]:
    """The two loops of L-BFGS (Nocedal 1980), on shares and on sums alike."""
    way, sums = here.slope.copy(), here.slope_sums.copy()
    taken = []
    for moved, _, bent, bent_sums, curve in reversed(steps):
        part = curve * float((moved * sums).sum())
        taken.append(part)
        way -= part * bent
        sums -= part * bent_sums
    if steps:
        _, _, bent, bent_sums, curve = steps[-1]
        scale = 1 / (curve * float((bent * bent_sums).sum()))
    else:
        scale = 1 / max(1.0, here.steepness)
    way, sums = way * scale, sums * scale
    for (moved, moved_sums, bent, _, curve), part in zip(steps, reversed(taken), strict=True):
        back = curve * float((bent * sums).sum())
        way += moved * (part - back)
        sums += moved_sums * (part - back)
    return -way, -sums


def _step(
    alike: Floats, here: _Point, way: Table, way_sums: Table, truth: Table, strength: float
) -> _Point:
    """As far as it pays: half as far as long as it does not."""
    promised = float((way * here.slope_sums).sum())
    length = 1.0
    while True:
        given, sums = here.shares + length * way, here.sums + length * way_sums
        there = _at(alike, given, sums, truth, strength)
        if there.loss <= here.loss + DECREASE * length * promised or length < SMALLEST_STEP:
            return there
        length /= 2
