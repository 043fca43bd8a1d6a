"""The trained model: straight weights on features, read from `model.npz`.

Each head (`kind`, `churn_threat`, …) has one or more outputs; an output is a sum of weights, so
what every word gave to it can be told. `make train` makes the file.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ascolto.reading.features import Features

Floats = NDArray[np.float32]
AROUND = 0.25  # the weight of what is not a word
SHORT = 2  # letters of a word that says nothing alone
REASONS = 5  # words that are told for a judgement


@dataclass(frozen=True, slots=True)
class Head:
    """Which outputs belong to a field, what they mean and from where on it is said."""

    name: str
    first: int
    labels: tuple[str, ...]  # one label: yes or no
    threshold: float = 0.5

    @property
    def outputs(self) -> slice:
        return slice(self.first, self.first + len(self.labels))


@dataclass(frozen=True, slots=True)
class Model:
    weights: Floats  # (places, outputs)
    offsets: Floats  # (outputs,)
    rarity: Floats  # (places,): inverse document frequency; 0 for what was never seen
    heads: dict[str, Head]

    def weigh(self, found: Features) -> "Weighed":
        """What a text gives to each output, in all and word by word."""
        places, amounts = vector(found, self.rarity)
        given = amounts[:, None] * self.weights[places]
        owners = [place for place, word in enumerate(found.words) for _ in word]
        owners += [place for place, word in enumerate(found.pieces) for _ in word]
        by_word = np.zeros((len(found.spoken), given.shape[1]), dtype=np.float32)
        np.add.at(by_word, owners, given[: len(owners)])
        return Weighed(self.heads, found.spoken, self.offsets + given.sum(axis=0), by_word)

    def probabilities(self, found: Features) -> dict[str, dict[str, float]]:
        """For each head, the probability of each of its labels."""
        return self.weigh(found).probabilities()


@dataclass(frozen=True, slots=True)
class Weighed:
    """One text on the scales."""

    heads: dict[str, Head]
    spoken: list[str]
    sums: Floats  # (outputs,)
    by_word: Floats  # (words, outputs)

    def probabilities(self) -> dict[str, dict[str, float]]:
        return {head.name: _shares(head, self.sums[head.outputs]) for head in self.heads.values()}

    def reasons(self, head: str, label: str) -> list[str]:
        """The words that speak most for a label, the strongest first."""
        output = self.heads[head].first + self.heads[head].labels.index(label)
        given: dict[str, float] = {}
        for word, gain in zip(self.spoken, self.by_word[:, output].tolist(), strict=True):
            if len(word) > SHORT:
                given[word] = given.get(word, 0.0) + gain
        ordered = sorted(given, key=lambda word: -given[word])
        return [word for word in ordered[:REASONS] if given[word] > 0]


def vector(found: Features, rarity: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Places and amounts: words and pieces each of length one, so that a long text weighs alike."""
    words = [one for word in found.words for one in word]
    pieces = [one for word in found.pieces for one in word]
    amounts = np.concatenate(
        (
            rarity[words] / _length(words, rarity),
            rarity[pieces] / _length(pieces, rarity),
            np.full(len(found.around), AROUND, dtype=np.float32),
        )
    )
    return np.array([*words, *pieces, *found.around], dtype=np.int64), amounts.astype(np.float32)


def _length(places: list[int], rarity: Floats) -> float:
    """What the amounts of one text are divided by."""
    unique, counts = np.unique(np.array(places, dtype=np.int64), return_counts=True)
    return float(np.linalg.norm(rarity[unique] * counts)) or 1.0


def _shares(head: Head, sums: Floats) -> dict[str, float]:
    if len(head.labels) == 1:
        return {head.labels[0]: float(1 / (1 + np.exp(-np.clip(sums[0], -30, 30))))}
    raised = np.exp(sums - sums.max())
    return dict(zip(head.labels, (raised / raised.sum()).tolist(), strict=True))


@cache
def shipped() -> Model:
    """The model that comes with Ascolto."""
    with (files("ascolto.reading") / "model.npz").open("rb") as file, np.load(file) as stored:
        return unpacked({name: stored[name] for name in stored.files})


def unpacked(stored: dict[str, NDArray[Any]]) -> Model:
    """From what is in the file: whole numbers from -127 to 127, with a scale for each output."""
    used = len(stored["rarity"])
    weights = stored["weights"].astype(np.float32) * stored["scales"]
    heads = [
        Head(str(name), int(first), tuple(str(labels).split()), float(threshold))
        for name, first, labels, threshold in zip(
            stored["names"], stored["firsts"], stored["labels"], stored["thresholds"], strict=True
        )
    ]
    full = np.zeros((used, weights.shape[1]), dtype=np.float32)
    full[stored["places"]] = weights
    rarity = stored["rarity"].astype(np.float32)
    return Model(full, stored["offsets"], rarity, {head.name: head for head in heads})
