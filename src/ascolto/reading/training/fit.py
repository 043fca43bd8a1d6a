"""From labelled messages to weights. The same messages give the same model."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ascolto.reading import beside
from ascolto.reading.features import BUCKETS, Features
from ascolto.reading.judging import YES_OR_NO
from ascolto.reading.model import Floats, Head, Model
from ascolto.reading.training.examples import ONE_OF, Example, belongs
from ascolto.reading.training.solve import shares
from ascolto.reading.training.sparse import likeness, rows, weights

SEED = 20250919
STRENGTH = {"churn_threat": 20.0, "escalation_threat": 20.0, "angry": 20.0}  # others: 10
SEEN = 2  # messages that must hold a feature


def rarity(found: Sequence[Features]) -> Floats:
    """Inverse document frequency of every place; 0 for what fewer than `SEEN` messages hold."""
    counts = np.zeros(BUCKETS, dtype=np.int64)
    for one in found:
        places = {place for part in one.by_word for word in part for place in word}
        counts[list(places.union(one.addressed, one.above, one.around, one.under))] += 1
    idf = np.log((1 + len(found)) / (1 + counts)) + 1
    return np.where(counts >= SEEN, idf, 0).astype(np.float32)


HEADS = (*YES_OR_NO, *ONE_OF)


def fitted(
    found: Sequence[Features], examples: Sequence[Example], names: Sequence[str] = HEADS
) -> Model:
    """A model with thresholds at one half and probabilities as they fall."""
    rare = rarity(found)
    seen = rows(found, rare)
    alike = likeness(seen)
    heads: dict[str, Head] = {}
    columns: list[NDArray[np.float64]] = []
    for name in names:
        labels = ONE_OF.get(name, (name,))
        heads[name] = Head(name, sum(table.shape[1] for table in columns), labels)
        columns.append(_head(name, alike, examples))
    given = np.concatenate(columns, axis=1)
    return Model(weights(seen, given), given.sum(axis=0).astype(np.float32), rare, heads)


def _head(name: str, alike: Floats, examples: Sequence[Example]) -> NDArray[np.float64]:
    """What each message gives to each label of one head; nothing where it does not belong."""
    keep = np.flatnonzero([teaches(example, name) for example in examples])
    truth = np.array(
        [
            [
                examples[one].labels[name] == label
                if name in ONE_OF
                else examples[one].labels[name]
                for label in ONE_OF.get(name, (name,))
            ]
            for one in keep.tolist()
        ],
        dtype=np.float64,
    )
    table = np.zeros((len(examples), truth.shape[1]))
    table[keep] = shares(alike[np.ix_(keep, keep)], truth, STRENGTH.get(name, 10.0))
    return table


def teaches(example: Example, name: str) -> bool:
    """Whether a head learns from this message. Who wants nothing has no matter of his own that
    could be another than the post's: of him the second look knows.
    """
    wants = name != beside.HEAD or example.labels.get("needs_care") is not False
    return belongs(example, name) and wants
