"""What customers do on their pages is seen at the desk, and what was asked for is crossed off."""

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import CallRequest, Case, Message
from ascolto.cases.services.rating import Judgement, rate
from tests import make
from tests.desk.builders import page
from tests.portal.pages import ONCE, page_of, we_answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Client:
    client = Client()
    client.force_login(make.colleague("Elena Sala", teams=(make.team(),)))
    return client


def asked() -> tuple[Case, CallRequest]:
    """Giulia asked to be called on her page."""
    case = make.case(now=timezone.now())
    link = page_of(case)
    Client().post(f"{link.path}chiamatemi/", {"numero": "347 123 4567", "quando": "sera"})
    return case, CallRequest.objects.get()


def test_the_wish_stands_beside_the_case_with_a_number_to_dial(desk: Client) -> None:
    case, _ = asked()

    html = page(desk, f"/casi/C-{case.pk}/")

    assert "Vuole essere richiamato" in html
    assert 'href="tel:+393471234567"' in html
    assert "Vorrei essere richiamato" in html  # and in the history, as words of hers


def test_a_call_made_is_crossed_off_and_told(desk: Client) -> None:
    case, wish = asked()

    response = desk.post(f"/chiamate/{wish.pk}/fatta/", {"esito": "Viene giovedì."})

    assert response.status_code == 302
    html = page(desk, f"/casi/C-{case.pk}/")
    assert "Vuole essere richiamato" not in html
    assert "Elena Sala ha parlato con lui" in html
    assert "Viene giovedì." in html


def test_a_call_that_will_not_be_made_needs_a_reason(desk: Client) -> None:
    case, wish = asked()

    refused = desk.post(f"/chiamate/{wish.pk}/lascia/", {"esito": " "})
    assert refused.status_code == 422
    assert "Scrivi perché non lo chiami" in refused.content.decode()

    desk.post(f"/chiamate/{wish.pk}/lascia/", {"esito": "Ha già risolto."})

    assert "Elena Sala non lo richiama: Ha già risolto." in page(desk, f"/casi/C-{case.pk}/")


def test_a_judgement_stands_in_the_history_in_her_words(desk: Client) -> None:
    case = make.case(now=timezone.now())
    we_answer(case, "Provi adesso.")
    answer = Message.objects.get(case=case, outgoing__automatic=False)

    rate(answer, Judgement(3, "Rapidi"), identity=make.identity(), now=timezone.now())

    html = page(desk, f"/casi/C-{case.pk}/")
    assert "Ha giudicato la risposta:" in html
    assert "mi ha aiutato. «Rapidi»" in html


def test_a_wish_is_one_however_she_came_to_the_page() -> None:
    case, wish = asked()
    link = page_of(case)
    assert wish.case == case

    Client().post(f"{link.path}chiamatemi/", {"numero": "02 1234567", "una": ONCE})

    assert CallRequest.objects.count() == 1
