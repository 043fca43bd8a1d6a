"""T30: a mail made to exhaust us is bounded, kept, and the next one is read.

How each is read: tests/channels/email_reading/test_hostile_mails.py. Here they come the whole way.
"""

import resource
import time
from collections.abc import Callable

import pytest
from django.conf import settings
from django.utils import timezone

from ascolto.cases.models import Message
from ascolto.channels.models import Arrival
from tests import make

pytestmark = pytest.mark.django_db
SECONDS = 15  # of the wall, on a busy machine; the guard gives each two of the processor's
LARGEST = settings.LARGEST_MESSAGE  # the doors take no more: beyond it the bytes are only longer
COPIES = 14  # of the raw bytes, at most, on their way to the database


def head(kind: str) -> bytes:
    return (
        "From: Giulia <giulia@example.org>\r\nSubject: Bomba\r\nMessage-ID: <b@example.org>\r\n"
        f"MIME-Version: 1.0\r\nContent-Type: {kind}\r\n"
    ).encode()


def many_parts() -> bytes:
    part = b"--b\r\nContent-Type: text/plain\r\n\r\nx\r\n"
    return head('multipart/mixed; boundary="b"') + b"\r\n" + part * 10_000 + b"--b--\r\n"


def deep() -> bytes:
    inner = b"".join(
        b'--b%d\r\nContent-Type: multipart/mixed; boundary="b%d"\r\n\r\n' % (level, level + 1)
        for level in range(1_000)
    )
    return head('multipart/mixed; boundary="b0"') + b"\r\n" + inner


def one_line() -> bytes:
    encoded = b"Content-Transfer-Encoding: base64\r\n\r\n"
    return head("application/pdf") + encoded + b"QUFB" * (LARGEST // 4)


def entities() -> bytes:
    """A certified-mail receipt whose XML grows to gigabytes when it is believed."""
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 12))
    bomb = f'<!DOCTYPE postacert [<!ENTITY e0 "dieci">{levels}]><postacert>&e11;</postacert>'
    return (
        head('multipart/mixed; boundary="b"')
        + b"X-Ricevuta: avvenuta-consegna\r\nX-Riferimento-Message-ID: <a@b.example>\r\n\r\n"
        + b"--b\r\nContent-Type: text/plain\r\n\r\nRicevuta\r\n"
        + b'--b\r\nContent-Type: application/xml; name="daticert.xml"\r\n'
        + b'Content-Disposition: attachment; filename="daticert.xml"\r\n\r\n'
        + bomb.encode()
        + b"\r\n--b--\r\n"
    )


def peak() -> int:
    """The most memory this process ever held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@pytest.mark.parametrize("bomb", [many_parts, deep, one_line, entities])
def test_a_bomb_is_kept_and_the_next_mail_is_read(bomb: Callable[[], bytes]) -> None:
    began, before, raw = time.monotonic(), peak(), bomb()

    make.receive(raw, now=timezone.now())
    make.receive(make.mail(message_id="<dopo@example.org>"), now=timezone.now())

    assert time.monotonic() - began < SECONDS
    assert peak() - before < COPIES * LARGEST
    assert Arrival.objects.filter(read_at=None, quarantined_at=None).count() == 0
    assert Message.objects.filter(item__message_id="<dopo@example.org>").exists()
