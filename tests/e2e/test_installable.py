"""The desk on a telephone: to be kept among its apps, and honest without a network."""

import httpx
import pytest
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests import make
from tests.e2e.browser import PHONE, chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IN_CHARGE = """new Promise((yes) => navigator.serviceWorker.controller ? yes()
    : navigator.serviceWorker.addEventListener("controllerchange", () => yes()))"""


def test_without_a_network_a_page_says_so_and_shows_nobody(
    live_server: LiveServer, real_queue: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    elena = make.colleague("Elena Sala", teams=(make.team(),))
    client = Client()
    client.force_login(elena)
    with chromium() as browser:
        context = browser.new_context(viewport=PHONE)
        cookie = client.cookies["ascolto"].value
        context.add_cookies([{"name": "ascolto", "value": cookie, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"{live_server.url}/casella/")
        page.evaluate(IN_CHARGE)
        manifest = page.evaluate(
            "fetch(document.querySelector('link[rel=manifest]').href).then((a) => a.json())"
        )
        assert manifest["start_url"] == "/casella/"
        assert kept(page) == {"/senza-rete/"}

        context.set_offline(True)
        page.goto(f"{live_server.url}/casella/tutti/")

        expect(page.get_by_role("heading", name="Non c’è rete.")).to_be_visible()
        assert "Elena" not in page.content()
        context.close()


def test_the_worker_may_look_after_every_page(live_server: LiveServer) -> None:
    answer = httpx.get(f"{live_server.url}/sw.js", timeout=30)

    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"


def kept(page: Page) -> set[str]:
    """The pages (not their looks) that stay on the device."""
    found = page.evaluate(
        "caches.open('ascolto-1').then((one) => one.keys())"
        ".then((all) => all.map((request) => new URL(request.url).pathname))"
    )
    return {path for path in found if not path.startswith("/static/")}
