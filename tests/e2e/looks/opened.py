"""A whole company in a browser: whoever looks has his cookies, and every page opens in one tab."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.test import Client
from django.utils import timezone
from playwright.sync_api import BrowserContext, Error, Page

from ascolto.administration.services.factors import offer_recovery
from ascolto.cases.models import Conversation
from ascolto.portal import services
from ascolto.portal.door import VISIT
from ascolto.staff.models import Colleague, Company
from tests import make
from tests.e2e.browser import chromium
from tests.e2e.looks.table import Look
from tests.e2e.looks.voices import add_voices
from tests.portal.pages import a_sign_in_link
from tests.threats.world import World, build

LOGIN = "/accesso/login/"
SEND = "(form) => { form.noValidate = true; form.requestSubmit(); }"
Cookies = dict[str, str]
TOUCH_ID = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
AS_IT_IS = {"is_demo": False, "factor_roles": []}


class Elsewhere(Exception):
    """It sent on to another page, or shows it to somebody else."""


@dataclass
class Opened:
    """One tab, and the cookies of everybody who looks."""

    context: BrowserContext
    page: Page
    address: str
    world: World
    cookies: dict[str, Cookies] = field(default_factory=dict)

    def look(self, look: Look) -> Page:
        """Open it as that person, and do what he does."""
        Company.objects.update(**(AS_IT_IS | look.company))
        self.context.clear_cookies()
        for name, value in self.cookies.get(look.who, {}).items():
            self.context.add_cookies([{"name": name, "value": value, "url": self.address}])
        # Where a deed before still leads to is left, or it would break off what is opened now; and
        # another fragment of the same page would not load it.
        with suppress(Error):
            self.page.goto("about:blank")
        self.page.goto("about:blank")
        address = f"{self.address}{look.address.format(**self.world.ids)}"
        answer = self.page.goto(address, wait_until="domcontentloaded")
        if answer is None or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Elsewhere(f"it fails: {answer}")
        if re.sub(r"[?#].*", "", self.page.url) != re.sub(r"[?#].*", "", address):
            raise Elsewhere(f"{look.who} came to {self.page.url}")
        for deed in look.does:
            self._do(*deed.split(" ", 1))
        self.page.evaluate("document.fonts.ready")
        return self.page

    def _do(self, verb: str, what: str) -> None:
        if verb == "press":
            self.page.wait_for_load_state("load")
            self.page.keyboard.press(what)
        elif verb == "click":
            self.page.locator(what).first.click()
        else:
            with self.page.expect_response(lambda answer: answer.request.method == "POST"):
                self.page.locator(what).first.evaluate(SEND)
            self.page.wait_for_load_state("networkidle")


@contextmanager
def opened(address: str) -> Iterator[Opened]:
    world = build()
    add_voices(world)
    with chromium() as browser:
        context = browser.new_context(locale="it-IT")
        page = context.new_page()
        page.set_default_timeout(30_000)  # milliseconds; the machine may have other work
        tab = Opened(context, page, address, world, _cookies(world))
        tab.cookies |= _with_factors(tab)
        yield tab


def _cookies(world: World) -> dict[str, Cookies]:
    known = {actor: {"ascolto": session} for actor, session in world.sessions.items()}
    identity = Conversation.objects.get(pk=world.ids["open_conversation"]).identity
    visit, _ = services.sign_in(a_sign_in_link(identity), now=timezone.now())
    world.ids["sign_in"] = a_sign_in_link(identity)
    owner = Colleague.objects.get(name="Anna Berti")
    world.ids["recovery"] = offer_recovery(owner, now=timezone.now())
    Company.objects.update(factor_asked_at=timezone.now())
    return {
        **known,
        "owner": _of(_let_in(owner)),
        "customer": {VISIT: visit},
        "just signed in": _of(_with_a_password(world.people["lead"])),
    }


def _with_factors(tab: Opened) -> dict[str, Cookies]:
    """Nora has a key, codes and an app; once she is in, once she has shown the password alone."""
    nora = make.colleague("Nora Fabbri")
    inside = _of(_with_a_password(nora))
    tab.cookies["with factors"] = inside
    page = tab.look(Look("/accesso/fattori/chiavi/aggiungi/", "with factors"))
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    wire.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCH_ID})
    page.locator("#chiave").click()
    page.wait_for_url("**/fattori/riserva/**")
    totp.TOTP.activate(nora, totp.generate_totp_secret())
    key = Authenticator.objects.get(user=nora, type=Authenticator.Type.WEBAUTHN)
    tab.world.ids["my_key"] = key.pk
    return {"with factors": inside, "halfway": _of(_with_a_password(nora))}


def _with_a_password(colleague: Colleague) -> Client:
    client = Client()
    client.post(LOGIN, {"login": colleague.email, "password": make.PASSWORD})
    client.post("/accesso/reauthenticate/", {"password": make.PASSWORD})
    return client


def _let_in(colleague: Colleague) -> Client:
    client = Client()
    client.force_login(colleague)
    return client


def _of(client: Client) -> Cookies:
    return {name: one.value for name, one in client.cookies.items()}
