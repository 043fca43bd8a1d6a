"""The trained model: straight weights on features, read from `model.npz`.

Each head (`kind`, `churn_threat`, …) has one or more outputs; an output is a sum of weights, so
what every word gave to it can be told. `make train` makes the file.
"""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from ascolto.reading import beside
from ascolto.reading.features import Features, place

Floats = NDArray[np.float32]
PARTS = (1.0, 1.0, 1.0, 0.5, 0.5)  # the weight of words, pieces, meanings, who is addressed, post
AROUND = 0.25  # the weight of what is not a word
ALONE = place("channel:tweet")  # where a comment would stand if there were no post
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
    version: str = ""
    second: beside.Numbers | None = None  # the weights of the second look at comments

    def weigh(self, found: Features) -> "Weighed":
        """What a text gives to each output, in all and word by word."""
        places, amounts = vector(found, self.rarity)
        given = amounts[:, None] * self.weights[places]
        owners = [at for part in found.by_word for at, word in enumerate(part) for _ in word]
        by_word = np.zeros((len(found.spoken), given.shape[1]), dtype=np.float32)
        np.add.at(by_word, owners, given[: len(owners)])
        sums = self.offsets + given.sum(axis=0)
        weighed = Weighed(self.heads, found.spoken, sums, by_word)
        if self.second is None or found.post is None:
            return weighed
        return replace(weighed, second=beside.share(self._looks(found, given, sums), self.second))

    def looks(self, found: Features) -> beside.Looks:
        """A comment as the second look sees it."""
        places, amounts = vector(found, self.rarity)
        given = amounts[:, None] * self.weights[places]
        return self._looks(found, given, self.offsets + given.sum(axis=0))

    def _looks(self, found: Features, given: Floats, sums: Floats) -> beside.Looks:
        """`given` in the order of `vector`: whatever is known of the post is taken away again."""
        if found.post is None or found.shared is None:
            raise ValueError("this is no comment")
        under = len(given) - len(found.under)
        channel = under - len(found.around)
        of_the_post = np.r_[channel - len(found.above) : channel + 1, under : len(given)]
        alone = sums - given[of_the_post].sum(axis=0) + AROUND * self.weights[ALONE]
        places, amounts = vector(found.post, self.rarity)
        topic, asked = self.heads["topic"], [self.heads[name] for name in beside.NEEDED]
        post = amounts @ self.weights[places, topic.outputs] + self.offsets[topic.outputs]
        return beside.Looks(
            {one.name: _shares(one, sums[one.outputs]) for one in asked},
            {one.name: _shares(one, alone[one.outputs]) for one in asked},
            {"topic": _shares(topic, post)},
            found.shared,
            len(found.spoken),
        )

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
    second: float | None = None  # what the second look at a comment said

    def probabilities(self) -> dict[str, dict[str, float]]:
        told = {head.name: _shares(head, self.sums[head.outputs]) for head in self.heads.values()}
        if self.second is not None:
            told[beside.HEAD] = {beside.HEAD: self.second}
        return told

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
    """Places and amounts. Words, pieces and meanings have length one each: a long text weighs as
    much as a short one."""
    parts = [[one for word in part for one in word] for part in found.by_word]
    parts += [found.addressed, found.above]
    last = [*found.around, *found.under]
    places = np.array([one for part in parts for one in part] + last, dtype=np.int64)
    amounts = rarity[places]
    start = 0
    for part, weight in zip(parts, PARTS, strict=True):
        amounts[start : start + len(part)] *= weight / _length(part, rarity)
        start += len(part)
    amounts[start:] = AROUND
    return places, amounts


def _length(places: list[int], rarity: Floats) -> float:
    """What the amounts of one part are divided by."""
    counts = Counter(places)
    squares = rarity[list(counts)] * list(counts.values())
    return float(np.sqrt(squares @ squares)) or 1.0


def _shares(head: Head, sums: Floats) -> dict[str, float]:
    if len(head.labels) == 1:
        return {head.labels[0]: float(1 / (1 + np.exp(-np.clip(sums[0], -30, 30))))}
    raised = np.exp(sums - sums.max())
    return dict(zip(head.labels, (raised / raised.sum()).tolist(), strict=True))


@cache
def shipped() -> Model:
    """The model that comes with Ascolto."""
    with (files("ascolto.reading") / "model.npz").open("rb") as file:
        return loaded(file)


def loaded(file: IO[bytes]) -> Model:
    """A model from its file; raises ValueError, KeyError or OSError for what is none."""
    with np.load(file, allow_pickle=False) as stored:
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
    named = {head.name: head for head in heads}
    version, second = str(stored["version"]), stored.get("second")
    return Model(full, stored["offsets"], rarity, named, version, second)
