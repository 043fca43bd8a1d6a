"""Learn from messages: weights, shares that mean what they say, and from where on yes is said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ascolto.reading.beside import Looks
from ascolto.reading.features import Features
from ascolto.reading.model import Model
from ascolto.reading.training.calibration import Lines, calibrated, lines
from ascolto.reading.training.deciding import Held, held, with_thresholds
from ascolto.reading.training.examples import Example
from ascolto.reading.training.fit import fitted
from ascolto.reading.training.folds import Folds, answers, by_group, without_each
from ascolto.reading.training.second import looks, second_looks


@dataclass(frozen=True, slots=True)
class Learning:
    """The model of all messages, and what models of fewer said of those they had not seen."""

    model: Model
    judged: list[Held]
    parts: Folds
    lines: Lines
    seen: list[Looks]  # as models saw them that had not learnt from them


def learnt(
    found: Sequence[Features],
    known: Sequence[Example],
    version: str,
    told: Callable[[str], None],
) -> Learning:
    """Six times the work of `fitted`: whole groups are held out in turn, then all is learnt."""
    parts = by_group(known)
    models = without_each(found, known, parts, told)
    heads = next(iter(models.values())).heads
    by = lines(heads, answers(models, found, parts), known)
    models = {part: calibrated(model, by) for part, model in models.items()}
    under = [at for at, one in enumerate(found) if one.post is not None]
    comments = [known[at] for at in under]
    seen = looks(models, [found[at] for at in under], parts[under])
    second, without = second_looks(seen, comments, parts[under])
    models = {part: replace(model, second=without.get(part)) for part, model in models.items()}
    judged = held(known, found, answers(models, found, parts))
    model = replace(
        calibrated(fitted(found, known), by),
        second=second,
        heads=with_thresholds(heads, judged),
        version=version,
    )
    return Learning(model, judged, parts, by, seen)
