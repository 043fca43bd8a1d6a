"""News draw parts of a page anew, and an answer may come late: in Chromium, neither takes away
what somebody has just chosen, opened, reached or begun to press."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from ascolto.cases.models import Case, Draft, Message
from ascolto.cases.queries import inbox, message_rows
from ascolto.exchange.services import begin
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import answered, case_of
from tests.e2e.browser import open_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("news in a browser"),
]


@dataclass
class Desk:
    browser: Browser
    address: str
    session: str
    elena: Colleague
    giulia: Case
    marta: Case
    paolo: Case  # it is long

    def page(self, path: str) -> Page:
        return open_page(self.browser, self.address, self.session, path)


@pytest.fixture
def desk(
    browser: Browser, live_server: LiveServer, real_queue: None, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    # Playwright keeps a loop in this thread; what the test asks of the database is its own.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    monkeypatch.setattr(message_rows, "NEWEST", 3)
    monkeypatch.setattr(inbox, "PAGE", 3)
    elena = make.colleague("Elena Sala", role="SUPERVISOR", teams=(make.team(),))
    elena.undo_seconds = 60  # the machine may be shared
    elena.save()
    giulia = case_of("Giulia Ferraris", minutes_ago=90)
    marta = case_of("Marta Villa", minutes_ago=80)
    paolo = case_of("Paolo Rinaldi")
    for number in range(4):
        case_of(f"Vera{number} Neri", minutes_ago=30 + number)
    for number in range(3):
        answered(paolo, elena, text=f"Risposta {number}.")
    client = Client()
    client.force_login(elena)
    session = client.cookies["ascolto"].value
    return Desk(browser, live_server.url, session, elena, giulia, marta, paolo)


def hand_over(page: Page) -> None:
    """Open the dialog that asks to whom."""
    page.locator("#testa details.menu summary").click()
    page.locator("#testa a[href='?apri=passa#passa']").click()
    expect(page.locator("#passa-a")).to_be_focused()


@contextmanager
def late(page: Page, pattern: str) -> Iterator[list[Route]]:
    """What is asked for within comes when it is over."""
    held: list[Route] = []
    page.route(pattern, lambda route: held.append(route))  # noqa: PLW0108 # it marks a function
    yield held
    for route in held:
        route.continue_()
    page.unroute(pattern)


def news_of(page: Page, part: str) -> None:
    page.evaluate("(part) => htmx.trigger(part, 'rinfresca')", part)


def drawn(page: Page, part: str) -> None:
    """News of a part have come and stand in it."""
    page.evaluate("(part) => document.querySelector(part).firstElementChild.id = 'before'", part)
    news_of(page, part)
    expect(page.locator("#before")).to_have_count(0)


def line_of(case: Case) -> str:
    return f".it[href^='/casi/C-{case.pk}/']"


def thread_of(case: Case) -> str:
    return f".thread[data-case='{case.pk}']"


def test_an_answer_that_comes_late_leaves_the_next_case_on_the_screen(desk: Desk) -> None:
    page = desk.page(f"/casi/C-{desk.giulia.pk}/?coda=squadra")
    page.locator("#testo-risposta").fill("Arriviamo alle 16.")

    with late(page, "**/rispondi/"), page.expect_request("**/rispondi/"):
        page.locator("#rispondi [data-send]").click()
        page.locator(line_of(desk.marta)).click()
        page.wait_for_selector(thread_of(desk.marta))

    expect(page.locator("#avvisi")).to_contain_text("Risposta a Giulia Ferraris")  # and its undo
    expect(page.locator(thread_of(desk.marta))).to_be_visible()
    expect(page.locator("#rimasto")).to_be_hidden()
    assert Message.objects.filter(text="Arriviamo alle 16.").exists()


def test_a_refusal_that_comes_late_is_said_and_its_words_are_kept(desk: Desk) -> None:
    page = desk.page(f"/casi/C-{desk.giulia.pk}/?coda=squadra")
    page.locator("#copie summary").click()
    page.locator("#copie-a").fill("nessun indirizzo")
    page.locator("#testo-risposta").fill("Arriviamo alle 16.")

    with late(page, "**/rispondi/"), page.expect_request("**/rispondi/"):
        page.keyboard.press("Control+Enter")
        page.locator(line_of(desk.marta)).click()
        page.wait_for_selector(thread_of(desk.marta))

    expect(page.locator(thread_of(desk.marta))).to_be_visible()
    page.locator("#rimasto a").click()
    page.wait_for_selector(thread_of(desk.giulia))
    expect(page.locator("#testo-risposta")).to_have_value("Arriviamo alle 16.")
    assert Draft.objects.get(case=desk.giulia).text == "Arriviamo alle 16."


def test_of_two_cases_the_one_that_was_chosen_last_is_shown(desk: Desk) -> None:
    page = desk.page("/casella/squadra/")

    with late(page, f"**/casi/C-{desk.giulia.pk}/**"):
        page.locator(line_of(desk.giulia)).click()
        page.locator(line_of(desk.marta)).click()
        page.wait_for_selector(thread_of(desk.marta))

    page.wait_for_timeout(300)
    expect(page.locator(thread_of(desk.marta))).to_be_visible()
    expect(page).to_have_url(re.compile(f"/C-{desk.marta.pk}/"))


def test_who_writes_already_goes_on_when_his_deed_is_done(desk: Desk) -> None:
    page = desk.page(f"/casi/C-{desk.giulia.pk}/")

    with late(page, "**/assegna/"), page.expect_request("**/assegna/"):
        page.keyboard.press("a")
        page.keyboard.press("r")
        page.keyboard.type("Buongiorno Giulia")
        page.keyboard.press("ArrowLeft")
    expect(page.locator("#testa [data-key=a]")).to_have_count(0)
    page.keyboard.type("!")

    expect(page.locator("#testo-risposta")).to_have_value("Buongiorno Giuli!a")


def test_what_a_deed_says_is_heard_though_news_took_its_button_away(desk: Desk) -> None:
    page = desk.page(f"/casi/C-{desk.giulia.pk}/")
    page.locator("#avvisi").evaluate("(there) => { there.dataset.before = ''; }")

    with late(page, "**/assegna/"), page.expect_request("**/assegna/"):
        page.keyboard.press("a")
        page.locator("#testa").evaluate("(head) => head.replaceWith(head.cloneNode(true))")

    expect(page.locator("#testa [data-key=a]")).to_have_count(0)
    expect(page.locator("#avvisi")).to_have_count(1)
    expect(page.locator("#avvisi[data-before]")).to_have_count(0)


def test_who_went_back_in_a_case_stays_there_through_news_and_deeds(desk: Desk) -> None:
    page = desk.page(f"/casi/C-{desk.paolo.pk}/")
    expect(page.locator("#prima")).to_contain_text("Quando viene il tecnico?")  # it was seen
    first = page.locator("#storia .msg").first.inner_text()
    for number in range(3):
        answered(desk.paolo, desk.elena, text=f"Ancora {number}.")

    drawn(page, "#storia")
    expect(page.locator("#storia")).to_contain_text("Ancora 2.")
    assert page.locator("#storia .msg").first.inner_text() == first

    page.keyboard.press("i")
    page.keyboard.type("Guardato tutto.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#storia")).to_contain_text("Guardato tutto.")
    expect(page.locator("#prima")).to_contain_text("Quando viene il tecnico?")
    assert page.locator("#storia .msg").first.inner_text() == first


def test_a_refused_dialog_leads_to_what_is_wrong_and_leaves_what_was_read(desk: Desk) -> None:
    page = desk.page(f"/casi/C-{desk.paolo.pk}/")
    expect(page.locator("#prima")).to_contain_text("Quando viene il tecnico?")
    hand_over(page)

    page.locator("#passa-a").select_option(index=1)
    page.locator("#passa-perche").fill("  ")
    page.locator("#passa button[type=submit]").click()

    expect(page.locator("#passa")).to_contain_text("Scrivi perché")
    expect(page.locator("#passa-perche")).to_be_focused()
    expect(page.locator("#prima")).to_contain_text("Quando viene il tecnico?")


def test_who_shuts_a_sheet_is_again_at_the_menu_he_opened_it_from(desk: Desk) -> None:
    page = desk.page(f"/casi/C-{desk.giulia.pk}/")
    hand_over(page)
    page.locator("#testa").evaluate("(head) => head.replaceWith(head.cloneNode(true))")  # by news

    page.keyboard.press("Escape")

    expect(page.locator("#testa details.menu summary")).to_be_focused()


def test_who_did_not_go_back_sees_what_a_fresh_page_shows(desk: Desk) -> None:
    page = desk.page(f"/casi/C-{desk.giulia.pk}/")
    expect(page.locator("#prima .more")).to_have_count(0)
    for number in range(3):
        answered(desk.giulia, desk.elena, text=f"Ancora {number}.")

    with late(page, "**/*prima=*"):  # what was before would come by itself: here it does not
        drawn(page, "#storia")
        expect(page.locator("#storia .msg")).to_have_count(3)
        expect(page.locator("#prima .more")).to_have_count(1)


def test_what_was_before_comes_by_the_keys_and_moves_nothing_under_the_eyes(desk: Desk) -> None:
    for number in range(30):
        answered(desk.paolo, desk.elena, text=f"Ancora {number}. " + "Parole. " * 60)
    page = desk.page(f"/casi/C-{desk.paolo.pk}/")
    expect(page.locator("#storia")).to_contain_text("Ancora 29.")
    top = page.locator("#storia .msg").first
    more = page.locator("#prima .more a")
    expect(more).to_have_count(1)  # out of sight, it did not come by itself

    with late(page, "**/*prima=*"):
        more.focus()
        page.keyboard.press("Enter")
        before = top.bounding_box()
    expect(page.locator("#prima li.said")).to_have_count(message_rows.EARLIER)

    after = top.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2
    assert page.evaluate("document.activeElement.closest('#prima') !== null")


@pytest.mark.parametrize("first", ["news", "next page"])
def test_the_next_page_of_a_list_is_not_taken_back_by_news(desk: Desk, first: str) -> None:
    page = desk.page("/casella/squadra/")
    expect(page.locator("#righe .it")).to_have_count(3)

    with late(page, "**/casella/squadra/"), page.expect_request("**/casella/squadra/"):
        news_of(page, "#righe")
        if first == "next page":
            page.locator("[data-more]").click()
            expect(page.locator("#righe .it")).to_have_count(6)
    if first == "news":
        page.locator("[data-more]").click()

    page.wait_for_timeout(300)
    expect(page.locator("#righe .it")).to_have_count(6)


def test_news_do_not_take_the_keyboard_from_where_it_is(desk: Desk) -> None:
    page = desk.page(f"/clienti/{desk.paolo.customer_id}/")
    link = page.locator("#racconto .tl").get_by_role("link", name=f"C-{desk.paolo.pk} ").nth(1)
    link.focus()

    drawn(page, "#vivo")

    expect(link).to_be_focused()


def test_a_part_that_asks_again_every_second_keeps_the_keyboard(desk: Desk) -> None:
    elena = Colleague.objects.get()
    run = begin(kind="CUSTOMERS", name="clienti", by=elena, arguments={}, now=make.NOON)
    page = desk.page(f"/impostazioni/importa/{run.pk}/")
    stop = page.get_by_role("button", name="Ferma l’importazione")
    stop.focus()
    page.evaluate("document.querySelector('#importazione header').id = 'before'")

    expect(page.locator("#before")).to_have_count(0)

    expect(stop).to_be_focused()


def test_a_number_without_a_place_on_this_page_is_no_error(desk: Desk) -> None:
    page = desk.page("/casella/squadra/")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.evaluate("document.getElementById('n-perte').remove()")

    with page.expect_response("**/conteggi/"):
        news_of(page, "#conteggi")
    page.wait_for_timeout(300)

    assert [words for words in said if "oobErrorNoTarget" in words] == []


def test_what_was_unfolded_stays_unfolded(desk: Desk) -> None:
    page = desk.page(f"/clienti/{desk.giulia.customer_id}/")
    folded = page.locator("#racconto details").first
    folded.locator("summary").click()

    drawn(page, "#vivo")

    expect(folded).to_have_attribute("open", "")


@pytest.mark.parametrize("used", ["nothing", "#testo-risposta"])
def test_a_press_is_not_lost_when_news_come_before_it_ends(desk: Desk, used: str) -> None:
    page = desk.page(f"/casi/C-{desk.giulia.pk}/?coda=squadra")
    if used != "nothing":
        page.locator(used).focus()  # it loses the keys by the press
    page.locator(line_of(desk.marta)).hover()

    page.mouse.down()
    with page.expect_response("**/casella/squadra/"):
        news_of(page, "#righe")
    page.wait_for_timeout(200)
    page.mouse.up()

    expect(page.locator(thread_of(desk.marta))).to_be_visible()
