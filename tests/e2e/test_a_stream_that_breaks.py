"""The wire is cut again and again while things change: the screen is always as a fresh page."""

import time

import pytest
from playwright.sync_api import Page

from ascolto.cases.models import Case
from ascolto.cases.services import add_note, answer, assign, reopen, resolve
from ascolto.staff.models import Colleague
from tests import make
from tests.e2e.browser import DESKTOP, chromium, sign_in
from tests.e2e.house import open_house
from tests.mailservers.proxy import Proxy

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
    pytest.mark.browser,
]
# A browser comes back two seconds after a cut. Here it is told to come back at once.
AT_ONCE = (b"retry: 2000\n", b"retry: 0010\n")
PARTS = ("#righe", "#code", "#storia", "#testa")
# Words that go on with the clock, marks of one page's load, and what a swap leaves on its way.
CLEANED = """selector => {
  const part = document.querySelector(selector)?.cloneNode(true);
  if (!part) return "";
  for (const one of part.querySelectorAll(".clock, .silence, .day, time, [data-left]")) {
    one.replaceChildren();
    for (const name of ["class", "style"]) one.removeAttribute(name);
  }
  for (const one of part.querySelectorAll("[name=csrfmiddlewaretoken]")) one.remove();
  for (const one of [part, ...part.querySelectorAll("*")]) {
    one.removeAttribute("aria-current");
    if (!one.className) one.removeAttribute("class");
    for (const name of ["htmx-request", "htmx-settling", "htmx-swapping", "htmx-added"]) {
      one.classList.remove(name);
    }
  }
  return part.innerHTML.replace(/\\s+/g, " ");
}"""


def test_a_short_row_of_cuts() -> None:
    play(cuts=30, looks=3)


@pytest.mark.faults
def test_a_thousand_cuts() -> None:
    play(cuts=1_000, looks=25)


def play(*, cuts: int, looks: int) -> None:
    """Cut the wire `cuts` times with a deed after each, and compare `looks` times on the way."""
    elena = make.colleague("Elena Sala", teams=(make.team(),))
    marco = make.colleague("Marco Vitali", teams=(make.team(),))
    case = make.case(now=make.NOON)
    assign(case, to=elena, by=marco, now=make.NOON)
    with open_house(("web",)) as house, Proxy(house.port) as wire, chromium() as browser:
        wire.weather.instead = AT_ONCE
        page = sign_in(
            browser.new_context(viewport=DESKTOP), f"http://127.0.0.1:{wire.port}", elena
        )
        page.goto(f"http://127.0.0.1:{wire.port}/casi/C-{case.pk}/?coda=squadra")
        fresh = page.context.new_page()
        for cut in range(cuts):
            before = wire.connections
            wire.break_all()
            something(cut, case, marco)
            _comes_back(wire, before)
            if cut % (cuts // looks) == 0 or cut == cuts - 1:
                assert difference(page, fresh) == {}


def something(turn: int, case: Case, by: Colleague) -> None:
    """A deed of a colleague: on this case, on its place in the list, or a case that is new."""
    now = make.NOON
    deeds = (
        lambda: add_note(case, author=by, text=f"Nota {turn}", now=now),
        lambda: make.case(
            make.mail(f"Guasto {turn}", message_id=f"<guasto-{turn}@example.org>"), now=now
        ),
        lambda: answer(case, author=by, text=f"Risposta {turn}", now=now),
        lambda: resolve(case, by=by, now=now, reason="Fatto."),
        lambda: reopen(case, by=by, now=now),
    )
    deeds[turn % len(deeds)]()


def _comes_back(wire: Proxy, before: int) -> None:
    deadline = time.monotonic() + 20
    while wire.connections == before:
        assert time.monotonic() < deadline, "the browser does not come back"
        time.sleep(0.01)


def difference(page: Page, fresh: Page) -> dict[str, tuple[str, str]]:
    """The parts that differ from a page opened now; given a moment to settle."""
    deadline = time.monotonic() + 30
    while True:
        fresh.goto(page.url)
        found = {
            part: where(mine, new)
            for part in PARTS
            if (mine := page.evaluate(CLEANED, part)) != (new := fresh.evaluate(CLEANED, part))
        }
        if not found or time.monotonic() > deadline:
            return found
        page.wait_for_timeout(500)


def where(mine: str, new: str) -> tuple[str, str]:
    """The first place where they part, with what stands around it."""
    pairs = zip(mine, new, strict=False)
    at = next((at for at, (one, other) in enumerate(pairs) if one != other), len(mine))
    return mine[max(0, at - 60) : at + 90], new[max(0, at - 60) : at + 90]
