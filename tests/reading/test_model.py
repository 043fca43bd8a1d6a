import pytest

from ascolto.reading import Text, read
from ascolto.reading.features import features, place
from ascolto.reading.model import shipped

SALE = "Saldi di fine stagione: tutte le lavatrici al 30 % di sconto."


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Non riesco ad accedere al sito", "it"),
        ("I have been waiting for two weeks", "en"),
        ("Ich habe seit gestern kein Internet", "de"),
        ("Je n'ai toujours pas reçu mon colis", "fr"),
        ("Todavía no he recibido el paquete", "es"),
        ("12345 🙂", ""),
    ],
)
def test_the_language_is_told_where_there_are_words(words: str, language: str) -> None:
    assert read(Text(words)).lang == language


def test_a_cry_for_help_under_a_sale_is_unrelated_to_it() -> None:
    words = "E il mio rimborso di giugno quando arriva? In chat nessuno mi risponde"

    assert read(Text(words, "post_comment", SALE)).unrelated_to_post


def test_a_question_about_the_sale_belongs_to_it() -> None:
    words = "Lo sconto vale anche per le asciugatrici?"

    assert not read(Text(words, "post_comment", SALE)).unrelated_to_post


def test_what_stands_under_no_post_is_not_unrelated() -> None:
    assert not read(Text("E il mio rimborso di giugno?", "email")).unrelated_to_post


def test_thanks_meant_as_the_opposite_are_not_praise() -> None:
    words = "Complimenti per la puntualità: tecnico atteso alle 9, arrivato mai"

    assert read(Text(words, "tweet")).polarity == "negative"


def test_every_judgement_gives_words_of_the_text_as_reasons() -> None:
    words = "la fattura di marzo è sbagliata"

    reading = read(Text(words))

    assert reading.topic == "billing"
    assert "fattura" in reading.why["topic"]


def test_probabilities_are_told_and_are_shares() -> None:
    probabilities = read(Text("Basta, vado da un altro gestore")).probabilities

    assert all(0 <= share <= 1 for share in probabilities.values())
    assert probabilities["churn_threat"] > 0.5


def test_the_shares_of_a_head_add_up_to_one() -> None:
    shares = shipped().probabilities(features(Text("Dove trovo la fattura?")))

    assert sum(shares["kind"].values()) == pytest.approx(1)


def test_a_name_has_one_place_forever() -> None:
    assert place("w:bolletta") == 22781


def test_a_very_long_text_is_read_by_its_beginning() -> None:
    assert read(Text("La linea non funziona. " + "bla " * 100_000)).kind == "problem"


def test_half_a_character_is_no_reason_to_fail() -> None:
    assert read(Text("la linea \ud83d non va")).kind == "problem"
