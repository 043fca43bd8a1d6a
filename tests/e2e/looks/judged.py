"""What is asked of a page: axe, its width, and what is left of it in other ways of looking."""

from playwright.sync_api import Page

from tests.e2e.axe import WCAG

RULES = (*WCAG, "best-practice")
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
