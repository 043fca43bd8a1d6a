"""In Chromium: what stands under a message is done with one click, without leaving the page."""

import os

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from ascolto.cases.models import Case, MessageReading
from ascolto.staff.models import Colleague
from tests import make
from tests.e2e.browser import open_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("messages in a browser"),
]
PATIENCE = 20_000
TWO = (
    "Buongiorno, da ieri la fibra non funziona e il modem ha la luce rossa. Quando arriva il pacco"
    " con il nuovo modem? Doveva essere consegnato lunedì."
)
INSULT = "Siete dei ladri e degli incapaci di merda! Mandate un tecnico domani a Torino."


@pytest.fixture
def elena(real_queue: None, monkeypatch: pytest.MonkeyPatch, transactional_db: None) -> Colleague:
    # Playwright keeps a loop in this thread; what the test asks of the database is its own.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    return make.colleague("Elena Sala", teams=(make.team(),))


def page_of(browser: Browser, server: LiveServer, colleague: Colleague, case: Case) -> Page:
    client = Client()
    client.force_login(colleague)
    session = client.cookies["ascolto"].value
    return open_page(browser, server.url, session, f"/casi/C-{case.pk}/")


def test_a_second_case_is_opened_and_taken_back_with_a_key(
    browser: Browser, live_server: LiveServer, elena: Colleague
) -> None:
    page = page_of(browser, live_server, elena, make.case(make.mail(TWO)))

    page.get_by_role("button", name="Apri un caso per la seconda").click()

    toast = page.locator("#avvisi")
    expect(toast).to_contain_text("La seconda cosa è in", timeout=PATIENCE)
    page.keyboard.press("z")
    expect(toast).to_contain_text("è di nuovo parte di", timeout=PATIENCE)
    assert Case.objects.filter(merged_into__isnull=False).count() == 1


def test_a_reading_is_put_right_in_its_sheet(
    browser: Browser, live_server: LiveServer, elena: Colleague
) -> None:
    case = make.case()
    page = page_of(browser, live_server, elena, case)

    page.get_by_role("link", name="correggi").click()
    page.get_by_label("Argomento").select_option("billing")
    page.get_by_role("button", name="Salva la lettura").click()

    under = page.locator(".under").first
    expect(under).to_contain_text("bollette e pagamenti", timeout=PATIENCE)
    assert MessageReading.objects.get(message__case=case).topic == "billing"


def test_an_insult_is_opened_by_who_wants_to(
    browser: Browser, live_server: LiveServer, elena: Colleague
) -> None:
    case = make.case(make.mail(INSULT))
    MessageReading.objects.update(angry=True, abusive=True)
    page = page_of(browser, live_server, elena, case)
    expect(page.locator(".msg.folded")).to_contain_text("Mandate un tecnico", timeout=PATIENCE)

    page.get_by_role("button", name="Messaggio offensivo, mostra").click()

    expect(page.locator("#storia")).to_contain_text("Siete dei ladri", timeout=PATIENCE)
