"""The ceremony of a key, in Chromium with an authenticator of its own: made, used, taken off."""

import os

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests import make
from tests.e2e.browser import chromium, sign_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
]
TOUCH_ID = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_sensor(page: Page) -> None:
    """A finger that is always there and always the right one."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCH_ID})


def test_a_key_is_made_opens_the_door_and_is_taken_off(
    live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Playwright keeps a loop in this thread; what the test asks of the database is its own.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    monkeypatch.setattr(
        settings, "PUBLIC_URL", live_server.url
    )  # http://localhost: a browser makes keys for it
    elena = make.colleague("Elena Sala", teams=(make.team(),))
    wait = 15_000

    with chromium() as browser:
        page = sign_in(browser.new_context(locale="it-IT"), live_server.url, elena)
        with_a_sensor(page)
        page.goto(f"{live_server.url}/impostazioni/accesso/")
        page.get_by_role("link", name="Aggiungi una chiave").click()
        page.locator("input[type=password]").fill(make.PASSWORD)
        page.locator("input[type=password]").press("Enter")
        page.locator("#chiave").click(timeout=wait)
        page.wait_for_url("**/fattori/riserva/**", timeout=wait)
        page.goto(f"{live_server.url}/impostazioni/accesso/")
        page.get_by_text("Chiave 1").first.wait_for(timeout=wait)
        made = Authenticator.objects.get(user=elena, type=Authenticator.Type.WEBAUTHN)

        page.context.clear_cookies()
        page.goto(f"{live_server.url}/accesso/login/")
        page.get_by_role("button", name="Entra con una chiave").click(timeout=wait)
        page.wait_for_url("**/casella/**", timeout=wait)

        page.goto(f"{live_server.url}/accesso/fattori/chiavi/{made.pk}/togli/")
        page.locator("input[type=password]").fill(make.PASSWORD)  # the one beside the key
        page.locator("input[type=password]").press("Enter")
        page.get_by_role("button", name="Togli la chiave").click(timeout=wait)
        page.wait_for_url("**/impostazioni/accesso/**", timeout=wait)
        assert page.get_by_text("Chiave 1").count() == 0

    assert not Authenticator.objects.filter(user=elena).exists()
