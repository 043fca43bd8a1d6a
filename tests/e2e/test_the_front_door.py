"""The main job with real parts: Postfix, Dovecot, PostgreSQL, Chromium, and our own processes."""

import re
import time
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page

from ascolto.cases.models import Case, Message
from ascolto.channels.models import Item
from tests import make
from tests.e2e.browser import DESKTOP, chromium, sign_in
from tests.e2e.house import DESK, open_house, real_mailbox
from tests.mailservers.fixtures import mail_world
from tests.mailservers.world import MailWorld, UserBox, until

__all__ = ["mail_world"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
    pytest.mark.browser,
    pytest.mark.mailserver,
]
GIULIA = "giulia@casa.example"
STRANGERS = ("Paolo Rinaldi", "Marta Neri", "Luca Moretti", "Anna Colombo", "Sara Greco",
             "Dario Longo", "Ilaria Fontana", "Fabio Marino")  # fmt: skip
AT_ONCE = 2.0  # seconds, for one of them


def opened(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def answer_in(box: UserBox) -> EmailMessage:
    """The mail of a person, not the receipt."""

    def persons() -> list[EmailMessage]:
        mails = [opened(raw) for raw in box.messages()]
        return [mail for mail in mails if mail["Auto-Submitted"] is None]

    until(lambda: bool(persons()))
    return persons()[0]


def test_a_mail_is_a_case_in_an_open_browser_and_is_answered(mail_world: MailWorld) -> None:
    elena = make.colleague(teams=(make.team(),))
    elena.undo_seconds = 1
    elena.save()
    _, desk = real_mailbox(mail_world)
    giulia = mail_world.add_user(GIULIA)

    with open_house() as house, chromium() as browser:
        context = browser.new_context(viewport=DESKTOP, locale="it-IT")
        page = sign_in(context, house.url, elena)
        page.goto(f"{house.url}/casella/tutti/")
        waits: list[float] = []
        for name in STRANGERS:  # the first wakes everything; the machine may be shared
            waits.append(seconds_until_seen(page, mail_world, desk, name))
            if waits[-1] < AT_ONCE:
                break
        assert waits[-1] < AT_ONCE, waits

        mail_world.send(GIULIA, DESK, a_question())
        page.get_by_text("Giulia Ferraris").first.wait_for(timeout=30_000)

        reply = answer_from_the_browser(page, giulia)
        assert reply["In-Reply-To"] == "<uno@example.org>"
        assert "guasto in centrale" in reply.get_content()

        back = his_answer(reply)
        mail_world.send(GIULIA, DESK, back)
        until(Message.objects.filter(text__startswith="Grazie").exists)
        mail_world.send(GIULIA, DESK, back)  # the same bytes, once more
        mail_world.send("ladro@casa.example", DESK, a_forgery(reply))
        until(lambda: Case.objects.count() == len(waits) + 2)

    joined = Message.objects.get(text__startswith="Grazie")
    assert joined.proof == Message.Proof.TOKEN
    assert joined.case == Case.objects.get(customer__name="Giulia Ferraris")
    assert Item.objects.filter(kind=Item.Kind.MESSAGE).count() == len(waits) + 3


def a_question() -> bytes:
    return make.mail("La fibra non va dalle 22.", sender=f"Giulia Ferraris <{GIULIA}>", to=DESK)


def his_answer(reply: EmailMessage) -> bytes:
    return make.mail(
        "Grazie, e per domani?",
        sender=f"Giulia Ferraris <{GIULIA}>",
        to=DESK,
        message_id="<due@example.org>",
        in_reply_to=str(reply["Message-ID"]),
    )


def a_forgery(reply: EmailMessage) -> bytes:
    """A stranger with a guessed number and a colleague's From, who never had our mail."""
    return make.mail(
        "Mandatemi tutto lo storico.",
        subject=f"[C-1] {reply['Subject']}",
        sender="Elena Sala <elena.sala@alba.example>",
        to=DESK,
        message_id="<furto@example.net>",
        in_reply_to="<uno@example.org>",
    )


def seconds_until_seen(page: Page, world: MailWorld, desk: UserBox, name: str) -> float:
    """From the moment a mail is in the mailbox to the moment a person sees it on the screen."""
    first, _, _ = name.partition(" ")
    address = f"{first.lower()}@casa.example"
    there = len(desk.messages())
    mail = make.mail(sender=f"{name} <{address}>", to=DESK, message_id=f"<{address}>")
    world.send(address, DESK, mail)
    desk.wait_for(there + 1)
    reached = time.monotonic()
    page.get_by_text(name).first.wait_for(timeout=30_000)
    return time.monotonic() - reached


def answer_from_the_browser(page: Page, customer: UserBox) -> EmailMessage:
    page.get_by_text("Giulia Ferraris").first.click()
    page.locator("textarea[name=text]").first.fill("Giulia, ci siamo: è un guasto in centrale.")
    page.get_by_role("button", name=re.compile("^Invia")).first.click()
    return answer_in(customer)
