"""Texts as rows of few numbers, and how alike every two of them are; numpy alone."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ascolto.reading.features import BUCKETS, Features
from ascolto.reading.model import Floats, vector

OFTEN = 48  # texts: a place that more of them hold is multiplied as a dense column
AT_ONCE = 1_024  # of these columns, so that small machines can learn too
Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Rows:
    """What stands where: parallel arrays in the order of the places, each pair once."""

    count: int  # texts
    texts: Places
    places: Places
    amounts: Floats


def rows(found: Sequence[Features], rarity: Floats) -> Rows:
    """One row a text."""
    vectors = [vector(one, rarity) for one in found]
    sizes = [len(places) for places, _ in vectors]
    texts = np.repeat(np.arange(len(vectors)), sizes)
    places = np.concatenate([places for places, _ in vectors])
    amounts = np.concatenate([amounts for _, amounts in vectors])
    held = amounts != 0
    keys, which = np.unique(places[held] * len(vectors) + texts[held], return_inverse=True)
    summed = np.bincount(which, weights=amounts[held]).astype(np.float32)
    return Rows(len(vectors), keys % len(vectors), keys // len(vectors), summed)


def likeness(given: Rows) -> Floats:
    """The inner product of every two texts, and one for what all have in common."""
    starts = np.flatnonzero(np.diff(given.places, prepend=-1))
    sizes = np.diff([*starts, len(given.places)])
    alike = np.ones((given.count, given.count), dtype=np.float32)
    often = np.flatnonzero(sizes > OFTEN)
    for first in range(0, len(often), AT_ONCE):
        some = often[first : first + AT_ONCE]
        dense = np.zeros((given.count, len(some)), dtype=np.float32)
        for column, (start, size) in enumerate(zip(starts[some], sizes[some], strict=True)):
            dense[given.texts[start : start + size], column] = given.amounts[start : start + size]
        alike += dense @ dense.T
    flat = alike.reshape(-1)
    for size in range(1, OFTEN + 1):
        columns = starts[sizes == size][:, None] + np.arange(size)
        who, what = given.texts[columns], given.amounts[columns]
        pairs = who[:, :, None] * given.count + who[:, None, :]
        np.add.at(flat, pairs.reshape(-1), (what[:, :, None] * what[:, None, :]).reshape(-1))
    return alike


def weights(given: Rows, shares: NDArray[np.float64]) -> Floats:
    """From what each text gives to each output to what each place gives."""
    starts = np.flatnonzero(np.diff(given.places, prepend=-1))
    given_by = given.amounts[:, None] * shares[given.texts]
    table = np.zeros((BUCKETS, shares.shape[1]), dtype=np.float32)
    table[given.places[starts]] = np.add.reduceat(given_by, starts, axis=0)
    return table
