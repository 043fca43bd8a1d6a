"""T24: whatever strangers and colleagues are called, what leaves has the headers it should have."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ascolto.cases.models import Case, Draft
from ascolto.cases.services import answer, attach_file
from ascolto.channels.adapters.form.reader import Filled, written
from ascolto.channels.models import Channel
from ascolto.channels.services import deliver
from tests import make
from tests.threats.post import opened, post_office

pytestmark = pytest.mark.django_db
HEADERS = ["From", "To", "Subject", "Date", "Message-ID"]
THREAD = ["In-Reply-To", "References"]
BODY = ["MIME-Version", "Content-Type"]
HOSTILE = [
    "Giulia\r\nBcc: ladro@example.net",
    "Giulia\nBcc: ladro@example.net\n\nCorpo",
    "Giulia\x00\x0bBcc: ladro@example.net",
    "Giulia\u2028Bcc: ladro@example.net",
    "Giulia\x85Bcc: ladro@example.net",
    "=?utf-8?q?Giulia=0D=0ABcc:_ladro@example.net?=",
    "=?utf-8?b?R2l1bGlhDQpCY2M6IGxhZHJvQGV4YW1wbGUubmV0?=",
    'Giulia" <ladro@example.net>, "x',
    "Giulia <ladro@example.net>,",
    "G" * 5_000,
]


def form() -> Channel:
    make.mailbox()
    return Channel.objects.create(
        kind=Channel.Kind.FORM,
        name="contatti",
        title="Contatti",
        team=make.team(),
        opened_at=make.LONG_AGO,
    )


def answered(case: Case, name: str) -> bytes:
    """What leaves when a colleague of this name answers with a file of this name."""
    now = timezone.now()
    elena = make.colleague()
    name = name.replace("\0", "")  # no door lets one in: Django's forms and parsers take it out
    elena.name = name[:100]
    elena.save()
    file = attach_file(
        case,
        author=elena,
        kind=Draft.Kind.REPLY,
        name=name,
        content_type=f"text/plain; {name}",
        data=b"x",
        now=now,
    )
    message = answer(case, author=elena, text=f"Ecco.\n\n.\n{name}", files=[file], now=now)
    assert message.outgoing is not None
    with post_office() as office:
        deliver(message.outgoing.pk, now=now + timedelta(minutes=2))
    (raw,) = office.sent
    return raw


def is_sound(raw: bytes, *, thread: list[str]) -> None:
    mail = opened(raw)
    assert mail.keys() == [*HEADERS, *thread, *BODY]
    assert [len(part.keys()) for part in mail.iter_parts()] == [2, 3]
    assert [one.addr_spec for one in mail["To"].addresses] == ["giulia@example.org"]
    head = raw.partition(b"\r\n\r\n")[0]
    assert not [line for line in head.split(b"\r\n") if line.lower().startswith(b"bcc")]
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.parametrize("name", HOSTILE)
def test_a_form_filled_in_by_a_stranger_adds_no_header(name: str) -> None:
    filled = Filled("giulia@example.org", "Ciao", name, name)

    make.receive(written(filled), channel=form(), now=timezone.now())

    is_sound(answered(Case.objects.get(), name), thread=[])


@pytest.mark.parametrize("name", [name for name in HOSTILE if "\n\n" not in name])
def test_a_mail_of_a_stranger_adds_no_header(name: str) -> None:
    head = name.replace("\r", "").replace("\n", "\r\n ").encode()
    raw = (
        b'From: "%s" <giulia@example.org>\r\nSubject: %s\r\nMessage-ID: <uno@example.org>\r\n'
        b"References: <a@b.example>\r\n %s\r\n\r\nCiao\r\n"
    ) % (head.replace(b'"', b""), head, head)

    make.receive(raw, now=timezone.now())

    is_sound(answered(Case.objects.get(), name), thread=THREAD)
