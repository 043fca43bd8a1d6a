"""Insults are covered, and what is asked beside them stays."""

import pytest

from ascolto.reading.abuse import covered, insults, is_abusive, rest


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Siete degli stronzi", "Siete degli s•••"),
        ("IDIOTI, due fatture!", "I•••, due fatture!"),
        ("Str0nzi e c*zzoni", "S••• e c•••"),
        ("You are idiots", "You are i•••"),
        ("Vergogna, tre settimane che aspetto", "Vergogna, tre settimane che aspetto"),
        ("Il mio cane ha rotto il modem", "Il mio cane ha rotto il modem"),
    ],
)
def test_insults_are_covered_and_heat_is_not(text: str, shown: str) -> None:
    assert covered(text) == shown


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ladri! Quando mi rimborsate la fattura?", "Quando mi rimborsate la fattura?"),
        ("Idioti, incapaci. Da lunedì senza linea.", "Da lunedì senza linea."),
        ("Buonasera, il modem non va", "Buonasera, il modem non va"),
        ("Stronzi", ""),
    ],
)
def test_what_is_said_beside_an_insult_stays(text: str, left: str) -> None:
    assert rest(text) == left


def test_places_are_those_of_the_text_as_it_was_written() -> None:
    text = "Però siete ladri, è chiaro"

    [(begin, end)] = insults(text)

    assert text[begin:end] == "ladri"


def test_the_longest_text_is_looked_through() -> None:
    assert is_abusive("a * ? [" * 2000 + " stronzi")
