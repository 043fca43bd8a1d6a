"""The customer's page, sign-in, the first day and quarantine in Chromium: no violation that axe
knows, in light and dark, no page wider than the window, and a form that leaves without script."""

import os
from dataclasses import dataclass
from itertools import cycle, permutations

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect
from pytest_django.live_server_helper import LiveServer

from ascolto.cases.models import CallRequest, Case, Message, Rating
from ascolto.cases.services import resolve
from ascolto.channels.models import Channel
from ascolto.portal import services
from ascolto.portal.door import VISIT
from ascolto.staff.models import Colleague, Company
from tests import make
from tests.e2e.axe import THEMES, Window, wrong_in
from tests.portal.pages import a_sign_in_link, fresh_page, we_answer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("portal in a browser"),
]
# Each page in both widths and both themes, one page the other way round than the next.
WINDOWS = [[Window(390, one), Window(1440, other)] for one, other in permutations(THEMES)]
OPEN_TO_ALL = ["/p/{token}/", "/p/{token}/non-sono-io/", "/p/nessuno/", "/accesso/login/",
               "/accesso/password/reset/", "/accesso/password/reset/done/", "/accesso/signup/",
               "/invito/nessuno/", "/p/entra/", "/p/entra/?inviato",
               "/p/entra/{sign_in}/"]  # fmt: skip
SIGNED_IN = ["/p/miei/", "/p/miei/{case}/", "/p/miei/nuova/", "/p/miei/non-sono-io/"]
FOR_THE_OWNER = ["/avvio/casella/", "/avvio/squadre/", "/avvio/orari/", "/avvio/fatto/",
                 "/quarantena/"]  # fmt: skip
IN_THE_DEMO = ["/demo/", "/demo/posta/"]


@dataclass
class House:
    browser: Browser
    address: str
    session: str
    token: str
    places: dict[str, str]
    visit: str

    def page(self, path: str, *, width: int, script: bool = True) -> Page:
        window = ViewportSize(width=width, height=900)
        context = self.browser.new_context(viewport=window, java_script_enabled=script)
        if path in [*FOR_THE_OWNER, *IN_THE_DEMO]:
            context.add_cookies([{"name": "ascolto", "value": self.session, "url": self.address}])
        if path in SIGNED_IN:
            context.add_cookies([{"name": VISIT, "value": self.visit, "url": self.address}])
        page = context.new_page()
        page.goto(self.address + path.format(token=self.token, **self.places))
        return page


@pytest.fixture
def house(
    browser: Browser, live_server: LiveServer, real_queue: None, monkeypatch: pytest.MonkeyPatch
) -> House:
    # Playwright keeps a loop in this thread; what the test asks of the database is its own.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    owner = make.colleague("Paola Ferri", role=Colleague.Role.OWNER, teams=(make.team(),))
    written = fresh_page()
    we_answer(written.case, "Il tecnico passa oggi alle 16.", by=owner)
    written.write(Client(), "Va bene, sono in casa.")
    places, visit = _signed_in(written.case)
    _unreadable()
    client = Client()
    client.force_login(owner)
    session = client.cookies["ascolto"].value
    return House(browser, live_server.url, session, written.token, places, visit)


def _signed_in(case: Case) -> tuple[dict[str, str], str]:
    """A closed matter beside the open one, a link that waits to be used, and a visit."""
    old = make.case(make.mail("Grazie!", subject="Bolletta", message_id="<b@example.org>"))
    resolve(old, by=make.colleague(), now=timezone.now(), reason="Tutto a posto.")
    identity = make.identity()
    visit, _ = services.sign_in(a_sign_in_link(identity), now=timezone.now())
    return {"case": str(case.pk), "sign_in": a_sign_in_link(identity)}, visit


def _unreadable() -> None:
    form = Channel.objects.create(
        kind=Channel.Kind.FORM, name="modulo", title="Modulo", team=make.team(), opened_at=make.NOON
    )
    make.receive(b'{"address": "mario(chiocciola)posta", "text": "Chiamatemi."}', channel=form)


def test_every_page_is_readable_by_everybody(house: House) -> None:
    pages = [*OPEN_TO_ALL, *SIGNED_IN, *FOR_THE_OWNER, *IN_THE_DEMO]
    for path, windows in zip(pages, cycle(WINDOWS), strict=False):
        Company.objects.update(is_demo=path in IN_THE_DEMO)
        page = house.page(path, width=1440)

        assert wrong_in(page, windows) == []
        page.context.close()


def test_the_page_works_without_script(house: House) -> None:
    page = house.page("/p/{token}/", width=390, script=False)

    page.get_by_label("Scriva").fill("Scritto senza script.")
    page.get_by_role("button", name="Invia il messaggio").click()

    expect(page.get_by_role("status")).to_be_visible()
    assert Message.objects.filter(text="Scritto senza script.").count() == 1


@pytest.mark.parametrize("path", ["/p/{token}/", "/p/entra/", "/p/miei/", "/p/miei/{case}/"])
def test_nothing_sticks_out_of_a_window_four_times_enlarged(house: House, path: str) -> None:
    page = house.page(path, width=320)

    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_whole_way_by_keyboard_without_script(house: House) -> None:
    """From the link in the mail to a judgement and a call, with Tab, Enter and letters."""
    page = house.page("/p/entra/{sign_in}/", width=390, script=False)
    for words in ("Entri", "Fibra giù", "Sì, mi ha aiutato"):
        with page.expect_navigation():
            _tab_to(page, words).press("Enter")
    _tab_to(page, "Mi faccia chiamare").press("Enter")
    page.get_by_label("A che numero?").fill("347 123 4567")
    with page.expect_navigation():
        _tab_to(page, "Chiedi la chiamata").press("Enter")
    page.get_by_text("La richiamiamo noi").wait_for()

    assert Rating.objects.get().score == Rating.Score.GOOD
    assert CallRequest.objects.get().number == "+393471234567"


def _tab_to(page: Page, words: str) -> Locator:
    """Press Tab until what says so has the focus, as one does without a mouse."""
    focused = page.locator(":focus")
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused.count() and words in focused.inner_text():
            return focused
    raise AssertionError(f"«{words}» is not reached by Tab")
