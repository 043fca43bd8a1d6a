"""What tells who somebody is leaves no text, and comes back where it stood."""

import pytest

from ascolto.knowledge.likeness import nearness, rare
from ascolto.knowledge.masking import Mask, has_signs, without_people

LETTER = (
    "Sono Giulia Ferraris, scrivo da giulia@example.org. Il mio numero è +39 347 1234567, il "
    "codice fiscale FRRGLI80A41L219X, l'IBAN IT60 X054 2811 1010 0000 0123 456 e l'ordine "
    "ORD-20931. Guardi https://esempio.example/u/giulia. Ho pagato 318,40 € il 12/03/2026."
)


@pytest.mark.parametrize(
    "told",
    [
        "Giulia",
        "Ferraris",
        "giulia@example.org",
        "347 1234567",
        "FRRGLI80A41L219X",
        "IT60 X054 2811 1010 0000 0123 456",
        "ORD-20931",
        "esempio.example",
    ],
)
def test_nothing_that_tells_who_it_is_is_left(told: str) -> None:
    assert told not in Mask(["Giulia Ferraris"]).over(LETTER)


def test_amounts_and_days_are_nobodys_secret() -> None:
    masked = Mask([]).over(LETTER)

    assert "318,40 €" in masked
    assert "12/03/2026" in masked


def test_what_was_covered_comes_back_as_it_was() -> None:
    mask = Mask(["Giulia Ferraris"])

    assert mask.lifted(mask.over(LETTER)) == LETTER


def test_the_same_value_has_the_same_sign_in_every_text() -> None:
    mask = Mask()

    assert mask.over("a giulia@example.org") == "a [email 1]"
    assert mask.over("da anna@example.org e giulia@example.org") == "da [email 2] e [email 1]"


def test_a_sign_that_was_made_up_is_left_alone() -> None:
    assert Mask().lifted("Scriva a [email 7]") == "Scriva a [email 7]"


def test_an_earlier_answer_speaks_to_the_customer_of_now() -> None:
    said = "Gentile Rossi, Paolo la chiama al 347 1234567. Elena Sala"

    text = without_people(said, names={"Paolo Rossi": "Giulia Ferraris", "Elena Sala": "Sara Lo"})

    assert text == "Gentile Ferraris, Giulia la chiama al [telefono]. Sara Lo"
    assert has_signs(text)


def test_a_name_within_a_word_is_no_name() -> None:
    assert without_people("Il pianoforte", names={"Pia Forte": "Anna Lenti"}) == "Il pianoforte"


def test_rare_words_weigh_more_than_common_ones() -> None:
    asked = {"router": 0.002, "lampegg": 0.0004, "ciao": 0.4}

    near = nearness(asked, "Il router lampeggia rosso")
    far = nearness(asked, "Ciao, il router")

    assert near.score == 1.0
    assert near.words == ("lampeggia", "router")
    assert 0 < far.score < near.score
    assert nearness(asked, "Ciao a tutti").score == 0


def test_a_question_of_common_words_is_not_looked_for() -> None:
    assert rare({"ciao": 0.4, "grazi": 0.3}, most=6) == []
    assert rare({"ciao": 0.4, "modem": 0.01, "ruterz": 0.0}, most=6) == ["ruterz", "modem"]
