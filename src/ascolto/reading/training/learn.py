"""Learn from messages: weights, shares that mean what they say, and from where on yes is said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from ascolto.reading.features import Features
from ascolto.reading.model import Model
from ascolto.reading.training.calibration import calibrated
from ascolto.reading.training.deciding import Held, held, with_thresholds
from ascolto.reading.training.examples import Example
from ascolto.reading.training.fit import fitted
from ascolto.reading.training.folds import Folds, by_group, held_out


@dataclass(frozen=True, slots=True)
class Learning:
    """The model of all messages, and what models of fewer said of those they had not seen."""

    model: Model
    judged: list[Held]
    parts: Folds


def learnt(
    found: Sequence[Features],
    known: Sequence[Example],
    version: str,
    told: Callable[[str], None],
) -> Learning:
    """Six times the work of `fitted`: whole groups are held out in turn, then all is learnt."""
    parts = by_group(known)
    answers = held_out(found, known, parts, told)
    model, answers = calibrated(fitted(found, known), answers, known)
    judged = held(known, found, answers)
    heads = with_thresholds(model.heads, judged)
    return Learning(replace(model, heads=heads, version=version), judged, parts)
