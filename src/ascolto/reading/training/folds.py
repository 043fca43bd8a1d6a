"""Each message judged by a model that has not seen it, nor (if asked) anything of its group."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ascolto.reading.features import Features
from ascolto.reading.model import Model
from ascolto.reading.training.examples import ONE_OF, Example, belongs
from ascolto.reading.training.fit import SEED, fitted

FOLDS = 5
CARE = 0.97  # of the messages that need care, how many must be seen
Probabilities = list[dict[str, dict[str, float]]]


def by_chance(examples: Sequence[Example]) -> NDArray[np.int64]:
    """A fold for each message."""
    return np.random.default_rng(SEED).integers(0, FOLDS, len(examples))


def by_group(examples: Sequence[Example]) -> NDArray[np.int64]:
    """A fold for each group: a whole company or post is held out."""
    groups = sorted({example.group for example in examples})
    drawn = np.random.default_rng(SEED).permutation(len(groups)) % FOLDS
    fold = dict(zip(groups, drawn.tolist(), strict=True))
    return np.array([fold[example.group] for example in examples])


def held_out(
    found: Sequence[Features],
    examples: Sequence[Example],
    folds: NDArray[np.int64],
    told: Callable[[str], None],
) -> Probabilities:
    """For every message, the probabilities of the model that was trained on the other folds."""
    answers: Probabilities = [{} for _ in examples]
    for fold in range(FOLDS):
        told(f"  part {fold + 1} of {FOLDS}")
        rest = [place for place in range(len(examples)) if folds[place] != fold]
        model = fitted([found[place] for place in rest], [examples[place] for place in rest])
        for place in np.flatnonzero(folds == fold).tolist():
            answers[place] = model.probabilities(found[place])
    return answers


def with_thresholds(model: Model, answers: Probabilities, examples: Sequence[Example]) -> Model:
    """From where on "yes" is said: the best F1; for needs_care what sees `CARE` of them."""
    heads = dict(model.heads)
    for name, head in model.heads.items():
        if name in ONE_OF:
            continue
        given = [
            (answer[name][name], bool(example.labels[name]))
            for answer, example in zip(answers, examples, strict=True)
            if belongs(example, name)
        ]
        chosen = _seeing(given) if name == "needs_care" else _best(given)
        heads[name] = replace(head, threshold=round(chosen, 3))
    return replace(model, heads=heads)


def _seeing(given: list[tuple[float, bool]]) -> float:
    wanted = sorted(share for share, truth in given if truth)
    return wanted[int(len(wanted) * (1 - CARE))]


def _best(given: list[tuple[float, bool]]) -> float:
    def f1(limit: float) -> float:
        said = [truth for share, truth in given if share >= limit]
        return 2 * sum(said) / ((len(said) + sum(truth for _, truth in given)) or 1)

    return max((step / 50 for step in range(5, 41)), key=f1)
