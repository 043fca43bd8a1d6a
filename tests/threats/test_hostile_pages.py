"""T01, T06, T08: what strangers write in HTML, opened by a colleague, does and fetches nothing."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Frame
from pytest_django.live_server_helper import LiveServer

from ascolto.cases.models import Case, Message
from ascolto.channels.adapters.email.message import read_message
from ascolto.channels.models import Item
from tests import make
from tests.e2e.browser import until_seen
from tests.threats.payloads import EVERY
from tests.threats.watched import Watched, watched

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]
FORBIDDEN = (
    "script, form, input, button, iframe, frame, object, embed, svg, math, link, meta[http-equiv]"
)
# Covers the page that is around it: out of its frame, or fixed over it.
REACHES = """
() => [...document.body.querySelectorAll('*')].some((element) =>
  ['fixed', 'sticky', 'absolute'].includes(getComputedStyle(element).position))
"""


def a_case_with_html() -> Message:
    make.case(make.mail(), now=timezone.now())
    message = Message.objects.get(item__isnull=False)
    put(message, "<p>Ciao</p>")
    return message


def put(message: Message, html: str) -> None:
    Item.objects.filter(message=message).update(html=html)


def shown(desk: Watched, message: Message) -> Frame:
    """The frame of the message in the case page, loaded with what stands in the database now."""
    frame = next(one for one in desk.page.frames if "/html/" in one.url)
    before = f"{desk.site}/messaggi/{message.pk}/html/"
    frame.goto(before)
    return frame


def opened(desk: Watched, message: Message) -> None:
    desk.open(f"/casi/C-{message.case_id}/")
    for details in desk.page.locator("details:has(iframe)").all():
        details.evaluate("element => { element.open = true }")
    frame = desk.page.locator("iframe").first
    frame.scroll_into_view_if_needed()
    until_seen(desk.page, lambda: any("/html/" in one.url for one in desk.page.frames))

    assert frame.get_attribute("sandbox") == "allow-popups"


def test_this_browser_would_notice(live_server: LiveServer) -> None:
    """What the other tests rely on: without our care the same page does harm."""
    with watched(live_server.url, None) as bare:
        bare.page.set_content(f"<script>alert(1)</script><img src={bare.canary}/x.png>")
        until_seen(bare.page, lambda: bare.hits and bare.dialogs and bare.strays)

        assert (len(bare.hits), bare.dialogs, len(bare.strays)) == (1, ["1"], 1)


def test_nothing_that_a_stranger_writes_acts_or_fetches(live_server: LiveServer) -> None:
    message = a_case_with_html()
    elena = make.colleague(teams=(make.team(),))

    with watched(live_server.url, elena) as desk:
        opened(desk, message)
        for payload in EVERY:
            put(message, f"<p>prima</p>{payload.format(canary=desk.canary)}<p>dopo</p>")
            frame = shown(desk, message)

            assert frame.locator(f"body :is({FORBIDDEN})").count() == 0, payload
            assert not frame.evaluate(REACHES), payload
            for link in frame.locator("a[href]").all():
                address = link.get_attribute("href") or ""
                assert address.startswith(("http:", "https:", "mailto:")), payload
                assert link.get_attribute("ping") is None, payload

        desk.page.wait_for_timeout(500)
        assert desk.page.locator("body > style, body base, body meta").count() == 0
        assert desk.page.url == f"{desk.site}/casi/C-{message.case_id}/"
        assert desk.harm == []


def test_opening_and_answering_a_mail_tells_its_sender_nothing(live_server: LiveServer) -> None:
    elena = make.colleague(teams=(make.team(),))

    with watched(live_server.url, elena) as desk:
        message = a_case_with_html()
        put(message, "".join(one.format(canary=desk.canary) for one in EVERY))
        opened(desk, message)
        desk.page.locator("textarea[name=text]").first.fill("Buongiorno, guardiamo subito.")
        desk.page.keyboard.press("Control+Enter")
        desk.page.get_by_text("guardiamo subito").first.wait_for()
        desk.open("/casella/tutti/")
        desk.open("/cerca/?q=fibra")
        desk.page.wait_for_timeout(500)

        assert Case.objects.get().messages.count() == 3  # his, our receipt, our answer
        assert desk.harm == []


@pytest.mark.corpora
@pytest.mark.parametrize(
    "many", [100, pytest.param(10_000, marks=pytest.mark.faults)], ids=["some", "all"]
)
def test_no_real_mail_acts_or_fetches(live_server: LiveServer, corpora: Path, many: int) -> None:
    message = a_case_with_html()
    elena = make.colleague(teams=(make.team(),))
    pages = real_pages(corpora, many)

    with watched(live_server.url, elena) as desk:
        opened(desk, message)
        for page in pages:
            put(message, page)
            frame = shown(desk, message)
            assert frame.locator(f"body :is({FORBIDDEN})").count() == 0, page[:300]
            assert not frame.evaluate(REACHES), page[:300]
        assert desk.harm == []

    assert len(pages) >= min(many, 200)  # of as many as there are


def real_pages(corpora: Path, many: int) -> list[str]:
    """The HTML of so many mails that have some, in an order that mixes the sets."""
    files = [path for path in corpora.rglob("*") if path.suffix in {".eml", ".txt", ".mbox", ""}]
    found = []
    for path in sorted((one for one in files if one.is_file()), key=lambda one: one.name[::-1]):
        raw = path.read_bytes()[:400_000]
        if b"<html" in raw.lower() or b"text/html" in raw.lower():
            html = read_message(raw).html
            if html:
                found.append(html)
        if len(found) >= many:
            break
    return found
