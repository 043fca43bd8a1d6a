import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascolto.reading import Text, read


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("È mezzanotte e la linea non funziona", "problem"),
        ("Aspetto da tre settimane il trasloco, quattro chiamate e nessuno risponde", "problem"),
        ("Quanto costa cambiare il modem?", "request"),
        ("Il tecnico è arrivato puntuale, bravissimo. Complimenti!", "praise"),
        ("Sarebbe utile una app più semplice", "suggestion"),
        ("ahahah", "noise"),
        ("My internet is not working since Monday", "problem"),
    ],
)
def test_the_kind_is_told_by_visible_words(words: str, kind: str) -> None:
    assert read(Text(words)).kind == kind


@pytest.mark.parametrize(
    ("words", "threatens"),
    [
        ("Se non risolvete mi rivolgo all’avvocato e all’AGCOM", True),
        ("Il mio avvocato mi ha consigliato la vostra offerta", False),
        ("Sono il legale rappresentante della ditta", False),
    ],
)
def test_a_lawyer_is_a_threat_only_against_us(words: str, *, threatens: bool) -> None:
    assert read(Text(words)).escalation_threat is threatens


@pytest.mark.parametrize(
    ("words", "leaves"),
    [("Basta, cambio operatore", True), ("Non voglio cambiare operatore, solo capire", False)],
)
def test_who_says_that_he_stays_does_not_leave(words: str, *, leaves: bool) -> None:
    assert read(Text(words)).churn_threat is leaves


def test_a_threat_needs_care_whatever_else_is_said() -> None:
    assert read(Text("Cambio operatore")).needs_care


def test_the_words_that_decided_are_given() -> None:
    assert read(Text("La linea non funziona, vergogna")).why["angry"][0] == "vergogna"


@given(st.text(max_size=300), st.text(max_size=60))
def test_whatever_is_said_is_read(words: str, post: str) -> None:
    reading = read(Text(words, "bluesky", post))

    assert reading.kind in {"problem", "request", "praise", "suggestion", "noise"}
    assert reading.needs_care or reading.kind not in {"problem", "request"}
