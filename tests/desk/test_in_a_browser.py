"""The two main pages in Chromium: no violation that axe knows, no wider than the window, and the
whole round (choose, write, send, call back) with the keyboard alone."""

import os
import re
from dataclasses import dataclass

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from ascolto.cases.models import Case, Draft
from ascolto.cases.services import add_note, assign, save_draft
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import answered, case_of, many_cases
from tests.e2e.axe import Window, wrong_in
from tests.e2e.browser import open_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("desk in a browser"),
]
WINDOWS = [Window(390, "dark"), Window(834, "light"), Window(1440, "dark")]


@dataclass
class Desk:
    """Elena's desk: some cases, and a browser in which she has signed in."""

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
    # Playwright keeps a loop in this thread; what the test asks of the database is its own.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    elena = make.colleague("Elena Sala", teams=(make.team(),))
    case = furnished(elena)
    client = Client()
    client.force_login(elena)
    return Desk(browser, live_server.url, client.cookies["ascolto"].value, case)


def furnished(elena: Colleague) -> Case:
    """A case with every kind of row, in a list with others. The newest answer still waits."""
    case = case_of("Giulia Ferraris", subject="Fibra giù", minutes_ago=200)
    now = make.NOON
    assign(case, to=elena, by=elena, now=now)
    add_note(case, author=elena, text="Armadio TO-114 guasto.", now=now)
    save_draft(case, author=elena, kind=Draft.Kind.REPLY, text="Il guasto è nostro", now=now)
    other = case_of("Paolo Rinaldi", minutes_ago=90)
    assign(other, to=elena, by=elena, now=now)
    answered(other, elena)
    many_cases(3, team=make.team())
    return case


def test_pages_are_readable_for_everybody_and_fit_their_window(desk: Desk) -> None:
    for path in _pages(desk):
        assert wrong_in(desk.page(path), WINDOWS) == []


def _pages(desk: Desk) -> list[str]:
    return [
        "/casella/squadra/",
        f"/casi/C-{desk.case.pk}/",
        f"/casi/C-{desk.case.pk}/?apri=passa",
        "/cerca/?q=tecnico",
        "/impostazioni/",
    ]


def test_the_whole_round_with_the_keyboard(desk: Desk) -> None:
    page = desk.page("/casella/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_selector(".thread[data-case]")
    expect(page).to_have_url(re.compile(f"/casi/C-{desk.case.pk}/"))

    page.keyboard.press("r")
    page.keyboard.press("End")
    page.keyboard.type(", arriviamo: jkrie.")  # letters are letters in a field
    page.wait_for_function("document.getElementById('salvata').textContent.includes('salvata')")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".toast:has-text('Giulia') [data-key=z]")
    written = page.locator("#testo-risposta")
    expect(written).to_have_value("")

    page.keyboard.press("z")
    expect(written).to_have_value("Il guasto è nostro, arriviamo: jkrie.")
    expect(written).to_be_focused()

    page.keyboard.press("Escape")
    page.keyboard.press("i")
    expect(page.locator("#testo-nota")).to_be_focused()


def test_a_key_with_a_modifier_is_the_browsers(desk: Desk) -> None:
    page = desk.page(f"/casi/C-{desk.case.pk}/")

    for keys in ("Alt+e", "Control+Shift+E", "Meta+r"):
        page.keyboard.press(keys)

    assert not page.locator("dialog[open]").count()
    assert page.evaluate("document.activeElement.id") != "testo-risposta"


def test_what_is_typed_outlives_another_deed_on_the_same_case(desk: Desk) -> None:
    page = desk.page(f"/casi/C-{desk.case.pk}/")
    page.locator("#testo-risposta").fill("Non perdere queste parole")

    page.locator(".th .menu summary").click()
    page.get_by_text("Lascialo libero").click()

    page.wait_for_selector("[data-key=a]")
    expect(page.locator("#testo-risposta")).to_have_value("Non perdere queste parole")


def test_a_stream_that_does_not_answer_is_said(desk: Desk) -> None:
    page = desk.page("/casella/")  # this server has no stream

    page.wait_for_selector("#senza:not([hidden])")

    expect(page.locator("#senza")).to_contain_text("Collegamento interrotto.")
    expect(page.locator(".clock .tick").first).to_contain_text("scade")


def test_everything_works_without_script(desk: Desk) -> None:
    context = desk.browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "ascolto", "value": desk.session, "url": desk.address}])
    page = context.new_page()
    page.goto(f"{desk.address}/casi/C-{desk.case.pk}/")

    page.locator("#testo-risposta").fill("Arriviamo.")
    page.get_by_role("button", name="Invia").click()

    expect(page.get_by_text("Risposta a Giulia Ferraris").first).to_be_visible()
    page.locator(".toast", has_text="Giulia").get_by_role("button", name="Annulla").click()
    expect(page.locator("#testo-risposta")).to_have_value("Arriviamo.")
    page.locator(".th .menu summary").click()
    page.get_by_text("Passa a un’altra squadra").click()
    expect(page.get_by_label("Squadra o persona")).to_be_visible()


def test_the_menu_shuts_under_a_sheet_and_has_the_keys_again(desk: Desk) -> None:
    page = desk.page(f"/casi/C-{desk.case.pk}/")
    menu = page.locator("#testa details.menu")
    menu.locator("summary").click()
    page.get_by_text("Passa a un’altra squadra").click()

    expect(page.get_by_label("Squadra o persona")).to_be_focused()
    expect(menu).not_to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(menu.locator("summary")).to_be_focused()
