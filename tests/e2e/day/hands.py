"""What every hand can do: one points, one touches, and one never leaves the keyboard."""

from pathlib import Path
from typing import Protocol

from playwright.sync_api import Page


class Hand(Protocol):
    page: Page

    def press(self, words: str, key: str = "", *, within: str = "") -> None:
        """Press what says these words; with its key, where it has one."""

    def go(self, words: str, letter: str) -> None:
        """To another place of the desk: from the navigation, or with g and its letter."""

    def from_menu(self, words: str) -> None:
        """Do what stands in the menu of the page."""

    def open_line(self, path: str) -> None:
        """Open the line of the list that leads there."""

    def tick_line(self, path: str) -> None:
        """Choose the line of the list that leads there."""

    def write(self, label: str, text: str) -> None:
        """Fill in a field, in place of what stands in it."""

    def choose(self, label: str, option: str) -> None:
        """Choose in a list that opens."""

    def pick(self, words: str) -> None:
        """Choose one of a few that stand side by side, or tick a box."""

    def send(self) -> None:
        """Send what one is writing."""

    def bring(self, file: Path) -> None:
        """Put a file into the answer."""
