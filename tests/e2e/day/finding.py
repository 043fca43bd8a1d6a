"""Finding what a person would: by the words on it, or by the label of a field."""

import re
import time

from playwright.sync_api import ElementHandle, Error, Locator, Page

from tests.e2e.browser import PATIENCE

# The words of something one can press, without its key, its count and what only is heard. First
# what says just this, then what begins with it. Behind an open dialog nothing can be pressed.
NAMED = """([words, within]) => {
  const open = document.querySelector("dialog:modal");
  const places = within ? [...document.querySelectorAll(within)] : [open ?? document];
  const said = (one) => {
    if (one.ariaLabel) return one.ariaLabel;
    const copy = one.cloneNode(true);
    for (const part of copy.querySelectorAll("kbd, .n, .sr, svg, [aria-hidden]")) part.remove();
    const texts = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT), words = [];
    while (texts.nextNode()) words.push(...texts.currentNode.data.split(/\\s+/));
    return words.filter(Boolean).join(" ");
  };
  const all = places.flatMap((place) =>
    [...place.querySelectorAll("a[href], button, summary, label")])
    .filter((one) => one.checkVisibility() && !one.disabled && (!open || open.contains(one)));
  return all.find((one) => said(one) === words)
    ?? all.find((one) => said(one).startsWith(words + " ")) ?? null;
}"""
GONE = re.compile("context was destroyed|Cannot find context|navigat|JSHandle is disposed")
BUSY = "() => document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"
# 0: it has the focus; 1: it comes after what has it; -1: before; nothing: it is no longer there.
WHERE = """(one) => {
  if (!one.isConnected) return null;
  const focused = document.activeElement;
  if (one === focused || one.contains(focused) && focused !== document.body) return 0;
  return focused.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING ? 1 : -1;
}"""
# Who gets the next key. Nobody, if it falls on a page from which its element is gone.
LISTEN = """(one) => {
  const told = { lost: false };
  const heard = ({ target }) => { told.lost = !one.isConnected && target === document.body; };
  addEventListener("keydown", heard, { capture: true, once: true });
  return told;
}"""


class DrawnAnew(Exception):
    """What was looked for has been replaced meanwhile by news of it."""


def named(page: Page, words: str, within: str = "") -> ElementHandle:
    """What says these words and can be pressed now; waits until there is one."""
    deadline = time.monotonic() + PATIENCE / 1000
    while True:
        found = asked(page, NAMED, [words, within])
        if found is not None:
            return found
        assert time.monotonic() < deadline, f"nothing here says «{words}» {within}"
        page.wait_for_timeout(50)


def labelled(page: Page, label: str) -> Locator:
    """The field with this label: the one that can be seen, in the dialog if one is open."""
    inside = page.locator("dialog:modal") if page.locator("dialog:modal").count() else page
    words = re.compile(rf"^\s*{re.escape(label)}( \w)?\s*$")  # some say their key, too
    return inside.get_by_label(words).locator("visible=true").first


def settled(page: Page) -> None:
    """What was asked of the server has come and has been drawn."""
    deadline = time.monotonic() + PATIENCE / 1000
    while asked(page, BUSY) is not None:
        assert time.monotonic() < deadline, "the page does not come to rest"
        page.wait_for_timeout(30)


def asked(page: Page, script: str, argument: list[str] | None = None) -> ElementHandle | None:
    """The element a script finds; on the next page, if this one is just being left."""
    try:
        return page.evaluate_handle(script, argument).as_element()
    except Error as problem:
        if "context was destroyed" not in problem.message:
            raise
        page.wait_for_load_state()
        return asked(page, script, argument)


def until_focused(page: Page, wanted: ElementHandle, *, seconds: float = 60) -> None:
    """Tab, or Tab back, until it has the focus."""
    deadline = time.monotonic() + seconds
    while way := _way_to(wanted):
        assert time.monotonic() < deadline, f"Tab does not reach «{wanted.text_content()}»"
        page.keyboard.press("Tab" if way > 0 else "Shift+Tab")


def _way_to(wanted: ElementHandle) -> int:
    way = wanted.evaluate(WHERE)
    if way is None:
        raise DrawnAnew
    return int(way)


def received(page: Page, focused: ElementHandle, key: str) -> bool:
    """Press it. False if what had the focus was drawn anew in that moment, so that nothing heard
    the key; only then may it be pressed again."""
    told = focused.evaluate_handle(LISTEN)
    page.keyboard.press(key)
    try:
        return not told.evaluate("(told) => told.lost")
    except Error as problem:  # the key has led to the next page
        if not GONE.search(problem.message):
            raise
        return True
