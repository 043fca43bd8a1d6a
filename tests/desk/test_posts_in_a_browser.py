"""A post of ours in Chromium: readable, answered with the keyboard, news drawn where one is."""

import os
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from ascolto.channels import registry
from ascolto.channels.ports import Manners
from ascolto.listening.models import AnswerToAll, Board, Exposure, Mention
from ascolto.staff.models import Colleague
from tests import make
from tests.e2e.axe import Window, is_too_wide, wrong_in
from tests.e2e.browser import open_page
from tests.listening.boards import comment, spoken_under
from tests.listening.comments import CAUSES
from tests.listening.network import Network
from tests.listening.public import hear

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("desk in a browser"),
]
WINDOWS = [Window(390, "light"), Window(390, "dark"), Window(834, "light"), Window(1440, "dark")]
INSULT = "Siete dei ladri e degli idioti"


@dataclass
class Desk:
    browser: Browser
    address: str
    session: str
    board: Board

    def page(self, path: str = "") -> Page:
        where = f"/ascolto/post/{self.board.pk}/{path}"
        return open_page(self.browser, self.address, self.session, where)


@pytest.fixture
def desk(
    browser: Browser, live_server: LiveServer, real_queue: None, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    # Playwright keeps a loop in this thread; what the test asks of the database is its own.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    manners = Manners(longest=8000, public=True, private=False)
    monkeypatch.setitem(registry._carriers, "FACEBOOK", lambda _: Network())  # noqa: SLF001 # put back after
    monkeypatch.setitem(registry._manners, "FACEBOOK", manners)  # noqa: SLF001 # put back after
    elena = make.colleague("Elena Sala", teams=(make.team(),))
    Colleague.objects.filter(pk=elena.pk).update(undo_seconds=600)  # a shared machine is slow
    client = Client()
    client.force_login(elena)
    session = client.cookies["ascolto"].value
    return Desk(browser, live_server.url, session, furnished(elena))


def furnished(elena: Colleague) -> Board:
    """A post with calls for help of three causes, an insult, and a warning to Elena."""
    several = [text for texts in list(CAUSES.values())[:3] for text in texts[:4]]
    board = spoken_under(*several, INSULT, now=timezone.now() - timedelta(minutes=30))
    Board.objects.filter(pk=board.pk).update(
        owner=elena, warned_at=timezone.now(), warned_share=0.61, usual_share=0.12
    )
    return board


def test_a_post_is_readable_for_everybody_and_fits_its_window(desk: Desk) -> None:
    page = desk.page()

    assert wrong_in(page, WINDOWS) == []
    page.locator(".nm .it").first.click()
    page.wait_for_selector("dialog#causa:modal")
    assert wrong_in(page, [Window(390, "light"), Window(1440, "dark")]) == []


def test_all_of_a_cause_are_answered_and_undone_with_the_keyboard(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("j")
    expect(page.locator(".rc .it:focus")).to_have_count(1)
    page.keyboard.press("r")
    page.wait_for_selector("dialog#rispondi-tutti:modal")
    expect(page.locator("#testo")).to_be_focused()

    page.keyboard.press("End")
    page.keyboard.type("ci siamo: jkr.")  # letters are letters in a field
    expect(page.locator("#anteprima li").first).to_contain_text("Lettrice, ci siamo: jkr.")
    page.keyboard.press("Control+Enter")

    page.wait_for_selector(".toast:has-text('Risposta a') [data-key=z]")
    assert AnswerToAll.objects.get().called_back_at is None
    expect(page.locator("#righe")).to_contain_text("risposta in partenza")
    page.keyboard.press("z")
    expect(page.locator("#testo")).to_have_value("{nome}, ci siamo: jkr.")
    assert AnswerToAll.objects.get().called_back_at is not None


def test_an_insult_is_uncovered_where_it_stands_for_whoever_asks(desk: Desk) -> None:
    page = desk.page()
    insult = Mention.objects.get(text=INSULT)
    card = page.locator(f"#commento-{insult.pk}")
    expect(card).not_to_contain_text("idioti")

    card.get_by_role("button", name="Mostra").click()

    expect(card).to_contain_text(INSULT)
    assert Exposure.objects.get().mention == insult


def test_a_comment_goes_to_another_lane_from_its_sheet(desk: Desk) -> None:
    page = desk.page()
    before = page.locator(".lane.help h2 span").inner_text()
    page.locator(".lane.help .mv").first.click()
    page.wait_for_selector("dialog#sposta:modal")

    page.get_by_role("radio", name="Elogi").check()
    page.get_by_role("button", name="Sposta nella corsia").click()

    expect(page.locator(".lane.praise .rc .it")).to_have_count(1)
    expect(page.locator(".lane.help h2 span")).to_have_text(str(int(before) - 1))


def test_news_are_drawn_and_leave_alone_what_somebody_is_writing(desk: Desk) -> None:
    page = desk.page()
    page.get_by_text("Lascia così, spiega perché").click()
    page.get_by_label("Perché resta così").press_sequentially("Finisce")
    now = timezone.now()
    hear(comment("E il mio trasloco della linea, quando?", now=now), now=now)

    page.evaluate("htmx.trigger('#righe', 'rinfresca')")

    expect(page.locator("#quanti")).to_contain_text("14 commenti")
    page.keyboard.type(" stasera.")
    expect(page.get_by_label("Perché resta così")).to_have_value("Finisce stasera.")


def test_everything_on_a_post_works_without_script(desk: Desk) -> None:
    context = desk.browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "ascolto", "value": desk.session, "url": desk.address}])
    page = context.new_page()
    page.goto(f"{desk.address}/ascolto/post/{desk.board.pk}/")

    page.get_by_text("Lascia così, spiega perché").click()
    page.get_by_label("Perché resta così").fill("Finisce stasera.")
    page.get_by_role("button", name="Lascia il post così").click()
    expect(page.get_by_text("lasciato così").first).to_be_visible()
    page.locator(".cause .btn", has_text="Rispondi a").first.click()
    page.locator("#testo").fill("{nome}, ci siamo.")
    page.get_by_role("button", name="Guarda come la leggono").click()
    expect(page.get_by_text("Lettrice, ci siamo.")).to_have_count(2)
    page.get_by_role("button", name="Invia a").click()
    expect(page.get_by_text("risposta in partenza")).to_have_count(1)


@pytest.mark.parametrize("path", ["/ascolto/post/", "/ascolto/post/{post}/"])
def test_four_times_enlarged_and_without_our_font_nothing_is_cut_off(desk: Desk, path: str) -> None:
    page = open_page(desk.browser, desk.address, desk.session, "/accesso/")
    page.route("**/*.woff2", lambda route: route.abort())
    page.set_viewport_size(ViewportSize(width=320, height=256))

    page.goto(desk.address + path.format(post=desk.board.pk))

    assert not is_too_wide(page)
