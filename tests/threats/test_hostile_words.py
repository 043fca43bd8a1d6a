"""T02, T05, T35: markup where a word is expected is shown as text, on every page that shows it."""

from email.message import EmailMessage
from email.utils import quote

import pytest
from django.utils import timezone
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from ascolto.cases.models import Case, Draft, Message
from ascolto.cases.services import add_note, attach_file, issue_link, save_draft
from ascolto.staff.models import Colleague, Company, Team
from tests import make
from tests.threats.payloads import NAMES
from tests.threats.watched import watched

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]
# Ours: the scripts of the page itself, and data for them that never runs.
ACTIVE = """
() => [...document.querySelectorAll('*')].filter((element) =>
  [...element.attributes].some((one) => one.name.startsWith('on'))
  || (element.matches('script') && !element.src && element.type !== 'application/json')
  || (element.matches('img') && element.getAttribute('src') === 'x')
  || /^\\s*javascript:/i.test(element.getAttribute('href') || '')
).map((element) => element.outerHTML.slice(0, 200))
"""


TEXTAREA = f"</textarea>{NAMES[0]}"


def mail(payload: str, number: int) -> bytes:
    message = EmailMessage()
    message["To"] = "assistenza@alba.example"
    message.set_content(f"{payload} https://example.org/{payload}")
    message.add_attachment(b"x", maintype="text", subtype="plain", filename=payload or "x")
    local = f'"{quote(payload)}"' if number % 2 else f"giulia{number}"
    head = (
        f'From: "{quote(payload)}" <{local}@example.org>\r\n'
        f"Subject: {payload}\r\nMessage-ID: <{payload.replace(' ', '')}@example.org>\r\n"
    )
    return head.encode() + message.as_bytes()


def furnished() -> list[str]:
    """A house where everything is called by the payloads; the pages that show it."""
    team = make.team()
    marta = make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR, teams=(team,))
    now = timezone.now()
    for number, payload in enumerate(NAMES):
        make.receive(mail(payload, number), now=now)
        make.receive(f"Subject: {payload}\r\nFrom: {payload}\r\n\r\nx".encode(), now=now)
    Team.objects.filter(pk=team.pk).update(name=f"Squadra {NAMES[1]}")
    Company.objects.update(name=f"Alba {NAMES[3]}")
    Colleague.objects.filter(pk=marta.pk).update(name=f"Marta {NAMES[0]}")
    marta.refresh_from_db()
    pages = ["/casella/tutti/", "/quarantena/", "/impostazioni/", "/cerca/?q=script"]
    for case in Case.objects.all():
        add_note(case, author=marta, text=NAMES[1], now=now)
        save_draft(case, author=marta, kind=Draft.Kind.REPLY, text=TEXTAREA, now=now)
        attach_file(
            case,
            author=marta,
            kind=Draft.Kind.REPLY,
            name=NAMES[1],
            content_type="text/html",
            data=b"x",
            now=now,
        )
        identity = Message.objects.filter(case=case, item__isnull=False)[0].conversation.identity
        pages += [f"/casi/{case.number}/", f"/p/{issue_link(case, identity, now=now)}/"]
    return pages


def test_nothing_called_like_a_script_runs(live_server: LiveServer) -> None:
    pages = furnished()
    marta = Colleague.objects.get()

    with watched(live_server.url, marta) as desk:
        for path in [*pages, "/accesso/logout/", f"/cerca/?q={NAMES[1]}", f"/casella/{NAMES[0]}/"]:
            desk.open(path)

            assert desk.page.evaluate(ACTIVE) == [], path
        desk.page.wait_for_timeout(300)
        assert desk.harm == []

    assert Case.objects.count() >= len(NAMES) // 2


def test_a_customers_page_asks_nobody_else_and_tells_nobody_where_he_was(
    live_server: LiveServer,
) -> None:
    case = make.case(make.mail("Vedi http://example.org/x"), now=timezone.now())
    identity = case.messages.filter(item__isnull=False)[0].conversation.identity
    link = issue_link(case, identity, now=timezone.now())

    with watched(live_server.url, None) as visitor:
        visitor.open(f"/p/{link}/")
        answers = [_answer(visitor.page, path) for path in (f"/p/{link}/", "/p/nessuno/")]
        visitor.page.wait_for_timeout(300)

        assert visitor.harm == []
    for headers in answers:
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"


def _answer(page: Page, path: str) -> dict[str, str]:
    return page.request.get(f"{page.url.split('/p/')[0]}{path}").headers
