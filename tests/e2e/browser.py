"""A real Chromium, looked for where systems put it."""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)

from ascolto.desk.fonts import build_fonts
from ascolto.staff.models import Colleague
from tests import make

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 20_000  # milliseconds; the machine may be shared
expect.set_options(timeout=PATIENCE)
PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1440, height=900)


def chromium_path() -> str:
    found = (
        os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if not found:
        if "CI" in os.environ or "ASCOLTO_CORPORA" in os.environ:
            pytest.fail("Chromium is demanded here and is not installed")
        pytest.skip("Chromium is not installed")
    return found


@contextmanager
def chromium() -> Iterator[Browser]:
    # A page asks for its letters whichever test comes first; without them it would be laid out
    # with others, and what is not there is an error in the console.
    build_fonts(settings.HOME / "fonts" / "fonts")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(),
            args=ARGUMENTS,
            env={**os.environ, "LANGUAGE": "en_US"},  # says how a date is typed
        )
        try:
            yield browser
        finally:
            browser.close()


def sign_in(context: BrowserContext, url: str, colleague: Colleague) -> Page:
    """Open the inbox as a colleague."""
    page = context.new_page()
    page.goto(f"{url}/accesso/login/")
    page.locator("input[name=login]").fill(colleague.email)
    page.locator("input[name=password]").fill(make.PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/casella/**")
    return page


def open_page(browser: Browser, site: str, session: str, path: str) -> Page:
    """A page of somebody whose session is known, in a window of a desk."""
    context = browser.new_context(viewport=DESKTOP)
    context.set_default_timeout(3 * PATIENCE)  # a first page brings everything with it
    context.add_cookies([{"name": "ascolto", "value": session, "url": site}])
    page = context.new_page()
    page.goto(f"{site}{path}")
    return page


def until_seen(page: Page, happened: Callable[[], object], *, seconds: float = 60) -> None:
    """Wait for what only the browser's events tell, which come while one waits for the page."""
    deadline = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < deadline, f"nothing in {seconds} s"
        page.wait_for_timeout(50)
