import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from ascolto.cases.queries.quick_find import quick_find
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import case_of, page, part, reserved_case

pytestmark = pytest.mark.django_db


def _titles(desk: Client, words: str) -> list[str]:
    found = json.loads(part(desk, "/comandi/", q=words))
    return [one["title"] for one in found["cases"] + found["people"]]


def test_cases_and_people_are_found_by_unfinished_words(desk: Client) -> None:
    case = case_of("Giulia Ferraris", subject="Fibra giù", text="Il modem lampeggia.")

    assert _titles(desk, "ferr") == [f"C-{case.pk} Fibra giù", "Giulia Ferraris"]
    assert _titles(desk, "modem lampeg") == [f"C-{case.pk} Fibra giù"]


@pytest.mark.parametrize("written", ["C-{}", "c{}", "{}"])
def test_a_case_is_found_by_its_number(desk: Client, written: str) -> None:
    case = case_of("Giulia Ferraris", subject="Fibra giù")
    number = written.format(case.pk)

    found = _titles(desk, number if len(number) > 1 else f"C-{number}")

    assert f"C-{case.pk} Fibra giù" in found


def test_what_he_may_not_see_is_not_offered(desk: Client) -> None:
    secret = reserved_case(make.team("Legale", is_reserved=True))

    for words in ("neri", "diffida", f"C-{secret.pk}", "neri@example.org"):
        assert _titles(desk, words) == []


@pytest.mark.parametrize("words", ["", "a", "\x00", "a:* &", "''", "è" * 300])
def test_odd_words_break_nothing(desk: Client, words: str) -> None:
    assert isinstance(_titles(desk, words), list)


@pytest.mark.parametrize("number", [1, 8])
def test_it_costs_a_fixed_number_of_queries(
    elena: Colleague, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for position in range(number):
        case_of("Giulia Ferraris", subject=f"Caso {position}", minutes_ago=position)

    with django_assert_num_queries(14):
        quick_find(elena, "giulia")


def test_every_page_has_the_palette_and_tells_its_keys(desk: Client) -> None:
    shown = page(desk, "/clienti/")

    assert 'role="combobox"' in shown
    assert "<kbd>Ctrl</kbd> <kbd>K</kbd>" in shown
    assert "<kbd>j</kbd>" in shown


def test_letters_that_are_off_are_not_listed(desk: Client, elena: Colleague) -> None:
    Colleague.objects.filter(pk=elena.pk).update(keys_on=False)

    shown = page(desk, "/clienti/")

    assert "I tasti di una lettera sono spenti." in shown
    assert "<dt><kbd>j</kbd>" not in shown
    assert "<kbd>Ctrl</kbd> <kbd>K</kbd>" in shown
