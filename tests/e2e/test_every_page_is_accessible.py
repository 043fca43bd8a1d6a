"""Every page there is, in Chromium: nothing that axe knows is wrong with it, in both themes and on
a phone, a tablet and a desk; four times enlarged it is still whole; and it does not need colours,
motion or a screen.

The pages come from the URL configuration: who adds one adds how it is seen, or the first test here
fails. The short round looks at each page in one of the six windows, the long one in all of them.
"""

import os
from collections.abc import Iterator
from itertools import cycle

import pytest
from django.conf import settings
from playwright.sync_api import Error
from pytest_django.live_server_helper import LiveServer

from tests.e2e.axe import WIDTHS, WINDOWS, Window, is_too_wide, resize, turn, violations
from tests.e2e.looks.judged import (
    ENLARGED,
    RULES,
    cut_off_on_paper,
    focus_unseen,
    out_of_reach,
    unseen_choices,
)
from tests.e2e.looks.opened import Elsewhere, Opened, opened
from tests.e2e.looks.table import NOT_PAGES, STATES, Look, pages

pytestmark = pytest.mark.xdist_group("every page")
IN_A_BROWSER = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
]
# Of an installation nobody has touched: it has no people to look at anything else.
UNTOUCHED = "avvio/"
OTHER_WAYS = [
    Look("/casi/C-{case}/"),
    Look("/casella/squadra/"),
    Look("/promesse/"),
    Look("/clienti/{customer}/"),
    Look("/impostazioni/canali/"),
    Look("/accesso/login/", "anonymous"),
    Look("/p/miei/{open_case}/", "customer"),
]
EVERYTHING = [
    *(look for route, looks in pages().items() if route != UNTOUCHED for look in looks),
    *STATES,
]


@pytest.fixture
def tab(live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    # Playwright keeps a loop in this thread; what the test asks of the database is its own.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    # A browser makes keys for http://localhost.
    monkeypatch.setattr(settings, "PUBLIC_URL", live_server.url)
    with opened(live_server.url) as one:
        yield one


def test_every_route_that_shows_a_page_is_looked_at() -> None:
    without = [route for route, looks in pages().items() if not looks]

    assert without == []  # a page that nobody looks at
    assert len(pages()) > 60
    assert not NOT_PAGES.keys() & pages().keys()


@pytest.mark.usefixtures("real_queue")
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_page_is_readable_by_everybody(tab: Opened) -> None:
    wrong = [
        told
        for look, window in zip(EVERYTHING, cycle(WINDOWS), strict=False)
        for told in _wrong_with(tab, look, [window])
    ]

    _say(wrong)


@pytest.mark.faults
@pytest.mark.usefixtures("real_queue")
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_page_is_readable_in_every_window(tab: Opened) -> None:
    wrong = [told for look in EVERYTHING for told in _wrong_with(tab, look, WINDOWS)]

    _say(wrong)


@pytest.mark.usefixtures("real_queue")
@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_page_needs_no_colours_no_motion_and_no_screen(tab: Opened) -> None:
    wrong = []
    for look in OTHER_WAYS:
        turn(tab.page, Window(1440, "light"))
        page = tab.look(look)
        page.emulate_media(forced_colors="active", reduced_motion="reduce")
        wrong += [f"{look.address}: chosen, unseen: {one}" for one in unseen_choices(page)]
        wrong += [f"{look.address}: focus, unseen: {one}" for one in focus_unseen(page)]
        moving = page.evaluate("document.getAnimations().length")
        wrong += [f"{look.address}: {moving} things move"] if moving else []
        page.emulate_media(media="print", forced_colors="none")
        wrong += [f"{look.address}: cut off on paper: {one}" for one in cut_off_on_paper(page)]
        page.emulate_media(media="screen")

    _say(wrong)


def _say(wrong: list[str]) -> None:
    """All of it: pytest would show the first lines alone."""
    if wrong:
        pytest.fail("\n".join(wrong), pytrace=False)


def _wrong_with(tab: Opened, look: Look, windows: list[Window]) -> list[str]:
    """Sentences, each with the page, so that one run tells of everything."""
    turn(tab.page, windows[0])
    where = f"{look.address} {' '.join(look.does)}".strip()
    try:
        page = tab.look(look)
    except (Elsewhere, Error) as problem:
        return [f"{where}: is not seen: {problem}"]
    told = []
    for window in windows:
        if window != windows[0]:
            turn(page, window)
        told += [f"{where} {window}: {rule} {on}" for rule, on in violations(page, RULES).items()]
    # Its width, whatever its colours: the one it has just been seen in first.
    for width in sorted(WIDTHS, key=lambda one: one != windows[-1].width):
        resize(page, width)
        told += [f"{where} {width}: wider than its window"] if is_too_wide(page) else []
    resize(page, ENLARGED[0], height=ENLARGED[1])
    told += [f"{where}, enlarged: wider than its window"] if is_too_wide(page) else []
    return told + [f"{where}, enlarged: out of reach: {one}" for one in out_of_reach(page)]
