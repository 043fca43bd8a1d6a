from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case
from ascolto.desk import words
from tests import make
from tests.desk.builders import case_of, page, part

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_every_choice_says_the_moment_of_the_return(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    shown = part(desk, f"/casi/C-{case.pk}/fogli/rimanda/")

    assert "Domattina" in shown
    assert 'data-sheet-key="d"' in shown
    assert shown.count("alle ") >= 2


def test_the_sheet_is_a_page_without_script(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    shown = page(desk, f"/casi/C-{case.pk}/fogli/rimanda/")

    assert "<html" in shown
    assert "Fino a quando lo rimandi?" in shown


def test_what_is_chosen_is_what_happens(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    until = timezone.now() + timedelta(days=2)

    desk.post(f"/casi/C-{case.pk}/rimanda/", {"quando": until.isoformat(), "anche": "1"})

    asleep = Case.objects.get(pk=case.pk)
    assert (asleep.snoozed_until, asleep.sleeps_through) == (until, True)
    assert case.subject not in page(desk, "/casella/squadra/")
    assert f"torna {words.when(until, now=timezone.now())}" in page(desk, "/casella/rimandati/")


def test_the_deed_says_when_it_returns_and_can_be_undone(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    until = timezone.now() + timedelta(days=2)

    answer = desk.post(
        f"/casi/C-{case.pk}/rimanda/", {"quando": until.isoformat()}, headers=HTMX
    ).content.decode()
    desk.post(f"/casi/C-{case.pk}/riprendi/", headers=HTMX)

    assert f"Rimandato: torna {words.on(until, now=timezone.now())}." in answer
    assert Case.objects.get(pk=case.pk).snoozed_until is None


@pytest.mark.parametrize("moment", ["2020-01-01T09:00", "", "domani", "9999-12-31T23:59:59"])
def test_a_moment_that_cannot_be_is_explained_where_it_was_chosen(
    desk: Client, moment: str
) -> None:
    case = case_of("Giulia Ferraris")

    answer = desk.post(f"/casi/C-{case.pk}/rimanda/", {"data": moment}, headers=HTMX)

    assert answer.status_code == 422
    assert answer["HX-Retarget"] == "#foglio"
    assert "Scegli" in answer.content.decode()
    assert Case.objects.get(pk=case.pk).snoozed_until is None


def test_an_hour_picked_is_an_hour_where_the_company_is(desk: Client) -> None:
    make.company()
    case = case_of("Giulia Ferraris")
    day = timezone.localtime(timezone.now() + timedelta(days=3)).date()

    desk.post(f"/casi/C-{case.pk}/rimanda/", {"quando": "data", "data": f"{day}T15:30"})

    until = Case.objects.get(pk=case.pk).snoozed_until
    assert until is not None
    assert timezone.localtime(until).strftime("%Y-%m-%d %H:%M") == f"{day} 15:30"
