"""The page of a customer and the palette in Chromium: axe, width, and the palette by keyboard."""

import os
from contextlib import suppress
from dataclasses import dataclass

import pytest
from django.test import Client
from playwright.sync_api import Browser, Error, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from ascolto.administration.services.remembering import add_note, add_statement
from ascolto.cases.models import Case
from tests import make
from tests.desk.builders import answered, case_of
from tests.e2e.axe import Window, violations, wrong_in
from tests.e2e.browser import open_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("customers in a browser"),
]
WINDOWS = [Window(390, "dark"), Window(834, "light"), Window(1440, "dark")]


@dataclass
class Desk:
    browser: Browser
    address: str
    session: str
    case: Case

    def page(self, path: str) -> Page:
        return open_page(self.browser, self.address, self.session, path)


@pytest.fixture
def desk(
    browser: Browser, live_server: LiveServer, real_queue: None, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    elena = make.colleague("Elena Sala", teams=(make.team(),))
    case = case_of("Giulia Ferraris", subject="Fibra giù", minutes_ago=4000)
    answered(case, elena, "Il tecnico viene giovedì.")
    case_of("Giulia Ferraris", subject="Bolletta doppia", minutes_ago=200)
    add_statement(case.customer, "Mai prima delle 9", where="telefono", by=elena, now=make.NOON)
    add_note(case.customer, "Preferisce Elena.", by=elena, now=make.NOON)
    client = Client()
    client.force_login(elena)
    return Desk(browser, live_server.url, client.cookies["ascolto"].value, case)


def test_customers_pass_axe_at_every_width(desk: Desk) -> None:
    his = f"/clienti/{desk.case.customer_id}/"

    for path in ("/clienti/", his, f"{his}modifica/", f"{his}modifiche/", "/cerca/?q=da:giulia"):
        assert wrong_in(desk.page(path), WINDOWS) == []


def test_the_palette_opens_from_the_composer_and_gives_the_focus_back(desk: Desk) -> None:
    page = desk.page(f"/casi/C-{desk.case.pk}/")
    answer = page.locator("#testo-risposta")
    answer.fill("Buongiorno Giulia,")

    page.keyboard.press("Control+k")
    expect(page.locator("#comandi")).to_be_visible()
    found = violations(page)
    page.keyboard.press("Escape")

    assert found == {}
    expect(answer).to_be_focused()
    expect(answer).to_have_value("Buongiorno Giulia,")


def test_a_case_is_gone_to_by_typing_and_a_command_run_by_its_name(desk: Desk) -> None:
    page = desk.page("/casella/")

    page.keyboard.press("Control+k")
    page.keyboard.type("bollet")
    page.wait_for_selector("#comandi-lista [role=option]:has-text('Bolletta doppia')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/casi/C-*/")
    page.keyboard.press("Control+k")
    page.keyboard.type("nota int")
    expect(page.locator("#comandi [aria-selected=true]")).to_contain_text("Nota interna")
    page.keyboard.press("Enter")

    expect(page.locator("#testo-nota")).to_be_focused()


def test_the_list_of_keys_is_that_of_the_page(desk: Desk) -> None:
    page = desk.page(f"/clienti/{desk.case.customer_id}/")

    page.keyboard.press("?")

    listed = page.locator("#tasti-qui")
    expect(listed).to_contain_text("Modifica")
    expect(listed).not_to_contain_text("Risolvi")
    expect(page.locator("#tasti-vai")).to_contain_text("Clienti")


def test_no_letter_acts_when_keys_are_off_and_the_palette_does(desk: Desk) -> None:
    elena = make.colleague("Elena Sala")
    elena.keys_on = False
    elena.save(update_fields=["keys_on"])
    page = desk.page(f"/clienti/{desk.case.customer_id}/")

    page.keyboard.press("?")
    page.keyboard.press("m")
    page.keyboard.press("Control+k")

    expect(page.locator("#comandi")).to_be_visible()
    expect(page.locator("#tasti")).to_be_hidden()
    assert page.url.endswith(f"/clienti/{desk.case.customer_id}/")
    expect(page.locator("#comandi-lista kbd")).to_have_count(0)


def test_what_was_added_is_on_the_card_without_a_new_page(desk: Desk) -> None:
    page = desk.page(f"/clienti/{desk.case.customer_id}/")
    page.evaluate("window.same = true")

    page.click("text=Aggiungi qualcosa che ci ha detto")
    page.fill("#detto-testo", "A marzo trasloca")
    page.click("text=Aggiungi alla scheda")
    page.wait_for_selector("#scheda .facts >> text=A marzo trasloca")

    assert page.evaluate("window.same")


def test_news_on_their_way_give_way_to_what_somebody_chooses(desk: Desk) -> None:
    page = desk.page(f"/clienti/{desk.case.customer_id}/")
    story = page.locator("#racconto")
    expect(story).to_contain_text("Il tecnico viene giovedì.")
    held: list[Route] = []  # the answer takes its time

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**vivo=1", hold)

    with page.expect_request("**vivo=1"):
        page.evaluate("htmx.trigger('#vivo', 'rinfresca')")
    page.get_by_role("link", name="Ascoltato", exact=True).click()
    with suppress(Error):  # the page itself may have given it up
        held[0].continue_()
    page.unroute("**vivo=1")

    expect(story).not_to_contain_text("Il tecnico viene giovedì.")
    with page.expect_response("**vivo=1"):
        page.evaluate("htmx.trigger('#vivo', 'rinfresca')")
    expect(story.locator("[aria-current]")).to_have_text("Ascoltato")
