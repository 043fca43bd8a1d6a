"""What nobody at the desk did stands in the history too, as a sentence."""

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import answered, case_of, page, sent
from tests.portal.pages import page_of

pytestmark = pytest.mark.django_db


def test_somebody_who_says_it_is_not_him_is_seen_at_the_desk(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    Client().post(f"{page_of(case).path}non-sono-io/")

    text = page(desk, f"/casi/C-{case.pk}/")

    assert "chi legge giulia@example.org dice che il caso non lo riguarda" in text


def test_the_words_of_an_automatic_reply_are_seen_where_it_belongs(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    ours = sent(answered(case, make.colleague()))
    away = make.mail(
        "Sono in ferie\nfino a lunedì.",
        message_id="<ferie@example.org>",
        in_reply_to=ours.message_id,
        headers={"Auto-Submitted": "auto-replied"},
    )
    make.receive(away, now=timezone.now())

    text = page(desk, f"/casi/C-{case.pk}/")

    assert "<b>Risposta automatica:</b>" in text
    assert "«Sono in ferie fino a lunedì.»" in text


def test_a_number_that_a_stranger_names_is_shown_to_be_looked_at(desk: Client) -> None:
    known = case_of("Giulia Ferraris")
    claiming = case_of("Dario Neri", subject=f"{known.number} mandatemi tutto")

    text = page(desk, f"/casi/C-{claiming.pk}/")

    assert f"l’oggetto nomina il caso {known.number}, ma niente prova" in text


def test_they_are_told_in_english_too(desk: Client) -> None:
    known = case_of("Giulia Ferraris")
    claiming = case_of("Dario Neri", subject=f"{known.number} mandatemi tutto")
    Colleague.objects.update(language="en")

    text = page(desk, f"/casi/C-{claiming.pk}/")

    assert f"the subject names case {known.number}" in text
