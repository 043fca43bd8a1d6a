"""Nobody sets a company up who cannot read the server's own words; and only once."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from ascolto.desk.setup_code import FILE, setup_code
from ascolto.desk.setup_hours import worked_example
from ascolto.staff.models import Calendar, Colleague, Company, Opening, Team
from tests import make

pytestmark = pytest.mark.django_db
PAOLA = {
    "company": "Alba",
    "zone": "Europe/Rome",
    "language": "it",
    "your_name": "Paola Ferri",
    "email": "paola@alba.example",
    "password": "tre parole a caso",
}


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, settings: "pytest.FixtureRequest") -> None:
    settings.HOME = tmp_path  # type: ignore[attr-defined] # pytest-django's own fixture


def test_without_the_code_there_is_no_first_step(client: Client) -> None:
    client.post("/avvio/", {"codice": "AAAA-AAAA-AAAA"})

    response = client.post("/avvio/", PAOLA)

    assert response.status_code == 422
    assert not Company.objects.exists()


def test_the_code_is_for_its_owners_eyes_only() -> None:
    setup_code()

    assert stat.S_IMODE((Path(settings.HOME) / FILE).stat().st_mode) == 0o600


def test_with_the_code_the_company_is_there_and_its_owner_is_in(client: Client) -> None:
    code = setup_code().lower().replace("-", " ")
    assert client.post("/avvio/", {"codice": code}).status_code == 302

    response = client.post("/avvio/", PAOLA)

    assert response["Location"] == "/avvio/casella/"
    owner = Colleague.objects.get()
    assert (owner.role, owner.check_password("tre parole a caso")) == ("OWNER", True)
    assert client.get("/avvio/casella/").status_code == 200
    assert Team.objects.get().calendar.openings.count() == 5
    assert not (Path(settings.HOME) / FILE).exists()


def test_a_weak_password_keeps_what_was_typed(client: Client) -> None:
    client.post("/avvio/", {"codice": setup_code()})

    response = client.post("/avvio/", {**PAOLA, "password": "password12"})

    assert response.status_code == 422
    assert "paola@alba.example" in response.content.decode()
    assert not Colleague.objects.exists()


def test_a_company_that_is_there_is_not_set_up_again(client: Client) -> None:
    make.colleague("Paola Ferri", role=Colleague.Role.OWNER)
    client.post("/avvio/", {"codice": setup_code()})

    response = client.post("/avvio/", {**PAOLA, "company": "Ladri"})

    assert response.status_code == 302
    assert not Company.objects.filter(name="Ladri").exists()


def test_the_later_steps_are_the_owners(client: Client) -> None:
    client.force_login(make.colleague())

    assert client.get("/avvio/casella/").status_code == 403


def test_hours_are_kept_and_an_example_says_what_they_mean(client: Client) -> None:
    make.team()
    client.force_login(make.colleague("Paola Ferri", role=Colleague.Role.OWNER))
    week = {f"day{day}": "9-13, 14:00-18:00" for day in range(5)}

    response = client.post("/avvio/orari/", {**week, "province": "to"}, follow=True)

    assert "Un messaggio di sabato" in response.content.decode()
    assert Calendar.objects.get().province == "TO"
    assert Opening.objects.count() == 10


@pytest.mark.parametrize("typed", ["9-8", "sempre", "9-13, 12-18", "25:00-26:00"])
def test_hours_that_cannot_be_meant_change_nothing(client: Client, typed: str) -> None:
    make.team()
    client.force_login(make.colleague("Paola Ferri", role=Colleague.Role.OWNER))

    response = client.post("/avvio/orari/", {"day0": typed, "province": ""})

    assert response.status_code == 422
    assert Opening.objects.count() == 5


def test_a_week_without_an_hour_is_refused(client: Client) -> None:
    make.team()
    client.force_login(make.colleague("Paola Ferri", role=Colleague.Role.OWNER))

    assert client.post("/avvio/orari/", {"province": ""}).status_code == 422


def test_saturdays_message_is_promised_for_monday() -> None:
    calendar = make.team().calendar
    wednesday = datetime(2026, 3, 4, 11, tzinfo=UTC)

    sentence = worked_example(calendar, now=wednesday)

    assert (
        sentence
        == "Un messaggio di sabato 7 marzo alle 11 avrà risposta entro lunedì 9 marzo, alle 13:00."
    )
