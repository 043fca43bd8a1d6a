"""What is asked of a page: axe, its width, and what is left of it in other ways of looking."""

from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

from axe_playwright_python.sync_playwright import (  # type: ignore[import-untyped] # it has no types
    Axe,
)
from playwright.sync_api import Page

Theme = Literal["light", "dark"]
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDTHS = (390, 834, 1440)
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
# A window of 1280 × 1024, four times enlarged.
ENLARGED = (320, 256)
# Wider than the window, or cut off in a box that cannot be scrolled.
CUT_OFF = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter((one) => one.checkVisibility({visibilityProperty: true}) && !one.closest(".sr, .skip"))
  .filter((one) => !one.matches(".sr, .skip, [type=hidden], .modes input, .attach input"))
  .filter((one) => {
    one.scrollIntoView({block: "center", inline: "center"});
    const box = one.getBoundingClientRect();
    const middle = [box.x + Math.min(box.width, innerWidth) / 2, box.y + box.height / 2];
    return box.width && !(middle[0] >= 0 && middle[0] <= innerWidth
      && middle[1] >= 0 && middle[1] <= innerHeight);
  }).map((one) => one.outerHTML.slice(0, 120))"""


@dataclass(frozen=True, slots=True)
class Window:
    """How wide, and in which colours."""

    width: int
    theme: Theme


WINDOWS = [Window(width, theme) for width, theme in product(WIDTHS, THEMES)]


def turn(page: Page, window: Window, *, height: int = 900) -> None:
    """The same page in another window; nothing is loaded again."""
    page.set_viewport_size({"width": window.width, "height": height})
    page.emulate_media(color_scheme=window.theme, reduced_motion="reduce")


def violations(page: Page) -> dict[str, list[str]]:
    """What axe finds, by its rule; the beginning of each element it finds it on."""
    found: dict[str, Any] = Axe().run(page, options=RULES).response
    return {one["id"]: [node["html"][:160] for node in one["nodes"]] for one in found["violations"]}


def is_too_wide(page: Page) -> bool:
    return bool(
        page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    )


def out_of_reach(page: Page) -> list[str]:
    """Whatever can be used and cannot be brought into the window."""
    return [str(one) for one in page.evaluate(CUT_OFF)]


# Taking the choice away changes nothing one would still see without backgrounds.
CHOSEN_UNSEEN = """() => {
  const look = (one) => {
    const style = getComputedStyle(one);
    return [style.backgroundColor, style.color, style.fontWeight, style.outlineStyle,
            style.borderWidth, style.textDecorationLine].join();
  };
  const chosenOnes = document.querySelectorAll("[aria-current]:not([aria-current=step])");
  return [...chosenOnes].filter((one) => {
    if (!one.checkVisibility()) return false;
    const [value, chosen] = [one.getAttribute("aria-current"), look(one)];
    one.removeAttribute("aria-current");
    const other = look(one);
    one.setAttribute("aria-current", value);
    return chosen === other;
  }).map((one) => one.outerHTML.slice(0, 120));
}"""
FOCUSED = """() => {
  const style = getComputedStyle(document.activeElement);
  return [document.activeElement.outerHTML.slice(0, 120),
          style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0
          || !!document.activeElement.closest("label, .search, .modes, .attach, .skip")];
}"""
CLIPPED = """() => [...document.querySelectorAll(".scroll, .page, .thread, .main, .app")]
  .filter((one) => one.checkVisibility() && one.scrollHeight > one.clientHeight + 2
    && getComputedStyle(one).overflowY !== "visible")
  .map((one) => one.className)"""


def unseen_choices(page: Page) -> list[str]:
    return [str(one) for one in page.evaluate(CHOSEN_UNSEEN)]


def focus_unseen(page: Page, *, steps: int = 30) -> list[str]:
    """Where Tab leads without one's seeing it."""
    lost = []
    for _ in range(steps):
        page.keyboard.press("Tab")
        where, is_seen = page.evaluate(FOCUSED)
        past_the_end = where.startswith("<body")
        lost += [] if is_seen or past_the_end else [str(where)]
    return lost


def cut_off_on_paper(page: Page) -> list[str]:
    return [str(one) for one in page.evaluate(CLIPPED)]
