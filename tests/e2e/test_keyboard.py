"""The main loop without a mouse: find, answer, think again, answer, close."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from ascolto.cases.models import Case, Message
from ascolto.cases.services import assign
from tests import make
from tests.mailservers.world import until
from tests.threats.watched import watched

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]


def test_a_case_is_answered_called_back_and_resolved_with_keys_alone(
    live_server: LiveServer,
) -> None:
    elena = make.colleague(teams=(make.team(),))
    case = make.case(now=timezone.now())
    assign(case, to=elena, by=elena, now=timezone.now())

    with watched(live_server.url, elena) as desk:
        keys, page = desk.page.keyboard, desk.page
        desk.open("/casella/")
        keys.press("j")
        keys.press("Enter")
        page.wait_for_selector(".thread[data-case]")
        keys.press("r")
        keys.type("Arriviamo giovedì.")
        keys.press("Control+Enter")
        page.wait_for_selector(".toast [data-key=z]")
        assert Message.objects.filter(text="Arriviamo giovedì.").exists()

        keys.press("Escape")
        keys.press("z")
        page.wait_for_selector("#testo-risposta:focus")
        expect(page.locator("#testo-risposta")).to_have_value("Arriviamo giovedì.")

        keys.press("Escape")
        keys.press("e")
        page.wait_for_selector("dialog:modal")
        if page.evaluate("document.activeElement.tagName") != "TEXTAREA":
            keys.press("Tab")  # past the way out of the dialog
        keys.type("Ha richiamato: è già risolto.")
        while page.evaluate("document.activeElement.type") != "submit":
            keys.press("Tab")
        keys.press("Enter")
        until(Case.objects.filter(resolved_at__isnull=False).exists)

        assert desk.harm == []
