"""`make train`: judge what is held out, say how well, then learn from everything and write it."""

import hashlib
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ascolto.reading import model
from ascolto.reading.features import Features, features
from ascolto.reading.training import folds, packing, scores
from ascolto.reading.training.calibration import calibrated
from ascolto.reading.training.deciding import held
from ascolto.reading.training.examples import Example, examples
from ascolto.reading.training.learn import Learning, learnt
from ascolto.reading.training.second import second_looks

MODEL = Path(model.__file__).with_name("model.npz")
# What a text shows, and what is made of it.
LOOKS = ("beside", "features", "folding", "judging", "model", "rules", "wording")


def main() -> None:
    """Some minutes on one core."""
    known = examples()
    found = [features(example.text) for example in known]
    _tell(f"{len(known)} messages, {len({example.group for example in known})} groups")
    _tell("Whole groups held out, thresholds chosen on the other parts:")
    done = learnt(found, known, _version(), _tell)
    whole = done.model
    _tell("\n".join(scores.nested(whole.heads, done.judged, done.parts.tolist())))
    _tell(", ".join(f"{head.name} {head.threshold}" for head in whole.heads.values()))
    _strangers(done, found, known)
    packing.save(whole, MODEL)
    _tell(f"Written: {MODEL.name}, {MODEL.stat().st_size:,} bytes, version {whole.version}")


def _strangers(done: Learning, found: Sequence[Features], known: Sequence[Example]) -> None:
    """The messages of `first.jsonl` have another author: how well is he understood?

    Thresholds are those of the whole model; the second look is learnt without his comments.
    """
    own = folds.of_strangers(known)
    comments = [at for at, one in enumerate(found) if one.post is not None]
    others = [
        (look, known[at], done.parts[at])
        for look, at in zip(done.seen, comments, strict=True)
        if known[at].file != "first"
    ]
    seen, taught, folded = zip(*others, strict=True)
    second, _ = second_looks(seen, taught, np.array(folded))
    for title, parts in (
        ("first.jsonl, learnt from the other files alone:", np.minimum(own, 0)),
        ("first.jsonl, learnt from the other files and its own other groups:", own),
    ):
        models = {
            part: replace(calibrated(one, done.lines), second=second)
            for part, one in folds.without_each(found, known, parts, _tell).items()
        }
        judged = held(known, found, folds.answers(models, found, parts))
        _tell(title)
        _tell("\n".join(scores.lines(done.model.heads, judged)))


def _version() -> str:
    """Names what was learnt from, and how."""
    digest = hashlib.sha256()
    here = Path(model.__file__).parent
    seen = [*sorted(here.glob("training/data/*.jsonl")), *sorted(here.glob("*.toml"))]
    looked_at = [here / f"{name}.py" for name in LOOKS]
    for path in [*seen, *looked_at, *sorted(here.glob("training/*.py"))]:
        digest.update(path.read_bytes())
    return f"ascolto-{digest.hexdigest()[:8]}"


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
