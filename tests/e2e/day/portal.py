"""The customer's side: his matters, an answer, a file, a call, a judgement, and "not me"."""

import tempfile
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from ascolto.cases.models import CallRequest, Case, Message, Rating
from ascolto.cases.services import resolve
from tests import make
from tests.e2e.browser import PHONE
from tests.e2e.day.hands import Hand
from tests.e2e.day.keyboard import Keyboard
from tests.e2e.day.mouse import Thumb
from tests.e2e.day.watcher import Watcher
from tests.portal.pages import a_sign_in_link, page_of, we_answer


def his_matters() -> tuple[Case, str, str]:
    """An open matter with an answer of ours, a closed one; links to sign in and to one matter."""
    elena = make.colleague(teams=(make.team(),))
    old = make.case(make.mail("Grazie!", subject="Bolletta", message_id="<b@example.org>"))
    resolve(old, by=elena, now=timezone.now(), reason="Tutto a posto.")
    case = make.case(now=timezone.now())
    we_answer(case, "Il tecnico passa oggi alle 16.", by=elena)
    return case, a_sign_in_link(make.identity()), page_of(case).token


def at_home(browser: Browser, site: str, *, script: bool) -> tuple[Page, Hand, Watcher]:
    """Giulia's telephone (with script), or the keyboard of a browser that runs none."""
    context = browser.new_context(
        viewport=PHONE, has_touch=script, locale="it-IT", java_script_enabled=script
    )
    context.set_default_timeout(60_000)
    watcher = Watcher(site, "Giulia at home")
    watcher.watch(context)
    page = context.new_page()
    return page, (Thumb(page) if script else Keyboard(page)), watcher


def the_customer_does_everything(page: Page, hand: Hand, site: str, sign_in: str) -> None:
    page.goto(f"{site}/p/entra/{sign_in}/")
    hand.press("Entri")
    expect(page.get_by_role("heading", name="Chiuse")).to_be_visible()
    hand.press("Fibra giù")
    expect(page.locator(".said")).to_contain_text("Il tecnico passa oggi alle 16.")

    with tempfile.TemporaryDirectory() as folder:
        photo = Path(folder) / "luce.txt"
        photo.write_text("rossa", encoding="utf-8")
        hand.write(page.locator("label[for=testo]").inner_text(), "La luce è rossa.")
        page.locator("#file").set_input_files(photo)
        hand.press("Invia il messaggio")
        expect(page.locator("#scritto")).to_be_visible()

    hand.press("Mi faccia chiamare")
    hand.write("A che numero?", "347 123 4567")
    hand.press("Chiedi la chiamata")
    expect(page.locator("#chiamata")).to_contain_text("La richiamiamo noi")
    hand.press("Sì, mi ha aiutato")
    expect(page.locator("#giudizio")).to_contain_text("Grazie")

    assert Rating.objects.get().score == Rating.Score.GOOD
    assert CallRequest.objects.get().number == "+393471234567"
    said = Message.objects.get(text="La luce è rossa.")
    assert said.item is not None
    assert said.item.attachments.get().name == "luce.txt"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def it_was_not_for_him(page: Page, hand: Hand, site: str, token: str) -> None:
    page.goto(f"{site}/p/{token}/")
    hand.press("Non è lei?")
    hand.press("Non è mia: chiudete il collegamento")
    expect(page.locator("h1")).to_contain_text("questo collegamento non apre più nulla")

    page.goto(f"{site}/p/{token}/")
    expect(page.locator("h1")).to_have_text("Questo collegamento non apre nulla.")
