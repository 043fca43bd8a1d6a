from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ascolto.cases.models import Case
from ascolto.cases.queries import search as look
from ascolto.desk.search import marked
from ascolto.staff.models import Colleague
from tests.desk.builders import case_of, page

pytestmark = pytest.mark.django_db


def test_words_are_found_in_what_was_said_without_minding_accents(desk: Client) -> None:
    case = case_of("Giulia Ferraris", text="La pubblicità diceva un’altra cosa.")

    shown = page(desk, "/cerca/", q="PUBBLICITA")

    assert "<mark>pubblicità</mark>" in shown
    assert f"/casi/C-{case.pk}/" in shown


def test_a_person_is_found_by_the_beginning_of_his_name(desk: Client) -> None:
    case = case_of("Giulia Ferraris", subject="Fibra giù")

    shown = page(desk, "/cerca/", q="ferrar")

    assert "Giulia Ferraris" in shown
    assert f"C-{case.pk} Fibra giù" in shown


def test_a_case_is_found_by_its_number(desk: Client) -> None:
    case = case_of("Giulia Ferraris", subject="Fibra giù")

    assert "Il caso con questo numero" in page(desk, "/cerca/", q=f"c-{case.pk}")


def test_a_snippet_shows_tags_as_text() -> None:
    snippet = f"<img src=x onerror=y> {look.START}fattura{look.STOP} {look.STOP}& altro"

    assert marked(snippet) == ("&lt;img src=x onerror=y&gt; <mark>fattura</mark> &amp; altro")


def test_a_message_with_tags_is_shown_as_text(desk: Client) -> None:
    case_of("Giulia", text="<b onclick=alert(1)>bonifico</b> fatto ieri")

    assert "<b onclick" not in page(desk, "/cerca/", q="bonifico")


def test_a_scope_narrows_it(desk: Client) -> None:
    case = case_of("Giulia Ferraris", subject="Bonifico", text="Bonifico fatto.")
    address = f"/casi/C-{case.pk}/"
    Case.objects.filter(pk=case.pk).update(resolved_at=timezone.now(), waiting_since=None)

    assert address in page(desk, "/cerca/", q="bonifico", dove="risolti")
    assert "<mark>" not in page(desk, "/cerca/", q="bonifico", dove="aperti")
    assert "<mark>" not in page(desk, "/cerca/", q="bonifico", dove="miei")


def test_nothing_found_says_where_we_looked(desk: Client) -> None:
    assert "Niente con «zanzara»." in page(desk, "/cerca/", q="zanzara")


def test_odd_words_find_nothing_and_break_nothing(desk: Client) -> None:
    for words in ("\x00", "'", '"', "a & | !", "()", ":*", "   ", "è" * 500):
        assert desk.get("/cerca/", {"q": words}).status_code == 200


def test_a_search_that_takes_too_long_is_stopped_and_explained(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    case_of("Giulia Ferraris")

    def sleep(*_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("select pg_sleep(5)")

    monkeypatch.setattr(look, "PATIENCE", "100ms")
    monkeypatch.setattr(look, "_hits", sleep)

    shown = page(desk, "/cerca/", q="tecnico")

    assert "l’abbiamo fermata" in shown


def test_the_patience_of_a_search_ends_with_it(elena: Colleague) -> None:
    with connection.cursor() as cursor:
        cursor.execute("show statement_timeout")
        before = cursor.fetchone()

    look.search(elena, "tecnico", scope="all", now=timezone.now())

    with connection.cursor() as cursor:
        cursor.execute("show statement_timeout")
        assert cursor.fetchone() == before


@pytest.mark.parametrize("number", [1, 12])
def test_a_search_costs_a_fixed_number_of_queries(
    elena: Colleague, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for position in range(number):
        case_of("Giulia Ferraris", subject=f"Caso {position}", minutes_ago=position)

    with django_assert_num_queries(12):
        look.search(elena, "tecnico", scope="all", now=timezone.now())


def found_cases(elena: Colleague) -> list[int]:
    found = look.search(elena, "bonifico", scope="all", now=timezone.now())
    return sorted(hit.case.pk for hit in found.hits)


def test_a_common_word_is_looked_for_among_the_newest_first(
    elena: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [case_of(f"Vera{number} Neri", text="Bonifico fatto.") for number in range(5)]
    of_the_last_two = sum(case.messages.count() for case in cases[-2:])
    monkeypatch.setattr(look, "COMMON", -1)
    monkeypatch.setattr(look, "SHOWN", 1)
    monkeypatch.setattr(look, "STRETCHES", (of_the_last_two, 1))

    assert set(found_cases(elena)) <= {case.pk for case in cases[-2:]}


def test_a_common_word_that_the_newest_do_not_hold_is_found_in_the_rest(
    elena: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [case_of(f"Vera{number} Neri", text="Bonifico fatto.") for number in range(5)]
    monkeypatch.setattr(look, "COMMON", -1)
    monkeypatch.setattr(look, "STRETCHES", (1, 3))

    assert found_cases(elena) == [case.pk for case in cases]


def test_what_the_newest_hold_is_shown_where_older_ones_take_too_long(
    desk: Client, elena: Colleague, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [case_of(f"Vera{number} Neri", text="Bonifico fatto.") for number in range(3)]
    of_the_last = cases[-1].messages.count()
    ranked, asked = look._ranked, []  # noqa: SLF001 # the one place where time is spent

    def slow_the_second_time(*of: Any) -> Any:
        asked.append(of)
        if len(asked) == 2:
            with connection.cursor() as cursor:
                cursor.execute("select pg_sleep(5)")
        return ranked(*of)

    monkeypatch.setattr(look, "COMMON", -1)
    monkeypatch.setattr(look, "STRETCHES", (of_the_last,))
    monkeypatch.setattr(look, "PATIENCE", "300ms")
    monkeypatch.setattr(look, "_ranked", slow_the_second_time)

    shown = page(desk, "/cerca/", q="bonifico")

    assert "Vera2 Neri" in shown
    assert "per i più vecchi serve una parola in più" in shown


@pytest.mark.parametrize("operators", ["dopo:2020-01-01", "prima:2099-01-01"])
def test_a_common_word_within_a_time_is_looked_for_among_the_newest_of_it(
    elena: Colleague, monkeypatch: pytest.MonkeyPatch, operators: str
) -> None:
    cases = [
        case_of(f"Vera{number} Neri", text="Bonifico fatto.", minutes_ago=number)
        for number in range(5)
    ]
    monkeypatch.setattr(look, "COMMON", -1)
    monkeypatch.setattr(look, "STRETCHES", (1, 2, 3))
    words = f"{operators} bonifico"

    def found(shown: int) -> set[int]:
        monkeypatch.setattr(look, "SHOWN", shown)
        hits = look.search(elena, words, scope="all", now=timezone.now()).hits
        return {hit.case.pk for hit in hits}

    assert found(1) <= {case.pk for case in cases[:2]}
    assert found(25) == {case.pk for case in cases}
    assert (
        look.search(elena, "prima:2020-01-01 bonifico", scope="all", now=timezone.now()).hits == []
    )
