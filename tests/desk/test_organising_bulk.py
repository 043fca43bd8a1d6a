from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Bulk, SavedView
from ascolto.cases.services.bulk import run_bulk
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import many_cases, page

pytestmark = pytest.mark.django_db


def test_ticked_cases_are_done_together_and_the_progress_is_shown(desk: Client) -> None:
    chosen = [str(case.pk) for case in many_cases(3, team=make.team())]

    assert "3 casi scelti" in page(desk, "/insieme/", scelti=chosen)
    answer = desk.post("/insieme/fai/", {"scelti": chosen, "che": "TAG", "etichetta": "fibra"})
    bulk = Bulk.objects.get()
    waiting = page(desk, answer["Location"])
    run_bulk(bulk.pk, now=timezone.now())

    assert "Fatti 0 di 3" in waiting
    assert "every 1s" in waiting
    assert "Fatti 3 di 3" in page(desk, answer["Location"])
    assert "every 1s" not in page(desk, answer["Location"])


@pytest.mark.parametrize(
    "said",
    [
        {"che": "TAG", "etichetta": " "},
        {"che": "ALTRO"},
        {"che": "SNOOZE", "data": "2020-01-01T09:00"},
        {"che": "TRANSFER", "a": "999"},
        {"che": "ASSIGN", "a": "²"},
        {"che": "PRIORITISE", "priorita": "9"},
    ],
)
def test_half_a_wish_starts_nothing(desk: Client, said: dict[str, str]) -> None:
    case = many_cases(1, team=make.team())[0]

    answer = desk.post("/insieme/fai/", {"scelti": [str(case.pk)], **said}, follow=True)

    assert "Scegli che cosa fare" in answer.content.decode()
    assert not Bulk.objects.exists()


def test_a_list_is_narrowed_by_its_address_and_kept_as_a_view(
    desk: Client, elena: Colleague
) -> None:
    many_cases(2, team=make.team(), due=timezone.now() + timedelta(days=1))

    shown = page(desk, "/casella/tutti/", priorita="urgente")
    desk.post("/viste/", {"coda": "tutti", "priorita": "urgente", "nome": "Urgenti", "per": ""})

    view = SavedView.objects.get()
    assert "Nessun caso con questi filtri." in shown
    assert (view.owner, view.filters) == (elena, {"priorita": ["urgente"], "coda": ["tutti"]})
    assert "Urgenti" in page(desk, "/casella/")


def test_a_view_is_deleted_by_its_owner(desk: Client) -> None:
    desk.post("/viste/", {"coda": "tutti", "scaduti": "1", "nome": "Scaduti", "per": "tutti"})
    view = SavedView.objects.get()

    desk.post(f"/viste/{view.pk}/", {"elimina": "1"})

    assert not SavedView.objects.exists()


def test_a_deed_on_many_answers_below_the_list_with_how_far_it_is(
    desk: Client, elena: Colleague
) -> None:
    cases = many_cases(3, team=make.team(), due=timezone.now())
    chosen = [str(case.pk) for case in cases]
    part = {"HX-Request": "true"}

    asked = desk.get("/insieme/", {"scelti": chosen}, headers=part).content.decode()
    assert "<html" not in asked
    assert 'hx-target="#insieme-qui"' in asked
    fields = {"scelti": chosen, "che": "PRIORITISE", "priorita": "2"}
    told = desk.post("/insieme/fai/", fields, headers=part)
    assert told.status_code == 200
    assert "Fatti 0 di 3" in told.content.decode()
    bulk = Bulk.objects.get()
    assert told["HX-Push-Url"] == f"/insieme/{bulk.pk}/"
    run_bulk(bulk.pk, now=timezone.now())

    undone = desk.post(f"/insieme/{bulk.pk}/annulla/", headers=part).content.decode()

    assert "Annullati 0 di 3" in undone
    assert "<html" not in undone


def test_what_lacks_something_is_said_where_it_was_asked(desk: Client, elena: Colleague) -> None:
    case = many_cases(1, team=make.team(), due=timezone.now())[0]

    response = desk.post(
        "/insieme/fai/", {"scelti": [case.pk], "che": "TAG"}, headers={"HX-Request": "true"}
    )

    assert response.status_code == 422
    assert "Scegli che cosa fare" in response.content.decode()
