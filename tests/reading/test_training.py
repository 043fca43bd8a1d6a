"""Learning: the arithmetic of it, on a few messages."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ascolto.reading import Text
from ascolto.reading.features import features
from ascolto.reading.model import loaded
from ascolto.reading.training.deciding import held, pairs, with_thresholds
from ascolto.reading.training.examples import Example, examples
from ascolto.reading.training.fit import fitted, rarity
from ascolto.reading.training.folds import by_group
from ascolto.reading.training.packing import save
from ascolto.reading.training.solve import shares
from ascolto.reading.training.sparse import likeness, rows, weights

SOME = examples()[::25]
FOUND = [features(example.text) for example in SOME]


def test_the_likeness_of_two_texts_is_what_they_share() -> None:
    seen = rows(FOUND, rarity(FOUND))
    dense = np.zeros((seen.count, seen.places.max() + 1))
    dense[seen.texts, seen.places] = seen.amounts

    assert likeness(seen) == pytest.approx(dense @ dense.T + 1, abs=1e-3)


def test_what_is_learnt_is_where_nothing_pulls_any_more() -> None:
    alike = likeness(rows(FOUND, rarity(FOUND)))
    truth = np.array([[float(example.labels["kind"] == "praise")] for example in SOME])

    given = shares(alike, truth, 10.0)

    likely = 1 / (1 + np.exp(-(alike @ given)))
    pull = alike @ (likely - truth + given / 10.0)
    at_first = alike @ (0.5 - truth)
    assert np.abs(pull).max() < np.abs(at_first).max() / 50


def test_places_give_what_texts_gave() -> None:
    seen = rows(FOUND, rarity(FOUND))
    given = np.random.default_rng(1).normal(size=(seen.count, 2))

    sums = [
        (weights(seen, given)[seen.places[seen.texts == text]].T * seen.amounts[seen.texts == text])
        .sum(axis=1)
        .tolist()
        for text in range(3)
    ]

    assert sums == pytest.approx(((likeness(seen) - 1) @ given)[:3], abs=1e-2)


def test_the_same_messages_give_the_same_file(tmp_path: Path) -> None:
    for name in ("one", "other"):
        save(replace(fitted(FOUND, SOME), version="v"), tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_a_model_reads_alike_from_its_file(tmp_path: Path) -> None:
    model = fitted(FOUND, SOME)
    save(replace(model, version="house+1"), tmp_path / "m.npz")

    with (tmp_path / "m.npz").open("rb") as file:
        kept = loaded(file)

    asked = features(Text("la linea non funziona"))
    assert kept.version == "house+1"
    assert kept.probabilities(asked)["kind"] == pytest.approx(
        model.probabilities(asked)["kind"], abs=0.05
    )


def test_no_group_is_on_both_sides() -> None:
    parts = by_group(SOME)
    groups = [{SOME[at].group for at in np.flatnonzero(parts == part)} for part in set(parts)]

    assert sum(map(len, groups)) == len(set[str]().union(*groups))


def test_who_needs_care_is_seen_from_the_chosen_threshold_on() -> None:
    model = fitted(FOUND, SOME)
    judged = held(SOME, FOUND, [model.probabilities(one) for one in FOUND])

    heads = with_thresholds(model.heads, judged)

    told = [said for said, truth in pairs("needs_care", judged, heads) if truth]
    assert sum(map(bool, told)) / len(told) >= 0.97


def test_what_was_not_said_is_not_learnt() -> None:
    half = Example(Text("boh"), "x", {"kind": "noise"}, "corrections")

    model = fitted([*FOUND, features(half.text)], [*SOME, half], ["kind", "topic"])

    assert set(model.heads) == {"kind", "topic"}
