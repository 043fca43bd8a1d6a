"""`make train`: judge what is held out, say how well, then learn from everything and write it."""

import sys
from pathlib import Path

from ascolto.reading import model
from ascolto.reading.features import features
from ascolto.reading.training import folds, packing, scores
from ascolto.reading.training.calibration import calibrated
from ascolto.reading.training.examples import Example, examples
from ascolto.reading.training.fit import fitted

MODEL = Path(model.__file__).with_name("model.npz")


def main() -> None:
    """A minute or two on one core."""
    known = examples()
    found = [features(example.text) for example in known]
    _tell(f"{len(known)} messages, {len({example.group for example in known})} groups")
    raw = whole = fitted(found, known)
    for title, drawn in (("by chance", folds.by_chance), ("whole groups", folds.by_group)):
        _tell(f"Held out {title}:")
        answers = folds.held_out(found, known, drawn(known), _tell)
        whole, answers = calibrated(raw, answers, known)
        whole = folds.with_thresholds(whole, answers, known)
        _tell("\n".join(scores.lines(whole, answers, known)))
        _by_origin(whole, answers, known)
    packing.save(whole, MODEL)
    _tell(f"Written: {MODEL.name}, {MODEL.stat().st_size:,} bytes")


def _by_origin(whole: model.Model, answers: folds.Probabilities, known: list[Example]) -> None:
    """The messages of `first.jsonl` have another author: how well is he understood?"""
    first = [place for place, example in enumerate(known) if example.file == "first"]
    _tell("  of these, those of first.jsonl:")
    heads = scores.lines(whole, [answers[p] for p in first], [known[p] for p in first])
    _tell("\n".join(f"  {line}" for line in heads))


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
