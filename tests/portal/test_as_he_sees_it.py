"""A colleague sees the customer's page as he does, can do nothing there, and it is written down."""

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case
from ascolto.cases.services import add_note
from ascolto.timeline.queries import history_of
from tests import make
from tests.desk.conftest import browser_of
from tests.portal.pages import fresh_page, we_answer

pytestmark = pytest.mark.django_db


def look(client: Client, case: Case) -> tuple[int, str]:
    response = client.post(f"/come-lo-vede/C-{case.pk}/")
    return response.status_code, response.content.decode()


def test_it_shows_what_he_sees_and_nothing_to_press() -> None:
    elena, page = make.colleague(teams=(make.team(),)), fresh_page()
    we_answer(page.case, "Arriva giovedì.", by=elena)
    add_note(page.case, author=elena, text="È un cliente difficile.", now=timezone.now())

    status, html = look(browser_of(elena), page.case)

    assert status == 200
    assert "Così la vede Giulia Ferraris" in html
    assert "Arriva giovedì." in html
    assert "È un cliente difficile." not in html
    for deed in ("scrivi/", "chiamatemi/", "giudizio/", "sforzo/", "non-sono-io/"):
        assert deed not in html


def test_the_history_says_who_looked() -> None:
    elena, page = make.colleague(teams=(make.team(),)), fresh_page()

    look(browser_of(elena), page.case)

    deed = history_of(page.case.reference)[-1]
    assert (deed.kind, deed.by_name) == ("portal.looked_as", "Elena Sala")


def test_whoever_may_not_see_the_case_sees_nothing() -> None:
    page = fresh_page()
    Case.objects.filter(pk=page.case.pk).update(team=make.team("Legale", is_reserved=True))
    luca = make.colleague("Luca Neri", teams=(make.team("Fatture"),))

    assert look(browser_of(luca), page.case)[0] == 404
    assert look(Client(), page.case)[0] == 302
    assert browser_of(luca).get(f"/come-lo-vede/C-{page.case.pk}/").status_code == 405
