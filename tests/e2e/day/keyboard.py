"""The keyboard alone: letters, Tab, arrows, Enter and the palette."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from playwright.sync_api import ElementHandle, Page

from tests.e2e.day.finding import (
    DrawnAnew,
    labelled,
    named,
    received,
    settled,
    until_focused,
)

WRITES = """() => !document.querySelector("dialog:modal") && document.activeElement.matches(
  "textarea, select, input:not([type=radio], [type=checkbox])")"""
BOX = "(one) => (one.control ?? one).matches('[type=checkbox], [type=radio]')"
LINES = """(path) => {
  const all = [...document.querySelectorAll(".it")].filter((one) => one.getClientRects().length);
  const here = all.indexOf(document.activeElement);
  return [here, all.findIndex((one) => one.pathname === path)];
}"""


@dataclass
class Keyboard:
    page: Page

    def press(self, words: str, key: str = "", *, within: str = "") -> None:
        settled(self.page)
        if key:
            self._outside_of_fields()
            self.page.keyboard.press(key)
            return
        for _ in range(5):
            target = self._focus(lambda: named(self.page, words, within))
            is_box = target.evaluate(BOX)
            if received(self.page, target, "Space" if is_box else "Enter"):
                return
        raise AssertionError(f"«{words}» does not stand still")

    def go(self, words: str, letter: str) -> None:  # noqa: ARG002 # words are for the other hand
        self._outside_of_fields()
        self.page.keyboard.press("g")
        self.page.keyboard.press(letter)

    def from_menu(self, words: str) -> None:
        settled(self.page)
        self.page.keyboard.press("Control+k")
        self.page.keyboard.type(words)
        self.page.locator("#comandi [aria-selected=true]", has_text=words).wait_for()
        self.page.keyboard.press("Enter")

    def open_line(self, path: str) -> None:
        for _ in range(5):
            self._go_to(path)
            line = self.page.evaluate_handle("document.activeElement").as_element()
            if line is not None and received(self.page, line, "Enter"):
                return
        raise AssertionError(f"the line of {path} does not stand still")

    def tick_line(self, path: str) -> None:
        self._go_to(path)
        self.page.keyboard.press("x")

    def _go_to(self, path: str) -> None:
        settled(self.page)
        self._outside_of_fields()
        for _ in range(100):
            here, there = self.page.evaluate(LINES, path)
            assert there >= 0, f"{path} is not in the list"
            if here == there:
                return
            self.page.keyboard.press("k" if here > there else "j")
        raise AssertionError(f"j and k do not reach {path}")

    def write(self, label: str, text: str) -> None:
        if self._into(label).get_attribute("type") == "datetime-local":
            moment = datetime.fromisoformat(text)
            self.page.keyboard.type(f"{moment:%m%d%Y}")
            self.page.keyboard.press("ArrowRight")  # a year may have six digits
            self.page.keyboard.type(f"{moment:%I%M%p}")
        else:
            self.page.keyboard.press("Control+a")
            self.page.keyboard.type(text)

    def choose(self, label: str, option: str) -> None:
        self._into(label)
        self.page.keyboard.type(option)

    def pick(self, words: str) -> None:
        """Into the group with Tab, then with the arrows: as radio buttons are used."""
        settled(self.page)
        target = named(self.page, words)
        radio = target.query_selector("input[type=radio]")
        if radio is None:
            self.press(words)
            return
        group = f"dialog:modal [name={radio.get_attribute('name')}]"
        until_focused(self.page, self.page.query_selector(f"{group}:checked") or radio)
        self.page.keyboard.press("Space")
        for _ in range(20):
            if radio.is_checked():
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError(f"the arrows do not reach «{words}»")

    def send(self) -> None:
        self.page.keyboard.press("Control+Enter")

    def bring(self, file: Path) -> None:
        """Opened from the button, as the keyboard does it."""
        with self.page.expect_file_chooser() as chooser:
            self.press("Allega")
        chooser.value.set_files(file)

    def _into(self, label: str) -> ElementHandle:
        return self._focus(lambda: labelled(self.page, label).element_handle())

    def _focus(self, find: Callable[[], ElementHandle | None]) -> ElementHandle:
        """With Tab; found again, if it is drawn anew on the way."""
        for _ in range(5):
            target = find()
            assert target is not None
            with suppress(DrawnAnew):
                until_focused(self.page, target)
                return target
        raise AssertionError("it does not stand still")

    def _outside_of_fields(self) -> None:
        if self.page.evaluate(WRITES):
            self.page.keyboard.press("Escape")
