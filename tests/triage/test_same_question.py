"""Two things that one person wrote: one question, or two."""

import pytest

from ascolto.triage.policy.facts import facts_in
from ascolto.triage.policy.questions import Why, asked_in, same_question

MAIL_OF_GIULIA = "Buonasera, da stasera la fibra non funziona. Grazie, Giulia"

ONE = [
    (MAIL_OF_GIULIA, "@albatel fibra giù da stasera, qualcuno risponde?"),
    (MAIL_OF_GIULIA, "@albatel internet non va più, aiuto"),
    (MAIL_OF_GIULIA, "@albatel broadband is down tonight"),
    (
        "Salve, da ieri sera internet non va, il modem ha la luce rossa. Potete controllare?",
        "@albatel internet di nuovo giù, luce rossa sul modem",
    ),
    (
        "Il mio ordine AB-12345 non è ancora arrivato, dove si trova il pacco?",
        "ordine AB12345 mai arrivato, che fine ha fatto?",
    ),
    (
        "I still have not received the refund for order 778812, which I returned in March.",
        "@shop where is my refund for 778812??",
    ),
    (
        "Mi avete addebitato due volte la bolletta di marzo, 89,90 euro. Chiedo il rimborso.",
        "bolletta addebitata due volte! 89,90 € rivoglio i soldi",
    ),
    (
        "Hello, my broadband has been down since this morning, the router shows a red light.",
        "@albatel internet down again, red light on the router. Anyone?",
    ),
    (
        "Non riesco ad accedere al mio account, la password non viene accettata.",
        "impossibile accedere all'account, password non accettata",
    ),
    (
        "The technician did not show up for the appointment on 12 March.",
        "Waited all day for your technician, appointment missed on 12/03. Great service",
    ),
]
TWO = [
    (
        "Il mio ordine AB-12345 non è ancora arrivato, dove si trova il pacco?",
        "Il mio ordine AB-99999 non è ancora arrivato, dove si trova il pacco?",
        Why.OTHER_NUMBER,
    ),
    (
        "Il tecnico non è venuto all'appuntamento del 12 marzo.",
        "Il tecnico non è venuto all'appuntamento del 19 marzo.",
        Why.OTHER_DAY,
    ),
    (
        "The technician did not show up on March 12.",
        "The technician did not show up on 19/03/2026.",
        Why.OTHER_DAY,
    ),
    (
        "Mi avete addebitato 89,90 euro due volte.",
        "Mi avete addebitato due volte € 120",
        Why.OTHER_SUM,
    ),
    (MAIL_OF_GIULIA, "@albatel quando arriva la bolletta di marzo?", Why.OTHER_WORDS),
    ("Vorrei disdire il contratto", "complimenti al vostro tecnico!", Why.OTHER_WORDS),
    ("Where is my parcel?", "How do I change my password?", Why.OTHER_WORDS),
    (
        "Vorrei cambiare l'indirizzo di fatturazione",
        "la fattura è sbagliata, avete applicato l'iva due volte",
        Why.OTHER_WORDS,
    ),
    ("Buongiorno, grazie della risposta", "grazie mille, gentilissimi", Why.OTHER_WORDS),
    ("My internet is slow in the evening", "loved the new ad on tv", Why.OTHER_WORDS),
    ("", "@albatel 👍", Why.OTHER_WORDS),
]


@pytest.mark.parametrize(("one", "other"), ONE)
def test_one_question_in_other_words(one: str, other: str) -> None:
    forth = same_question(asked_in(one), asked_in(other))
    back = same_question(asked_in(other), asked_in(one))

    assert forth.same, forth
    assert back.same, back
    assert forth.reasons


@pytest.mark.parametrize(("one", "other", "why"), TWO)
def test_two_questions_however_alike_they_sound(one: str, other: str, why: Why) -> None:
    found = same_question(asked_in(one), asked_in(other))

    assert not found.same
    assert why in {reason.why for reason in found.reasons}


def test_the_reasons_can_be_read() -> None:
    found = same_question(
        asked_in("La fibra è giù, ordine 778812"), asked_in("fibra giù! ordine 778812")
    )

    told = {reason.why: reason.what for reason in found.reasons}
    assert told[Why.SAME_NUMBER] == ("778812",)
    assert {"fibra", "giu"} <= set(told[Why.SAME_WORDS])


def test_days_sums_and_numbers_are_told_apart() -> None:
    facts, rest = facts_in("Il 12/03/2026 alle 18:30 ho pagato 1.200,50 € per l'ordine AB-12345")

    assert facts.days == {(3, 12)}
    assert facts.sums == {1200}
    assert facts.codes == {"AB12345"}
    assert not any(letter.isdigit() for letter in rest)
