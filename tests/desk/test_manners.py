"""Before an answer leaves one sees who will read it, and how much still fits."""

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case, Draft
from ascolto.channels import registry
from ascolto.channels.adapters.form.carrier import by_mail
from ascolto.channels.adapters.webhook.reader import WebhookReader
from ascolto.channels.models import Channel
from ascolto.channels.ports import Manners
from ascolto.triage.services import case_from_mention
from tests import make
from tests.desk.builders import page
from tests.triage.public import hear, mention_of, writer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _bluesky(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_carriers", "_manners", "_readers"):
        monkeypatch.setattr(registry, name, dict(getattr(registry, name)))
    registry.register(Channel.Kind.BLUESKY, reader=WebhookReader, carrier=by_mail)
    manners = Manners(longest=300, unit="GRAPHEME", public=True, names_him=True)
    registry.register_source(Channel.Kind.BLUESKY, manners=manners)


@pytest.fixture
def case() -> Case:
    item = hear("fibra giù!", sender=writer("giulia.example"), now=timezone.now())
    team = make.team()
    return case_from_mention(mention_of(item), team=team, by=None, now=timezone.now())


def test_a_public_answer_says_so_before_it_leaves(case: Case, desk: Client) -> None:
    shown = page(desk, f"/casi/{case.number}/")

    assert "in pubblico: lo legge chiunque" in shown
    assert 'data-longest="300"' in shown
    assert 'data-named="@giulia.example"' in shown
    assert "js/manners.js" in shown


def test_too_long_an_answer_is_refused_and_stays_in_its_box(case: Case, desk: Client) -> None:
    text = "é" * 290

    answer = desk.post(f"/casi/{case.number}/rispondi/", {"text": text})

    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Su Bluesky ci stanno 300 caratteri e questi sono 306" in said
    assert text in said
    assert not case.messages.filter(outgoing__isnull=False).exists()


def test_what_fits_leaves_and_is_shown_as_public(case: Case, desk: Client) -> None:
    answer = desk.post(f"/casi/{case.number}/rispondi/", {"text": "Ripariamo entro le 18."})

    assert answer.status_code == 302
    shown = page(desk, f"/casi/{case.number}/")
    assert shown.count("in pubblico</span>") >= 2
    assert not Draft.objects.exists()


def test_a_case_of_letters_shows_no_count(desk: Client) -> None:
    shown = page(desk, f"/casi/{make.case(now=timezone.now()).number}/")

    assert "data-longest" not in shown
    assert "in privato" not in shown
