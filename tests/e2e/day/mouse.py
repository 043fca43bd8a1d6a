"""The mouse, and the thumb on a telephone."""

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Error, Page

from tests.e2e.day.finding import labelled, named, settled


@dataclass
class Mouse:
    page: Page

    def press(self, words: str, key: str = "", *, within: str = "") -> None:  # noqa: ARG002 # a key is for the other hand
        settled(self.page)
        for _ in range(5):
            try:
                return self._touch(words, within)
            except Error as problem:  # it was drawn anew between the look and the click
                if "not attached" not in problem.message:
                    raise
        raise AssertionError(f"«{words}» does not stand still")

    def _touch(self, words: str, within: str) -> None:
        named(self.page, words, within).click()

    def go(self, words: str, letter: str) -> None:  # noqa: ARG002 # as above
        self.press(words, within=".nav")

    def from_menu(self, words: str) -> None:
        self.press("Altre azioni", within=".main")
        self.press(words, within=".main .menu[open]")

    def open_line(self, path: str) -> None:
        self.page.locator(f".it[href^='{path}']").click()

    def tick_line(self, path: str) -> None:
        self.page.locator(f"li:has(.it[href^='{path}'])").hover()
        self.page.locator(f"li:has(.it[href^='{path}']) .choose").click()

    def write(self, label: str, text: str) -> None:
        field = labelled(self.page, label)
        field.click()
        field.fill(text)

    def choose(self, label: str, option: str) -> None:
        labelled(self.page, label).select_option(label=option)

    def pick(self, words: str) -> None:
        self.press(words)

    def send(self) -> None:
        self.page.locator("[data-send]:visible").click()

    def bring(self, file: Path) -> None:
        """Dragged in from the desktop, as the browser itself gives it to the page."""
        box = self.page.locator(".composer").bounding_box()
        assert box is not None
        place = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        data = {"items": [], "files": [str(file)], "dragOperationsMask": 1}
        browser = self.page.context.new_cdp_session(self.page)
        for kind in ("dragEnter", "dragOver", "drop"):
            browser.send("Input.dispatchDragEvent", {"type": kind, **place, "data": data})
        browser.detach()


class Thumb(Mouse):
    """On a telephone: what a mouse does, by touching."""

    def _touch(self, words: str, within: str) -> None:
        named(self.page, words, within).tap()

    def open_line(self, path: str) -> None:
        self.page.locator(f".it[href^='{path}']").tap()

    def send(self) -> None:
        self.page.locator("[data-send]:visible").tap()
