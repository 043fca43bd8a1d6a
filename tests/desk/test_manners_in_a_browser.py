"""The count beside the answer, in Chromium: it says what the server would say."""

import os
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from ascolto.cases.models import Message
from ascolto.cases.services.hearing import hear as put_into
from ascolto.channels import registry
from ascolto.channels.adapters.form.carrier import by_mail
from ascolto.channels.adapters.webhook.reader import WebhookReader
from ascolto.channels.measuring import measure
from ascolto.channels.models import Channel
from ascolto.channels.ports import Manners
from ascolto.people.models import Identity
from tests import make
from tests.e2e.browser import open_page
from tests.triage.public import hear, network, writer

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.xdist_group("manners in a browser"),
]
PATIENCE = 15_000  # ms
NETWORKS = {
    Channel.Kind.BLUESKY: Manners(longest=300, unit="GRAPHEME", public=True, names_him=True),
    Channel.Kind.X: Manners(longest=280, unit="X", public=True),
    Channel.Kind.WHATSAPP: Manners(longest=4096, unit="UTF16"),
}
TYPED = "Sì 👩‍👩‍👧‍👦 «日本» https://example.org/molto/lungo?x=1 …"


@pytest.fixture
def case_page(
    browser: Browser, live_server: LiveServer, real_queue: None, monkeypatch: pytest.MonkeyPatch
) -> Page:
    """A case with a mail and three networks, as Elena sees it."""
    monkeypatch.setitem(os.environ, "DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    for name in ("_carriers", "_manners", "_readers"):
        monkeypatch.setattr(registry, name, dict(getattr(registry, name)))
    elena = make.colleague("Elena Sala", teams=(make.team(),))
    now = timezone.now()
    case = make.case(now=now - timedelta(hours=1))
    giulia = writer("giulia.example")
    Identity.objects.create(
        customer=case.customer,
        kind="HANDLE",
        value=giulia.shown,
        normal=giulia.value,
        first_seen_at=now,
    )
    for kind, manners in NETWORKS.items():
        registry.register(kind, reader=WebhookReader, carrier=by_mail)
        registry.register_source(kind, manners=manners)
        said = "MESSAGE" if kind == Channel.Kind.WHATSAPP else "POST"
        item = hear("fibra giù!", sender=giulia, channel=network(kind), kind=said, now=now)
        put_into(case, item, proof=Message.Proof.SAME_PERSON)
    client = Client()
    client.force_login(elena)
    session = client.cookies["ascolto"].value
    return open_page(browser, live_server.url, session, f"/casi/{case.number}/")


def test_the_count_follows_the_place_and_what_is_typed(case_page: Page) -> None:
    case_page.fill("#testo-risposta", TYPED)

    for kind, manners in NETWORKS.items():
        value = case_page.locator("select[name=via] option", has_text=f"({kind.label})").first
        case_page.select_option("select[name=via]", value.get_attribute("value"))
        place = case_page.locator("#componi .manners:not([hidden])")
        said = f"@giulia.example {TYPED}" if manners.names_him else TYPED
        left = (manners.longest or 0) - measure(said, manners.unit)
        expect(place.locator("[data-room]")).to_have_text(str(left), timeout=PATIENCE)
        where = "in privato" if kind == Channel.Kind.WHATSAPP else "in pubblico: lo legge chiunque"
        expect(place).to_contain_text(where, timeout=PATIENCE)


def test_too_much_is_marked_while_one_writes(case_page: Page) -> None:
    option = case_page.locator("select[name=via] option", has_text="Bluesky").first
    case_page.select_option("select[name=via]", option.get_attribute("value"))

    case_page.fill("#testo-risposta", "é" * 290)

    room = case_page.locator("#componi .manners:not([hidden]) [data-room]")
    expect(room).to_have_text("-6", timeout=PATIENCE)
    expect(room).to_have_class("chip line num bad", timeout=PATIENCE)
