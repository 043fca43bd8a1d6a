"""What axe finds on a page, and whether the page fits: in one window after the other.

A page is loaded once; its window is turned. Only what is wrong comes back from it: all that passed,
with its elements, would take longer than judging it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Literal

import axe_playwright_python  # type: ignore[import-untyped] # it has no types
from playwright.sync_api import Error, Page

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDTHS = (390, 834, 1440)
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()
JUDGE = """async (rules) => {
  if (!("axe" in window)) return null;
  const found = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  const begins = (nodes) => nodes.map(({ html }) => html.slice(0, 160));
  const said = found.violations.map(({ id, nodes }) => [id, begins(nodes)]);
  const colours = [...found.passes, ...found.violations].some(({ id }) => id === "color-contrast");
  return [Object.fromEntries(said), colours];
}"""
SETTLES = 3_000  # milliseconds
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@dataclass(frozen=True, slots=True)
class Window:
    """How wide, and in which colours."""

    width: int
    theme: Theme


WINDOWS = [Window(width, theme) for width, theme in product(WIDTHS, THEMES)]


def turn(page: Page, window: Window, *, height: int = 900) -> None:
    """The same page in another window; nothing is loaded again."""
    resize(page, window.width, height=height)
    page.emulate_media(color_scheme=window.theme, reduced_motion="reduce")


def resize(page: Page, width: int, *, height: int = 900) -> None:
    if page.viewport_size != {"width": width, "height": height}:
        page.set_viewport_size({"width": width, "height": height})


def violations(page: Page, rules: Iterable[str] = WCAG) -> dict[str, list[str]]:
    """What axe finds, by its rule; the beginning of each element it finds it on."""
    return _judged(page, rules)[0]


def _judged(page: Page, rules: Iterable[str]) -> tuple[dict[str, list[str]], bool]:
    told = page.evaluate(JUDGE, list(rules))
    if told is None:
        page.evaluate(AXE)
        told = page.evaluate(JUDGE, list(rules))
    found, colours = told
    return dict(found), bool(colours)


def wrong_in(page: Page, windows: Iterable[Window] = WINDOWS) -> list[str]:
    """Sentences: what axe finds in each window, and where the page is wider than it."""
    told = []
    for window in windows:
        turn(page, window)
        found, colours = _judged(page, WCAG)
        told += [f"{page.url} {window}: {rule} {on}" for rule, on in found.items()]
        # An axe that cannot read the colours passes everything.
        told += [] if colours else [f"{page.url} {window}: its colours were not judged"]
        told += [f"{page.url} {window}: wider than its window"] if is_too_wide(page) else []
    return told


def is_too_wide(page: Page) -> bool:
    """Whether it stays so: a page that was just turned may still be laid out."""
    if not page.evaluate(TOO_WIDE):
        return False
    try:
        page.wait_for_function(f"() => !({TOO_WIDE})", timeout=SETTLES)
    except Error:
        return True
    return False
