"""How soon people are answered, for everybody to see: by letter, in a chat, and in public."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.channels.models import Channel, Outgoing
from ascolto.listening.models import Mention
from ascolto.listening.services import answered
from ascolto.triage.services import consider_mentions, place_many
from tests import make
from tests.desk.builders import page
from tests.triage.public import hear, mention_of, network, writer

pytestmark = pytest.mark.django_db
ASKED = "Da stasera la fibra non funziona, il modem ha la luce rossa."


def answered_by_letter() -> None:
    now = timezone.now() - timedelta(hours=1)
    case = make.case(make.mail(ASKED), now=now)
    receipt = Outgoing.objects.get(subject_ref=case.reference)
    minutes = timedelta(minutes=4)
    Outgoing.objects.filter(pk=receipt.pk).update(automatic=False, sent_at=now + minutes)


def answered_in_public() -> None:
    now = timezone.now() - timedelta(hours=1)
    mention = mention_of(hear(ASKED, sender=writer("luca.example"), now=now), opens_cases=True)
    consider_mentions([mention.pk], now=now)
    answered([mention.pk], now=now + timedelta(minutes=7))


def waiting_in_a_chat() -> None:
    chat = network(Channel.Kind.TELEGRAM)
    item = hear(ASKED, sender=writer("ada.example"), channel=chat, kind="MESSAGE",
                now=timezone.now() - timedelta(hours=1))  # fmt: skip
    place_many([item.pk], now=item.heard_at)


def test_every_place_stands_in_one_table_and_a_public_case_is_counted_once(desk: Client) -> None:
    answered_by_letter()
    answered_in_public()
    waiting_in_a_chat()

    words = table_of_answers(page(desk, "/ascolto/fonti/"))

    assert Mention.objects.get().standing == Mention.Standing.CASE
    assert "E-mail 4 min 4 min 1 0" in words
    assert "Telegram, in privato – – 0 1" in words
    assert "Bluesky 7 min 7 min 1 0" in words
    assert words.count("Bluesky") == 1


def table_of_answers(html: str) -> str:
    """Its words, without the marks around them."""
    table = html[html.index('id="risposte"') : html.index('id="voce"')]
    return " ".join(re.sub(r"<[^>]+>", " ", table).split())
