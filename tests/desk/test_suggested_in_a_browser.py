"""In Chromium: a suggestion goes into the answer with one key, an article is written beside how it
will look, and nothing typed is lost."""

import os
import re
from dataclasses import dataclass

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from ascolto.administration.services import articles as deeds
from ascolto.administration.services.articles import Place, Words
from ascolto.cases.models import Case
from ascolto.knowledge.models import Article, ArticleDraft, Use
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import case_of
from tests.e2e.browser import open_page
from tests.mailservers.world import until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("suggested in a browser"),
]
PATIENCE = 20_000


@dataclass
class Desk:
    browser: Browser
    address: str
    session: str
    case: Case
    article: Article

    def page(self, path: str = "") -> Page:
        place = path or f"/casi/C-{self.case.pk}/"
        return open_page(self.browser, self.address, self.session, place)


@pytest.fixture
def desk(
    browser: Browser, live_server: LiveServer, real_queue: None, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    # Playwright keeps a loop in this thread; what the test asks of the database is its own.
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    marta = make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR, teams=(make.team(),))
    words = Words("Il router lampeggia rosso", "Spenga il router e aspetti **un minuto**.")
    article = deeds.begin_article(words, Place(), by=marta, now=make.NOON)
    deeds.publish(article, audience="PUBLIC", by=marta, now=make.NOON)
    case = case_of("Giulia Ferraris", text="Il router lampeggia rosso e non va.")
    client = Client()
    client.force_login(marta)
    return Desk(browser, live_server.url, client.cookies["ascolto"].value, case, article)


def test_one_key_puts_a_suggestion_into_the_answer_and_a_person_sends_it(desk: Desk) -> None:
    page = desk.page()
    expect(page.locator("[data-insert]")).to_have_count(1, timeout=PATIENCE)

    page.keyboard.press("1")

    answer = page.locator("#testo-risposta")
    expect(answer).to_have_value("Spenga il router e aspetti un minuto.", timeout=PATIENCE)
    assert not Use.objects.exists()
    page.keyboard.press("Control+Enter")
    expect(answer).to_have_value("", timeout=PATIENCE)
    assert [(one.article_id, one.edited) for one in Use.objects.all()] == [(desk.article.pk, False)]


def test_slash_puts_in_the_address_of_an_article(desk: Desk) -> None:
    page = desk.page()
    page.keyboard.press("r")
    page.keyboard.type("Guardi qui: /")
    page.keyboard.type("router")
    expect(page.get_by_role("option")).to_have_count(2, timeout=PATIENCE)

    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")

    there = re.compile(r"^Guardi qui: .*/aiuto/it/il-router-lampeggia-rosso/$")
    expect(page.locator("#testo-risposta")).to_have_value(there, timeout=PATIENCE)


def test_an_article_is_seen_while_it_is_written_and_waits_for_its_writer(desk: Desk) -> None:
    page = desk.page("/conoscenza/nuovo/")
    page.fill("#id_title", "Spostare la linea")
    page.fill("#id_body", "Si chiede **prima**.")
    expect(page.locator("#anteprima strong")).to_have_text("prima", timeout=PATIENCE)
    expect(page.locator("#salvata")).to_contain_text("bozza salvata", timeout=PATIENCE)
    until(ArticleDraft.objects.filter(body="Si chiede **prima**.").exists)  # after the title

    page.reload()

    expect(page.locator("#id_body")).to_have_value("Si chiede **prima**.", timeout=PATIENCE)
    assert ArticleDraft.objects.get().title == "Spostare la linea"
