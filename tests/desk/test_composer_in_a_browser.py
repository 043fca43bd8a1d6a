"""Writing with the keyboard in Chromium: macros at "/", colleagues at "@", files by drop and paste,
who else is here; and nothing that axe knows to be wrong with any of it."""

import os
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from ascolto.cases.models import Case, Draft, DraftFile, Mention, Presence
from ascolto.cases.services import be_present, save_draft
from ascolto.channels.models import Outgoing
from ascolto.knowledge.models import Macro
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import answered, case_of
from tests.e2e.axe import Window, wrong_in
from tests.e2e.browser import open_page
from tests.mailservers.world import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("composer in a browser"),
]
WINDOWS = [Window(390, "light"), Window(834, "dark"), Window(1440, "light"), Window(1440, "dark")]
DROP = """(kind) => {
  const bag = new DataTransfer();
  bag.items.add(new File(["letture"], `${kind}.txt`, { type: "text/plain" }));
  const field = document.getElementById("testo-risposta");
  const event = kind === "drop"
    ? new DragEvent("drop", { dataTransfer: bag, bubbles: true, cancelable: true })
    : new ClipboardEvent("paste", { clipboardData: bag, bubbles: true, cancelable: true });
  field.dispatchEvent(event);
}"""


@dataclass
class Desk:
    browser: Browser
    address: str
    session: str
    case: Case
    marco: Colleague

    def page(self, path: str = "") -> Page:
        return open_page(
            self.browser, self.address, self.session, path or f"/casi/C-{self.case.pk}/"
        )


@pytest.fixture
def desk(
    browser: Browser, live_server: LiveServer, real_queue: None, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    # Playwright keeps a loop in this thread; what the test asks of the database is its own.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    elena = make.colleague("Elena Sala", teams=(make.team(),))
    marco = make.colleague("Marco Vitali")
    now = timezone.now()
    for title in ("Guasto in zona", "Saluto"):
        Macro.objects.create(title=title, text=f"{title}: {{nome}}.", changed_at=now)
    case = case_of("Giulia Ferraris", headers={"Cc": "piero@example.net"})
    client = Client()
    client.force_login(elena)
    return Desk(browser, live_server.url, client.cookies["ascolto"].value, case, marco)


def test_a_macro_is_put_in_with_the_keyboard_alone(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("r")
    page.keyboard.type("Buongiorno. /")
    page.keyboard.type("salu")
    expect(page.get_by_role("option")).to_have_count(1)

    page.keyboard.press("Enter")

    expect(page.locator("#testo-risposta")).to_have_value("Buongiorno. Saluto: Giulia.")
    expect(page.locator("#testo-risposta")).to_be_focused()


def test_a_slash_within_a_word_is_a_slash_and_escape_types_one(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("r")
    page.keyboard.type("e/o ")
    page.keyboard.type("/")
    expect(page.get_by_role("combobox")).to_be_focused()

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")

    expect(page.locator("#testo-risposta")).to_have_value("e/o /")
    expect(page.locator("#scelta")).to_be_hidden()


def test_a_colleague_is_called_with_the_keyboard_alone(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("i")
    page.keyboard.type("@mar")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#testo-nota")).to_have_value("@Marco Vitali ")

    page.keyboard.type("guardi?")
    page.keyboard.press("Control+Enter")

    expect(page.locator(".msg.int")).to_contain_text("@Marco Vitali guardi?")
    assert Mention.objects.get().colleague == desk.marco


def test_a_call_is_written_down_with_the_keyboard_alone(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("t")
    page.keyboard.type("Richiamare dopo le 18.")

    page.keyboard.press("Control+Enter")

    expect(page.locator("#storia")).to_contain_text("Richiamare dopo le 18.")


@pytest.mark.parametrize("way", ["drop", "paste"])
def test_a_file_comes_with_the_answer_by_drop_and_by_paste(desk: Desk, way: str) -> None:
    page = desk.page()
    page.keyboard.press("r")

    page.evaluate(DROP, way)

    expect(page.locator("#allegati")).to_contain_text(f"{way}.txt")
    assert DraftFile.objects.get().name == f"{way}.txt"


def test_what_a_colleague_begins_to_write_shows_and_so_does_ours(desk: Desk) -> None:
    now = timezone.now()
    be_present(desk.case, colleague=desk.marco, mode="WRITES", now=now)
    save_draft(desk.case, author=desk.marco, kind="REPLY", text="Chiamo io.", now=now)
    page = desk.page()
    expect(page.locator("#accanto")).to_contain_text("Marco Vitali sta scrivendo.")
    expect(page.locator("#accanto")).to_contain_text("bozza di Marco Vitali")

    page.keyboard.press("r")
    page.keyboard.type("Ci sono.")
    expect(page.locator("#salvata")).to_contain_text("bozza salvata")

    # On a slow machine the first letters are saved before the last is typed.
    until(Draft.objects.filter(text="Ci sono.").exists)
    until(Presence.objects.exclude(colleague=desk.marco).filter(mode="WRITES").exists)


def test_a_stopped_send_keeps_the_text_and_leaves_when_sent_again(desk: Desk) -> None:
    page = desk.page()
    page.route("**/eventi/", lambda route: route.abort())
    page.reload()
    page.keyboard.press("r")
    page.keyboard.type("Il tecnico arriva domani mattina.")
    answered(desk.case, desk.marco, text="Il tecnico arriva domani mattina presto.")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".came")).to_contain_text("Marco Vitali")
    expect(page.locator("#testo-risposta")).to_have_value("Il tecnico arriva domani mattina.")
    expect(page.locator("#testo-risposta")).to_be_focused()

    page.keyboard.press("Control+Enter")

    expect(page.locator(".came")).to_have_count(0)
    assert Outgoing.objects.filter(text="Il tecnico arriva domani mattina.").exists()


def test_nothing_axe_knows_is_wrong_with_an_open_composer(desk: Desk) -> None:
    now = timezone.now()
    be_present(desk.case, colleague=desk.marco, mode="READS", now=now)
    save_draft(desk.case, author=desk.marco, kind="NOTE", text="Chiamo io.", now=now)
    page = desk.page()
    page.locator(".copies summary").click()
    page.get_by_role("button", name="Macro").click()
    expect(page.get_by_role("option")).to_have_count(2)
    page.evaluate("document.querySelector('.later').open = true")  # a click would close the list

    assert wrong_in(page, WINDOWS) == []
