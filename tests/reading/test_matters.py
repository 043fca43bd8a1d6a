"""One text that asks for two things is told from one that speaks long of one thing."""

import pytest

from ascolto.reading import Text, read_many
from ascolto.reading.matters import Part, certain, matters
from ascolto.reading.training.examples import examples

LINE = "Buongiorno, da ieri la fibra non funziona e il modem ha la luce rossa."
BILL = "la bolletta di ottobre è doppia: chiedo il rimborso della fattura pagata due volte."


def parts_of(words: str) -> list[Part]:
    return matters(Text(words, "email"), read_many)


def told(words: str) -> list[tuple[str, str]]:
    return [(part.topic, words[part.starts : part.ends]) for part in parts_of(words)]


def test_two_things_asked_for_are_two_parts_in_the_writers_own_words() -> None:
    words = f"{LINE} Inoltre {BILL}"

    assert told(words) == [("connectivity", LINE), ("billing", f"Inoltre {BILL}")]
    assert certain(parts_of(words))


@pytest.mark.parametrize(
    ("words", "topics"),
    [
        (
            (
                "Salve,\nla caldaia che mi avete riparato perde ancora acqua, serve il tecnico.\n\n"
                "Un'altra cosa: non riesco più ad accedere all'area clienti, la password non va."
            ),
            ["delivery_repair", "account_app"],
        ),
        (
            (
                "Good morning, my line has been down since Monday. Also, I was charged twice on my"
                " last bill, please refund the second payment."
            ),
            ["connectivity", "billing"],
        ),
        (
            (
                "Vorrei disdire il contratto della linea di mia madre. Poi vorrei sapere perché la"
                " fattura di settembre è di 89 euro."
            ),
            ["contract", "billing"],
        ),
    ],
)
def test_it_is_told_in_several_ways(words: str, topics: list[str]) -> None:
    assert [part.topic for part in parts_of(words)] == topics


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Internet non va da tre giorni.",
        f"Buongiorno, {BILL} Il pagamento è stato addebitato due volte sul conto.",
        "Non funziona internet, ho chiamato tre volte e nessuno mi ha richiamato. Siete pessimi.",
        "La linea è giù da lunedì. Se non sistemate entro domani faccio disdetta del contratto.",
        "Grazie mille per la riparazione, siete stati veloci. La bolletta di ottobre è doppia.",
    ],
)
def test_one_thing_is_one_however_long_he_speaks_of_it(words: str) -> None:
    assert parts_of(words) == []


def test_where_he_does_not_say_that_it_is_another_thing_somebody_is_asked() -> None:
    words = f"{LINE} Quando arriva il pacco con il nuovo modem? Doveva essere consegnato lunedì."

    assert len(parts_of(words)) == 2
    assert not certain(parts_of(words))


def test_of_messages_on_one_matter_hardly_any_is_taken_for_two() -> None:
    alone = [example.text for example in examples()]

    found = [parts for text in alone if (parts := matters(text, read_many))]

    assert len(found) <= 0.005 * len(alone)
    assert not any(certain(parts) for parts in found)
