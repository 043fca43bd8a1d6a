"""How good the whole reading is: per field, with its number, a 95 % interval, and its errors."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import numpy as np

from ascolto.reading.model import Head
from ascolto.reading.training.deciding import Held, Pair, pairs, with_thresholds
from ascolto.reading.training.examples import ONE_OF, belongs
from ascolto.reading.training.fit import SEED
from ascolto.reading.training.folds import FOLDS

DRAWS = 400  # of the bootstrap


def lines(heads: Mapping[str, Head], judged: Sequence[Held]) -> Iterator[str]:
    """One line a field, thresholds as they are."""
    yield from _lines(heads, judged, {name: pairs(name, judged, heads) for name in heads})


def nested(
    heads: Mapping[str, Head], judged: Sequence[Held], folds: Sequence[int]
) -> Iterator[str]:
    """One line a field; each part's thresholds are chosen on the other parts."""
    said: dict[str, list[Pair]] = {name: [] for name in heads}
    for fold in range(FOLDS):
        here = [one for one, part in zip(judged, folds, strict=True) if part == fold]
        rest = [one for one, part in zip(judged, folds, strict=True) if part != fold]
        chosen = with_thresholds(heads, rest)
        for name in heads:
            said[name] += pairs(name, here, chosen)
    yield from _lines(heads, judged, said)


def _lines(
    heads: Mapping[str, Head], judged: Sequence[Held], said: Mapping[str, list[Pair]]
) -> Iterator[str]:
    for name in heads:
        given = said[name]
        if name in ONE_OF:
            mean = _interval(given, partial(macro_f1, labels=ONE_OF[name]))
            yield f"{name:18} n {len(given):5}  accuracy {_interval(given, accuracy)}  F1 {mean}"
            continue
        missed = sum(bool(truth) and not told for told, truth in given)
        alarms = sum(bool(told) and not truth for told, truth in given)
        positive = sum(bool(truth) for _, truth in given)
        yield (
            f"{name:18} n {positive:5} of {len(given)}  P {_interval(given, precision)}  "
            f"R {_interval(given, recall)}  F1 {_f1(given):.3f}  missed {missed}  "
            f"false alarms {alarms}  shares off by {_off(name, judged):.3f}"
        )


def _off(name: str, judged: Sequence[Held]) -> float:
    """Expected calibration error of the model: what is said against what is so, in tenths."""
    tenths: dict[int, list[tuple[float, bool]]] = {}
    own = [one for one in judged if belongs(one.example, name)]
    for one in own:
        share = one.shares[name][name]
        tenths.setdefault(min(int(share * 10), 9), []).append(
            (share, bool(one.example.labels[name]))
        )
    return sum(
        abs(sum(share for share, _ in part) - sum(truth for _, truth in part))
        for part in tenths.values()
    ) / max(1, len(own))


def accuracy(given: Sequence[Pair]) -> float:
    return sum(said == truth for said, truth in given) / max(1, len(given))


def precision(given: Sequence[Pair]) -> float:
    said = [truth for answer, truth in given if answer]
    return sum(map(bool, said)) / max(1, len(said))


def recall(given: Sequence[Pair]) -> float:
    true = [said for said, truth in given if truth]
    return sum(map(bool, true)) / max(1, len(true))


def macro_f1(given: Sequence[Pair], labels: Sequence[str]) -> float:
    """The mean over the labels that occur."""
    of_label = [
        _f1([(said == label, truth == label) for said, truth in given])
        for label in labels
        if any(truth == label for _, truth in given)
    ]
    return sum(of_label) / max(1, len(of_label))


def _f1(given: Sequence[Pair]) -> float:
    right = sum(bool(said) and bool(truth) for said, truth in given)
    total = sum(bool(said) for said, _ in given) + sum(bool(truth) for _, truth in given)
    return 2 * right / max(1, total)


def _interval(given: Sequence[Pair], score: Callable[[Sequence[Pair]], float]) -> str:
    drawn = np.random.default_rng(SEED)
    scores = [
        score([given[place] for place in drawn.integers(0, len(given), len(given))])
        for _ in range(DRAWS)
    ]
    low, high = np.percentile(scores, (2.5, 97.5))
    return f"{score(given):.3f} ({low:.3f}–{high:.3f})"
