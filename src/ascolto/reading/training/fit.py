"""From labelled messages to weights. Seeded: the same messages give the same model."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from ascolto.reading.features import BUCKETS, Features
from ascolto.reading.model import Floats, Head, Model, vector
from ascolto.reading.training.examples import ONE_OF, YES_OR_NO, Example, belongs

SEED = 20250919
STRENGTH = {"churn_threat": 20.0, "escalation_threat": 20.0, "angry": 20.0}  # others: 10
SEEN = 2  # messages that must hold a feature


def rarity(found: Sequence[Features]) -> Floats:
    """Inverse document frequency of every place; 0 for what fewer than `SEEN` messages hold."""
    counts = np.zeros(BUCKETS, dtype=np.int64)
    for one in found:
        places = {p for group in (*one.words, *one.pieces, one.around) for p in group}
        counts[list(places)] += 1
    idf = np.log((1 + len(found)) / (1 + counts)) + 1
    return np.where(counts >= SEEN, idf, 0).astype(np.float32)


def matrix(found: Sequence[Features], rare: Floats) -> csr_matrix:
    """One row a message."""
    rows = [vector(one, rare) for one in found]
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    places = np.concatenate([places for places, _ in rows])
    amounts = np.concatenate([amounts for _, amounts in rows])
    return csr_matrix((amounts, places, ends), shape=(len(rows), BUCKETS))


def fitted(found: Sequence[Features], examples: Sequence[Example]) -> Model:
    """A model with thresholds at one half and probabilities as they fall."""
    rare = rarity(found)
    seen = matrix(found, rare)
    heads: dict[str, Head] = {}
    columns: list[NDArray[np.float64]] = []
    offsets: list[float] = []
    for name in (*YES_OR_NO, *ONE_OF):
        keep = np.array([belongs(example, name) for example in examples])
        target = np.array([example.labels[name] for example in examples], dtype=object)[keep]
        labels = ONE_OF.get(name, (name,))
        heads[name] = Head(name, len(offsets), labels)
        weights, offset = _head(name, seen[keep], target.astype(str))
        columns.append(weights)
        offsets.extend(offset)
    table = np.concatenate(columns).T.astype(np.float32)
    return Model(np.ascontiguousarray(table), np.array(offsets, np.float32), rare, heads)


def _head(
    name: str, seen: csr_matrix, target: NDArray[np.str_]
) -> tuple[NDArray[np.float64], list[float]]:
    learner = LogisticRegression(
        C=STRENGTH.get(name, 10.0), max_iter=200, tol=1e-3, random_state=SEED
    )
    learner.fit(seen, target)
    if name not in ONE_OF:  # "False" comes before "True"
        return learner.coef_, learner.intercept_.tolist()
    order = list(learner.classes_)
    weights = np.zeros((len(ONE_OF[name]), BUCKETS))
    offsets = [-30.0] * len(ONE_OF[name])  # a label that was never seen is never said
    for place, label in enumerate(ONE_OF[name]):
        if label in order:
            weights[place] = learner.coef_[order.index(label)]
            offsets[place] = float(learner.intercept_[order.index(label)])
    return weights, offsets
