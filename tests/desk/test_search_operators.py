from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case, CaseTag, Tag
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import answered, case_of, page, reserved_case, sent

pytestmark = pytest.mark.django_db


def _address(case: Case) -> str:
    return f"/casi/C-{case.pk}/"


def _found(desk: Client, words: str, *cases: Case) -> list[bool]:
    shown = page(desk, "/cerca/", q=words)
    return [_address(case) in shown for case in cases]


def test_words_of_one_person(desk: Client, elena: Colleague) -> None:
    giulia = case_of("Giulia Ferraris", text="Il modem è spento.")
    luca = case_of("Luca Moretti", text="Il modem è rotto.")
    sent(answered(luca, elena, "Giulia la chiamerà per il modem."))

    assert _found(desk, "da:giulia modem", giulia, luca) == [True, False]
    assert _found(desk, "from:luca@example.org modem", giulia, luca) == [False, True]


def test_what_was_said_to_him_is_not_what_he_said(desk: Client, elena: Colleague) -> None:
    giulia = case_of("Giulia Ferraris", text="Quando viene il tecnico?")
    sent(answered(giulia, elena, "Il parabolico arriva giovedì."))

    assert "<mark>" not in page(desk, "/cerca/", q="da:giulia parabolico")


def test_cases_by_who_follows_them_and_how_they_stand(desk: Client, elena: Colleague) -> None:
    mine, free = case_of("Giulia Ferraris"), case_of("Luca Moretti")
    Case.objects.filter(pk=mine.pk).update(assignee=elena)
    Case.objects.filter(pk=free.pk).update(
        resolved_at=timezone.now(), waiting_since=None, due_at=None
    )

    assert _found(desk, "chi:io", mine, free) == [True, False]
    assert _found(desk, "assignee:sala", mine, free) == [True, False]
    assert _found(desk, "chi:nessuno", mine, free) == [False, True]
    assert _found(desk, "stato:risolto", mine, free) == [False, True]
    assert _found(desk, "stato:aperto squadra:assist", mine, free) == [True, False]


def test_snoozed_cases_are_found_by_their_state(desk: Client) -> None:
    asleep, awake = case_of("Giulia Ferraris"), case_of("Luca Moretti")
    later = timezone.now() + timedelta(days=1)
    Case.objects.filter(pk=asleep.pk).update(snoozed_until=later)

    assert _found(desk, "stato:rimandato", asleep, awake) == [True, False]


def test_cases_by_tag_and_channel(desk: Client, elena: Colleague) -> None:
    tagged, plain = case_of("Giulia Ferraris"), case_of("Luca Moretti")
    tag = Tag.objects.create(name="guasto fibra", made_at=make.NOON)
    CaseTag.objects.create(case=tagged, tag=tag, by=elena, at=make.NOON)

    assert _found(desk, "etichetta:guasto", tagged, plain) == [True, False]
    assert _found(desk, "canale:email", tagged, plain) == [True, True]
    assert _found(desk, "canale:telefono", tagged, plain) == [False, False]


def test_a_period_narrows_the_words(desk: Client) -> None:
    old = case_of("Giulia Ferraris", text="Modem spento.", minutes_ago=60 * 24 * 10)
    new = case_of("Luca Moretti", text="Modem rotto.")
    week = (timezone.localtime() - timedelta(days=7)).date().isoformat()

    assert _found(desk, f"prima:{week} modem", old, new) == [True, False]
    assert _found(desk, f"dopo:{week} modem", old, new) == [False, True]
    assert _found(desk, f"dopo:{week}", old, new) == [False, True]


def test_an_exact_phrase_and_a_word_left_out(desk: Client) -> None:
    phrase = case_of("Giulia Ferraris", text="Il punto vendita era chiuso.")
    apart = case_of("Luca Moretti", text="Vendita finita, punto e basta.")

    assert _found(desk, '"punto vendita"', phrase, apart) == [True, False]
    assert _found(desk, "vendita -chiuso", phrase, apart) == [False, True]


def test_an_operator_that_nobody_knows_is_said_and_searched_as_words(desk: Client) -> None:
    case = case_of("Giulia Ferraris", text="Il telefono è di colore rosso.")

    shown = page(desk, "/cerca/", q="colore:rosso")

    assert "«colore:rosso» non è fra le cose che si possono chiedere" in shown
    assert _address(case) in shown


def test_a_value_that_makes_no_sense_is_said(desk: Client) -> None:
    assert "«dopo:mai» non è fra le cose" in page(desk, "/cerca/", q="dopo:mai")


def test_no_operator_opens_a_closed_team(desk: Client) -> None:
    secret = reserved_case(make.team("Legale", is_reserved=True))

    for words in ("squadra:legale", "da:neri", "da:neri diffida", "chi:nessuno", "canale:legale"):
        assert _found(desk, words, secret) == [False]


def test_a_customer_without_cases_is_found_and_leads_to_his_page(desk: Client) -> None:
    luca = make.customer("Luca Moretti")

    assert f"/clienti/{luca.pk}/" in page(desk, "/cerca/", q="moretti")


def test_the_operators_are_explained_where_they_are_written(desk: Client) -> None:
    shown = page(desk, "/cerca/")

    assert "etichetta:guasto" in shown
    assert "Come si cerca" in shown
