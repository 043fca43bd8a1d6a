"""What speaks for two records being one person, and how much."""

import pytest

from ascolto.people.likeness.policy import (
    MOST,
    PROPOSED_FROM,
    WEIGHTS,
    Evidence,
    Portrait,
    compare,
    is_news,
    score,
)
from ascolto.people.likeness.words import clues_in, folded

GIULIA = Portrait(1, "Giulia Ferraris", emails=frozenset({"giulia.ferraris@example.org"}))


def kinds(left: Portrait, right: Portrait) -> list[str]:
    return [one.kind for one in compare(left, right)]


@pytest.mark.parametrize(
    ("other", "seen"),
    [
        (Portrait(2, "Ferraris Giulia"), ["RARE_NAME"]),
        (Portrait(2, "FERRARIS GIÙLIA", namesakes=7), ["NAME"]),
        (Portrait(2, "Giulia Feraris"), ["NAME_CLOSE"]),
        (Portrait(2, "Giulia"), []),
        (Portrait(2, "Giulio Moretti"), []),
        (Portrait(2, "Giulia Ferraris", kind="ORGANISATION"), []),
        (
            Portrait(2, "gf", shown=frozenset({"bluesky:giulia.ferraris.example"})),
            ["HANDLE", "HANDLE_NAME"],
        ),
        (Portrait(2, "gf", emails=frozenset({"giulia_ferraris@posta.example"})), ["HANDLE"]),
        (Portrait(2, "gf", clues=clues_in(["Saluti,\nGiulia Ferraris"])), ["SIGNATURE"]),
        (Portrait(2, "gf", clues=clues_in(["Sono giulia.ferraris@example.org"])), ["EMAIL"]),
    ],
)
def test_what_speaks_for_it(other: Portrait, seen: list[str]) -> None:
    assert kinds(GIULIA, other) == seen
    assert sorted(kinds(other, GIULIA)) == sorted(seen)


def test_a_number_in_his_words_is_the_number_of_the_other() -> None:
    luca = Portrait(2, "Luca", phones=frozenset({"+393331234567"}))
    writer = Portrait(3, "l.m.", clues=clues_in(["Chiamatemi al 333 123 45 67, grazie"]))

    [one] = compare(luca, writer)

    assert (one.kind, one.left, one.weight) == ("PHONE", "+393331234567", WEIGHTS["PHONE"])


def test_the_same_order_named_by_both_speaks_for_it() -> None:
    one = Portrait(2, "gf", clues=clues_in(["Dov'è l'ordine AB-12345?"]))
    other = Portrait(3, "g", clues=clues_in(["Ordine ab12345 mai arrivato"]))

    assert kinds(one, other) == ["REFERENCE"]


def test_two_accounts_of_one_network_are_told_apart_by_their_handles() -> None:
    one = Portrait(2, "gf", shown=frozenset({"x:giuliaferraris"}))
    other = Portrait(3, "g", shown=frozenset({"x:giulia_ferraris"}))
    elsewhere = Portrait(4, "g", shown=frozenset({"instagram:giulia.ferraris"}))

    assert kinds(one, other) == []
    assert kinds(one, elsewhere) == ["HANDLE"]


def test_a_name_that_many_have_is_not_enough_by_itself() -> None:
    common = compare(GIULIA, Portrait(2, "Giulia Ferraris", namesakes=5))
    rare = compare(GIULIA, Portrait(2, "Giulia Ferraris"))

    assert score(common) < PROPOSED_FROM <= score(rare)


def test_nothing_that_is_likely_is_ever_certain() -> None:
    everything = [Evidence(kind, "a", "a") for kind in WEIGHTS]

    assert score(everything) == MOST < 100


@pytest.mark.parametrize(
    ("new", "is_new"),
    [
        (Evidence("PHONE", "+39011", "+39011"), False),
        (Evidence("PHONE", "+39012", "+39012"), True),
        (Evidence("NAME", "Giulia", "GIULIA"), False),
        (Evidence("QUESTION", "oggi", "oggi"), False),
        (Evidence("EMAIL", "g@example.org", "g@example.org"), True),
    ],
)
def test_only_what_was_not_known_is_news(new: Evidence, is_new: bool) -> None:  # noqa: FBT001 # a row of the table
    known = [
        Evidence("PHONE", "+39011", "+39011"),
        Evidence("NAME", "giulia", "Giulia"),
        Evidence("QUESTION", "ieri", "ieri"),
    ]

    assert is_news(new, known) is is_new


def test_dates_hours_and_prices_are_no_numbers_of_orders() -> None:
    clues = clues_in(["Il 12/03/2026 alle 18:30 ho pagato 1200,50 € l'ordine 778812."])

    assert clues.numbers == {"778812"}
    assert folded("D’Ambrósio") == "d ambrosio"
