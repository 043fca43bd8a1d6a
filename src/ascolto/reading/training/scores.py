"""How good the judgements are: per head, with their number and a 95 % interval."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from ascolto.reading.model import Model
from ascolto.reading.training.examples import ONE_OF, Example, belongs
from ascolto.reading.training.fit import SEED
from ascolto.reading.training.folds import Probabilities

DRAWS = 400  # of the bootstrap
Pair = tuple[object, object]  # what was said, what is true


def lines(model: Model, answers: Probabilities, examples: Sequence[Example]) -> Iterator[str]:
    """One line a head."""
    for name, head in model.heads.items():
        pairs: list[Pair] = []
        for answer, example in zip(answers, examples, strict=True):
            if belongs(example, name):
                shares = answer[name]
                said = (
                    max(shares, key=lambda label: shares[label])  # used at once
                    if name in ONE_OF
                    else shares[name] >= head.threshold
                )
                pairs.append((said, example.labels[name]))
        if name in ONE_OF:
            yield f"{name:20} n {len(pairs):5}  accuracy {_interval(pairs, accuracy)}"
            continue
        positive = sum(bool(truth) for _, truth in pairs)
        yield (
            f"{name:20} n {positive:5} of {len(pairs)}  from {head.threshold:.2f} on  "
            f"P {_interval(pairs, precision)}  R {_interval(pairs, recall)}  "
            f"probabilities off by {_off(name, answers, examples):.3f}"
        )


def _off(name: str, answers: Probabilities, examples: Sequence[Example]) -> float:
    """Expected calibration error: what is said against what is so, in tenths."""
    given = [
        (answer[name][name], bool(example.labels[name]))
        for answer, example in zip(answers, examples, strict=True)
        if belongs(example, name)
    ]
    tenths: dict[int, list[tuple[float, bool]]] = {}
    for share, truth in given:
        tenths.setdefault(min(int(share * 10), 9), []).append((share, truth))
    return sum(
        abs(sum(share for share, _ in part) - sum(truth for _, truth in part))
        for part in tenths.values()
    ) / len(given)


def accuracy(pairs: Sequence[Pair]) -> float:
    return sum(said == truth for said, truth in pairs) / max(1, len(pairs))


def precision(pairs: Sequence[Pair]) -> float:
    said = [truth for answer, truth in pairs if answer]
    return sum(map(bool, said)) / max(1, len(said))


def recall(pairs: Sequence[Pair]) -> float:
    true = [said for said, truth in pairs if truth]
    return sum(map(bool, true)) / max(1, len(true))


def _interval(pairs: Sequence[Pair], score: Callable[[Sequence[Pair]], float]) -> str:
    drawn = np.random.default_rng(SEED)
    scores = [
        score([pairs[place] for place in drawn.integers(0, len(pairs), len(pairs))])
        for _ in range(DRAWS)
    ]
    low, high = np.percentile(scores, (2.5, 97.5))
    return f"{score(pairs):.3f} ({low:.3f}–{high:.3f})"
