"""Somebody who works: her page, her hand, and what she typed."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Error, Locator, Page, expect

from ascolto.cases.models import Case
from ascolto.staff.models import Colleague
from tests.e2e.browser import DESKTOP, PHONE, sign_in
from tests.e2e.day.finding import settled
from tests.e2e.day.hands import Hand
from tests.e2e.day.keyboard import Keyboard
from tests.e2e.day.mouse import Mouse, Thumb
from tests.e2e.day.watcher import Watcher

HANDS: dict[str, Callable[[Page], Hand]] = {"mouse": Mouse, "keyboard": Keyboard, "thumb": Thumb}
WRITING = {
    "reply": ("Rispondi", "r", "#testo-risposta"),
    "note": ("Nota interna", "i", "#testo-nota"),
    "call": ("Telefonata", "t", "#testo-telefonata"),
}

MARK_OLD = """() => document.querySelectorAll(".thread")
  .forEach((one) => one.toggleAttribute("data-old", true))"""


@dataclass
class Sent:
    """An answer, and the newest message that stood on the screen when it was sent."""

    case_id: int
    text: str
    seen: int


@dataclass
class Agent:
    colleague: Colleague
    site: str
    page: Page
    hand: Hand
    watcher: Watcher
    typed: list[str] = field(default_factory=list)
    answers: list[Sent] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.colleague.name

    def goes(self, path: str) -> None:
        """By its address: for where a part of the day begins."""
        with self.watcher.loads():
            self.page.goto(f"{self.site}{path}")

    @contextmanager
    def to_another_page(self, pattern: str | re.Pattern[str] = "**") -> Iterator[None]:
        """What she does within leads to another page, as a link does."""
        with self.watcher.loads(), self.page.expect_navigation(url=pattern):
            yield

    def opens(self, case: Case) -> None:
        """From the list beside it, by htmx: the page stays."""
        self.page.evaluate(MARK_OLD)  # it may have been open before, and is drawn anew
        self.hand.open_line(path_of(case))
        try:
            self.page.wait_for_selector(f".thread[data-case='{case.pk}']:not([data-old])")
        except Error as late:
            shown = self.page.locator(".thread").get_attribute("data-case")
            told = "\n".join([*self.watcher.harm, *self.watcher.lately])
            raise AssertionError(f"{case.number} was chosen, case {shown} shown:\n{told}") from late
        settled(self.page)

    def begins(self, what: str = "reply") -> Locator:
        words, key, box = WRITING[what]
        self.hand.press(words, key, within="#componi .modes")
        expect(self.page.locator(box)).to_be_focused()
        return self.page.locator(box)

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.typed.append(text)

    def answers_with(self, case: Case, text: str) -> None:
        """Writes and sends; the box is empty again and the answer stands in the history."""
        self.begins()
        self.types(text)
        self.sends(case, text)
        expect(self.history).to_contain_text(text)

    def sends(self, case: Case, text: str) -> None:
        seen = int(self.page.locator("[name=visto]").input_value())
        self.hand.send()
        self.answers.append(Sent(case.pk, text, seen))
        expect(self.page.locator("#testo-risposta")).to_have_value("")

    def keeps_draft(self) -> None:
        expect(self.page.locator("#salvata")).to_contain_text("bozza salvata")

    @property
    def history(self) -> Locator:
        return self.page.locator("#storia")

    @property
    def side(self) -> Locator:
        return self.page.locator("#cliente")

    @property
    def sheet(self) -> Locator:
        return self.page.locator("dialog:modal")


def path_of(case: Case) -> str:
    return f"/casi/C-{case.pk}/"


def at_work(browser: Browser, site: str, colleague: Colleague, hand: str) -> Agent:
    """A colleague who has just signed in, in a browser of her own."""
    phone = hand == "thumb"
    context = browser.new_context(
        viewport=PHONE if phone else DESKTOP,
        has_touch=phone,
        is_mobile=phone,
        locale="it-IT",
        timezone_id="Europe/Rome",
        permissions=["clipboard-read", "clipboard-write"],
    )
    context.set_default_timeout(60_000)
    watcher = Watcher(site, f"{colleague.name} ({hand})")
    watcher.watch(context)
    with watcher.loads():
        page = sign_in(context, site, colleague)
        page.wait_for_load_state()
    return Agent(colleague, site, page, HANDS[hand](page), watcher)
