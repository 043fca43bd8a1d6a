"""What would be said of held-out messages, from one threshold or another, the rules included."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ascolto.reading import rules
from ascolto.reading.features import Features, plainly
from ascolto.reading.judging import YES_OR_NO, decided, language, likeliest
from ascolto.reading.model import Head
from ascolto.reading.training.examples import ONE_OF, Example, belongs
from ascolto.reading.training.folds import Probabilities

SEEN = {"needs_care": 0.98}  # of what is so, the share that must be found
FOUND_COUNTS = {  # how much more finding counts than being right each time: who leaves has left
    "churn_threat": 2.0,
    "escalation_threat": 2.0,
}
ALL = 2.0  # more than any share: nothing is said because of the model
STEPS = [round(0.02 * step, 2) for step in range(2, 48)]
Heads = Mapping[str, Head]
Pair = tuple[object, object]  # what was said, what is true


@dataclass(frozen=True, slots=True)
class Held:
    """One message that was held out, and what the model said of it."""

    example: Example
    spoken: list[str]
    heard: rules.Heard
    shares: dict[str, dict[str, float]]

    def said(self, name: str, heads: Heads) -> object:
        """What the whole reading says of one field."""
        if name == "lang":
            return language(self.shares["lang"], self.spoken)
        if name in ONE_OF:
            return likeliest(self.shares[name])
        return decided(self.example.text, self.heard, self.shares, heads)[name]


def held(
    examples: Sequence[Example], found: Sequence[Features], answers: Probabilities
) -> list[Held]:
    """Those of them that were judged."""
    return [
        Held(example, features.spoken, rules.heard(plainly(example.text.text)), shares)
        for example, features, shares in zip(examples, found, answers, strict=True)
        if shares
    ]


def pairs(name: str, judged: Iterable[Held], heads: Heads) -> list[Pair]:
    """What is said and what is so, of all that have the field."""
    return [
        (one.said(name, heads), one.example.labels[name])
        for one in judged
        if belongs(one.example, name)
    ]


def with_thresholds(heads: Heads, judged: Sequence[Held]) -> dict[str, Head]:
    """From where on "yes" is said: for what `SEEN` names the highest threshold that sees enough,
    for the others the one with the best F."""
    chosen = dict(heads)
    for name in reversed(YES_OR_NO):  # threats first: whoever threatens needs care
        beta = FOUND_COUNTS.get(name, 1.0)
        counted = [_f_and_recall(given, beta) for given in _from_each(name, judged, chosen)]
        enough = [at for at, (_, seen) in enumerate(counted) if seen >= SEEN.get(name, ALL)]
        best = enough[-1] if enough else counted.index(max(counted))
        chosen[name] = replace(chosen[name], threshold=STEPS[best])
    return chosen


def _from_each(name: str, judged: Sequence[Held], heads: Heads) -> Iterator[list[Pair]]:
    """What would be said from each of `STEPS` on. Some is said whatever the model deems it, some
    never: that is asked once."""
    always, never = (
        [
            said
            for said, _ in pairs(
                name, judged, {**heads, name: replace(heads[name], threshold=limit)}
            )
        ]
        for limit in (ALL, 0.0)
    )
    own = [one for one in judged if belongs(one.example, name)]
    for limit in STEPS:
        yield [
            (sure or (may and one.shares[name][name] >= limit), one.example.labels[name])
            for one, sure, may in zip(own, always, never, strict=True)
        ]


def _f_and_recall(given: Sequence[Pair], beta: float) -> tuple[float, float]:
    """F with recall counted `beta` times as much as precision (van Rijsbergen), and recall."""
    right = sum(bool(said) and bool(truth) for said, truth in given)
    told = sum(bool(said) for said, _ in given)
    true = sum(bool(truth) for _, truth in given)
    weighed = (1 + beta**2) * right / ((told + beta**2 * true) or 1)
    return weighed, right / (true or 1)
