"""The second look at comments: what they are about alone, what their post is about, and both."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ascolto.reading import Text, read
from ascolto.reading.beside import HEAD, looked_at, share
from ascolto.reading.features import features
from ascolto.reading.model import loaded, shipped
from ascolto.reading.training.examples import examples
from ascolto.reading.training.folds import by_group
from ascolto.reading.training.packing import save
from ascolto.reading.training.second import looks, second_looks

OFFER = "Smartphone Z5 a 15€ al mese: il primo mese lo offriamo noi."
WORKS = "Domani dalle 9 alle 12 lavori sulla linea di via Roma: possibili interruzioni."
MINE = "la fattura di marzo è sbagliata e non risponde nessuno"


def test_a_comment_is_also_looked_at_as_if_there_were_no_post() -> None:
    looks = shipped().looks(features(Text(MINE, "post_comment", OFFER)))

    alone = shipped().probabilities(features(Text(MINE, "tweet")))
    assert looks.alone["topic"] == pytest.approx(alone["topic"], abs=1e-4)
    assert looks.alone["kind"] == pytest.approx(alone["kind"], abs=1e-4)


def test_the_post_is_also_looked_at_as_if_it_were_a_text() -> None:
    looks = shipped().looks(features(Text(MINE, "post_comment", OFFER)))

    post = shipped().probabilities(features(Text(OFFER)))
    assert looks.post["topic"] == pytest.approx(post["topic"], abs=1e-4)


def test_what_is_no_comment_is_not_looked_at_twice() -> None:
    with pytest.raises(ValueError, match="comment"):
        shipped().looks(features(Text(MINE, "email")))


def test_what_it_shares_with_its_post_is_counted() -> None:
    looks = shipped().looks(features(Text("lo smartphone arriva domani?", "chat", OFFER)))

    assert looks.shared.stems == 1
    assert looks.shared.meanings >= 1


def test_the_same_cry_is_beside_an_offer_and_not_beside_the_works_it_is_about() -> None:
    cry = "in via Roma siamo ancora senza linea"

    assert read(Text(cry, "post_comment", OFFER)).unrelated_to_post
    beside_offer, beside_works = (
        read(Text(cry, "post_comment", post)).probabilities[HEAD] for post in (OFFER, WORKS)
    )
    assert beside_works < beside_offer - 0.2


@pytest.mark.parametrize("asked", ["quanto costa dopo il primo mese?", "Vale per chi è cliente?"])
def test_who_asks_about_the_offer_is_not_beside_it(asked: str) -> None:
    assert not read(Text(asked, "post_comment", OFFER)).unrelated_to_post


def test_who_wants_nothing_is_not_beside_the_post() -> None:
    assert not read(Text("bellissimo!!", "post_comment", OFFER)).unrelated_to_post


def test_without_a_second_look_the_first_stands() -> None:
    comment = features(Text(MINE, "post_comment", OFFER))

    first = replace(shipped(), second=None).probabilities(comment)

    twice = shipped().probabilities(comment)
    assert first["kind"] == twice["kind"]
    assert first[HEAD] != twice[HEAD]


def test_the_second_look_is_kept_in_the_file(tmp_path: Path) -> None:
    save(shipped(), tmp_path / "m.npz")

    with (tmp_path / "m.npz").open("rb") as file:
        kept = loaded(file)

    assert kept.second is not None
    assert kept.second.tolist() == shipped().second.tolist()  # type: ignore[union-attr] # shipped


def test_shares_add_up_to_what_is_so() -> None:
    comments = [example for example in examples() if example.text.post][::6]
    folds = by_group(comments)
    models = dict.fromkeys(set(folds.tolist()), shipped())
    seen = looks(models, [features(comment.text) for comment in comments], folds)

    _, without = second_looks(seen, comments, folds)

    told = [share(look, without[part]) for look, part in zip(seen, folds.tolist(), strict=True)]
    so = sum(comment.labels[HEAD] for comment in comments)
    assert sum(told) == pytest.approx(so, rel=0.02)
    assert np.isfinite(looked_at(seen[0])).all()
