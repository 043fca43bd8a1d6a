"""What Ascolto would push, handed to our worker in a real Chromium by its own developer tools.

The push services of browser makers are out of reach of a test. What they do is bring the payload to
the worker, and Chromium can be asked to do just that.
"""

import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, CDPSession, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from ascolto.alerts.adapters.ways import words_of
from ascolto.alerts.models import Alert
from tests import make
from tests.alerts.builders import raised, rule
from tests.e2e.browser import ARGUMENTS, PHONE, chromium_path, until_seen

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PATIENCE = 60  # seconds
TRIES = 60
SHOWN = """navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) =>
    all.map(({ title, body, tag, data, requireInteraction }) =>
        ({ title, body, tag, data, requireInteraction })))"""
# Chromium lets only a person's click open or show a window; what the worker asks for is noted.
CLICK = """async (tag) => {
  const asked = [];
  self.clients.openWindow = async (url) => { asked.push(["open", url]); };
  const all = await self.registration.getNotifications();
  const notification = all.find((one) => one.tag === tag);
  if (!notification) throw new Error(`no notice ${tag} among ${all.map((one) => one.tag)}`);
  const before = WindowClient.prototype.focus;
  WindowClient.prototype.focus = async function () { asked.push(["focus", this.url]); };
  const event = new NotificationEvent("notificationclick", { notification });
  const over = [];
  event.waitUntil = (promise) => over.push(promise);
  self.dispatchEvent(event);
  await Promise.all(over);
  WindowClient.prototype.focus = before;
  return asked;
}"""


@dataclass
class Telephone:
    """A browser that stays signed in, and in which notices are allowed."""

    context: BrowserContext
    site: str
    page: Page
    tools: CDPSession
    registrations: dict[str, str] = field(default_factory=dict)  # scope: number

    def pushed(self, alert: Alert) -> None:
        """The very payload that `adapters.push` seals for this alert.

        Given again if it is not shown for long: the developer tools lose what they bring to a
        worker that is just being started, and say nothing. A push service would keep it.
        """
        title = words_of(alert, language="it").title
        for _ in range(TRIES):
            self._deliver(alert)
            deadline = time.monotonic() + PATIENCE / TRIES
            while time.monotonic() < deadline:
                if title in [one["title"] for one in self.page.evaluate(SHOWN)]:
                    return
                self.page.wait_for_timeout(50)
        raise AssertionError(f"{title} is never shown")

    def _deliver(self, alert: Alert) -> None:
        words = words_of(alert, language="it")
        told = {**asdict(words), "tag": alert.reference, "urgent": alert.urgent}
        self.tools.send(
            "ServiceWorker.deliverPushMessage",
            {
                "origin": self.site,
                "registrationId": self.registrations[f"{self.site}/"],
                "data": json.dumps(told),
            },
        )

    def shown(self, *, count: int) -> list[dict[str, Any]]:
        """The notices, once they are so many: the browser shows them late."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found: list[dict[str, Any]] = self.page.evaluate(SHOWN)
            if len(found) == count:
                return found
            assert time.monotonic() < deadline, found
            self.page.wait_for_timeout(50)

    def click(self, alert: Alert) -> list[list[str]]:
        """Click the notice; what the worker asked the browser for."""
        worker = self.context.service_workers[0]
        asked: list[list[str]] = worker.evaluate(CLICK, alert.reference)
        return asked


@pytest.fixture
def telephone(
    live_server: LiveServer, real_queue: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Telephone]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    elena = make.colleague("Elena Sala", teams=(make.team(),))
    client = Client()
    client.force_login(elena)
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path,
            executable_path=chromium_path(),
            args=ARGUMENTS,
            env={**os.environ, "LANGUAGE": "en_US"},
            viewport=PHONE,
            permissions=["notifications"],
        )
        cookie = client.cookies["ascolto"].value
        context.add_cookies([{"name": "ascolto", "value": cookie, "url": live_server.url}])
        page = context.pages[0]
        tools = context.new_cdp_session(page)
        made = Telephone(context, live_server.url, page, tools)
        tools.on("ServiceWorker.workerRegistrationUpdated", lambda told: _learn(made, told))
        tools.send("ServiceWorker.enable")
        page.goto(f"{live_server.url}/casella/")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.wait_for_function("navigator.serviceWorker.controller !== null")
        # The tools tell of it in their own time.
        until_seen(page, lambda: f"{made.site}/" in made.registrations and context.service_workers)
        yield made
        context.close()


def _learn(telephone: Telephone, told: dict[str, Any]) -> None:
    for one in told["registrations"]:
        if not one["isDeleted"]:
            telephone.registrations[one["scopeURL"]] = one["registrationId"]


@pytest.fixture
def alert() -> Alert:
    rule(urgent=True)
    return raised(team=make.team())


def test_a_pushed_alert_is_shown_with_its_words(telephone: Telephone, alert: Alert) -> None:
    telephone.pushed(alert)

    [notice] = telephone.shown(count=1)

    assert notice == {
        "title": "Giulia chiede aiuto",
        "body": "«è mezzanotte e la linea non va»",
        "tag": alert.reference,
        "data": {"path": f"/ascolto/allarmi/{alert.pk}/"},
        "requireInteraction": True,
    }


def test_news_of_one_alert_take_the_place_of_the_older(telephone: Telephone, alert: Alert) -> None:
    telephone.pushed(alert)
    telephone.shown(count=1)
    alert.title = "Giulia chiede ancora aiuto"
    telephone.pushed(alert)
    other = raised(about="mention:2", title="Luca chiede aiuto", team=make.team())
    telephone.pushed(other)

    notices = telephone.shown(count=2)

    assert {one["title"] for one in notices} == {alert.title, other.title}


def test_a_click_opens_the_page_of_the_alert_once(telephone: Telephone, alert: Alert) -> None:
    page_of_it = f"{telephone.site}/ascolto/allarmi/{alert.pk}/"
    telephone.pushed(alert)
    telephone.shown(count=1)

    assert telephone.click(alert) == [["open", page_of_it]]
    assert telephone.shown(count=0) == []

    telephone.page.goto(page_of_it)
    telephone.pushed(alert)
    telephone.shown(count=1)
    assert telephone.click(alert) == [["focus", page_of_it]]
    assert len(telephone.context.pages) == 1


def test_the_desk_can_be_kept_among_the_apps_of_a_telephone(telephone: Telephone) -> None:
    told = telephone.tools.send("Page.getInstallabilityErrors")

    assert told["installabilityErrors"] == []
