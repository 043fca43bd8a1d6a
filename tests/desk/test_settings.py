"""The settings of the company, as the one who changes them sees them."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.administration.services import company, hours, teams
from ascolto.administration.services.changing import NotAllowed
from ascolto.cases.models import CaseTag, Tag
from ascolto.channels.models import Channel
from ascolto.desk.settings.durations import minutes_in, said
from ascolto.desk.settings.example import worked_example
from ascolto.desk.settings.register import harmless
from ascolto.kit.businesstime import Interval
from ascolto.kit.secrets import unseal
from ascolto.staff.models import Calendar, Colleague, Company, Competence, Skill, Team
from ascolto.timeline.queries import history_of
from tests import make
from tests.desk.builders import page
from tests.desk.conftest import browser_of

PLACE = "/impostazioni/"


@pytest.fixture
def office(marta: Colleague) -> Client:
    """The browser of Marta, who leads."""
    make.team()
    return browser_of(marta)


def test_an_agent_is_told_whom_to_ask(desk: Client, marta: Colleague) -> None:
    response = desk.get(f"{PLACE}persone/")

    assert response.status_code == 403
    assert "Marta Riva" in response.content.decode()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("30 min", 30), ("4 ore", 240), ("1 h 30", 90), ("90", 90), ("1 ora e 15 minuti", 75)],
)
def test_a_length_of_time_is_read_as_people_write_it(text: str, minutes: int) -> None:
    assert minutes_in(text) == minutes
    assert minutes_in(said(minutes)) == minutes


@pytest.mark.parametrize("text", ["", "ieri", "-4 ore", "4 giorni", "h"])
def test_what_is_no_length_of_time_is_none(text: str) -> None:
    assert minutes_in(text) is None


def test_the_example_is_reckoned_over_the_next_holiday(marta: Colleague) -> None:
    """The sentence of the mock-up: Monday evening before the eighth of December."""
    calendar = make.calendar()
    week = {day: [Interval.parse("08:00-20:00")] for day in range(5)}
    hours.set_hours(
        calendar, week=week, province="TO", round_the_clock=False, by=marta, now=make.NOON
    )

    sentence = worked_example(calendar, 240, now=datetime(2026, 11, 23, 9, tzinfo=UTC))

    assert sentence.startswith(
        "Un caso delle 19:30 di lunedì 7 dicembre, con 4 ore per rispondere, "
        "scade mercoledì 9 dicembre alle 11:30."
    )
    assert "martedì 8 dicembre non conta" in sentence


def test_a_team_is_changed_in_hours_and_the_change_is_signed(office: Client) -> None:
    team = Team.objects.get()
    wanted = {"name": "Guasti", "calendar": team.calendar_id, "first_answer": "1 h 30"}

    office.post(
        f"{PLACE}squadre/{team.pk}/salva/",
        {**wanted, "next_answer": "8 ore", "update": "", "resolution": "", "warn_percent": "80"},
    )

    team.refresh_from_db()
    assert (team.name, team.first_answer_minutes, team.update_minutes) == ("Guasti", 90, None)
    html = page(office, f"{PLACE}squadre/{team.pk}/")
    assert "Marta Riva" in html
    assert "nome: era «Assistenza», ora «Guasti»" in html


def test_the_last_write_says_whose_change_it_replaced(office: Client, marta: Colleague) -> None:
    paola = make.colleague("Paola Ferri", role=Colleague.Role.OWNER)
    seen = page(office, f"{PLACE}azienda/").split('name="visto" value="')[1].split('"')[0]
    company.change_company(
        name="Alba Reti", language="it", colour="#0f5d61", by=paola, now=timezone.now()
    )

    response = office.post(
        f"{PLACE}azienda/salva/",
        {"name": "Alba Nova", "language": "it", "colour": "#0f5d61", "visto": seen},
        follow=True,
    )

    html = response.content.decode()
    assert Company.objects.get().name == "Alba Nova"
    assert "Intanto Paola Ferri aveva cambiato" in html
    assert "«Alba Telefonia», ora «Alba Reti»" in html


def test_a_colour_on_which_white_cannot_be_read_is_refused(office: Client) -> None:
    response = office.post(
        f"{PLACE}azienda/salva/", {"name": "Alba", "language": "it", "colour": "#88ccee"}
    )

    assert response.status_code == 422
    assert "il contrasto è 1,7" in response.content.decode()
    assert Company.objects.get().colour == "#0f5d61"


def test_an_agent_changes_nothing_even_past_the_pages(elena: Colleague) -> None:
    calendar = Calendar.objects.get()

    with pytest.raises(NotAllowed):
        teams.add_team(teams.Wanted("Reti", calendar), by=elena, now=make.NOON)
    with pytest.raises(NotAllowed):
        hours.close_on(calendar, day=make.NOON.date(), reason="", by=elena, now=make.NOON)


def test_the_secret_of_a_webhook_is_shown_once_and_another_replaces_it(office: Client) -> None:
    team = Team.objects.get()
    html = office.post(
        f"{PLACE}canali/apri/", {"kind": "WEBHOOK", "title": "Cassa", "team": team.pk}
    ).content.decode()
    channel = Channel.objects.get(name="cassa")
    first = unseal(bytes(channel.secret))

    assert first in html
    assert first not in page(office, f"{PLACE}canali/{channel.pk}/")

    again = office.post(f"{PLACE}canali/{channel.pk}/chiave/").content.decode()
    channel.refresh_from_db()
    assert unseal(bytes(channel.secret)) != first
    assert unseal(bytes(channel.secret)) in again
    told = str([deed.facts for deed in history_of(f"channel:{channel.pk}")])
    assert first not in told


def test_what_came_in_is_drawn_by_the_hour(office: Client) -> None:
    make.case(now=timezone.now())

    html = page(office, f"{PLACE}canali/")

    assert "1 messaggio in 24 ore" in html


def test_tags_are_made_one_without_losing_a_case(office: Client, marta: Colleague) -> None:
    now = timezone.now()
    one, other = (
        make.case(now=now),
        make.case(
            make.mail(message_id="<due@example.org>", sender="Ugo <ugo@example.org>"), now=now
        ),
    )
    fibre, fiber = (Tag.objects.create(name=name, made_at=now) for name in ("fibra", "fiber"))
    for case, tag in ((one, fibre), (one, fiber), (other, fiber)):
        CaseTag.objects.create(case=case, tag=tag, by=marta, at=now)

    office.post(f"{PLACE}etichette/{fiber.pk}/unisci/", {"verso": "Fibra"})

    assert set(fibre.cases.all()) == {one, other}
    assert fiber.cases.count() == 0
    fiber.refresh_from_db()
    assert fiber.retired_at is not None


def test_the_receipt_leaves_in_the_words_of_the_company(office: Client) -> None:
    office.post(
        f"{PLACE}testi/RECEIPT/it/salva/",
        {"subject": "Ricevuto {caso}", "text": "Qui {azienda}: {squadra} legge {caso}."},
    )

    case = make.case(now=timezone.now())

    receipt = case.messages.get(item=None)
    assert receipt.subject == f"Ricevuto {case.number}"
    assert receipt.text == f"Qui Alba Telefonia: Assistenza legge {case.number}."


def test_a_text_never_carries_what_the_writer_chose(office: Client) -> None:
    response = office.post(f"{PLACE}testi/RECEIPT/it/salva/", {"text": "Caro {cliente}: {oggetto}"})

    assert response.status_code == 422
    assert "{cliente}, {oggetto}" in response.content.decode()


def test_the_matrix_counts_who_covers_a_thing(office: Client, elena: Colleague) -> None:
    office.post(f"{PLACE}competenze/aggiungi/", {"name": "Fibra"})
    skill = {"languages": "it, en", "most_cases": "8"}
    fibre = elena.competences.model.objects.get()

    office.post(f"{PLACE}competenze/di/{elena.pk}/salva/", {**skill, f"c{fibre.pk}": "can"})

    elena.refresh_from_db()
    assert (elena.languages, elena.most_cases) == (["it", "en"], 8)
    assert not Skill.objects.get().is_learning
    assert "una persona sola" in page(office, f"{PLACE}competenze/")


def test_a_competence_covers_topics_and_the_register_tells_who_said_so(office: Client) -> None:
    office.post(f"{PLACE}competenze/aggiungi/", {"name": "Conti"})
    made = Competence.objects.get()

    answer = office.post(f"{PLACE}competenze/{made.pk}/temi/", {"topics": ["billing", "contract"]})

    made.refresh_from_db()
    assert answer.status_code == 302
    assert made.topics == ["billing", "contract"]
    assert "billing, contract" in page(office, f"{PLACE}registro/", cosa="casa")


def test_the_register_is_filtered_and_leaves_as_a_file_without_formulas(office: Client) -> None:
    office.post(f"{PLACE}competenze/aggiungi/", {"name": "=cmd|' /C calc'!A0"})
    office.post(f"{PLACE}orari/crea/", {"name": "Notte"})

    assert "Notte" in page(office, f"{PLACE}registro/", cosa="casa")
    assert "Notte" not in page(office, f"{PLACE}registro/", cosa="persone")

    answer = office.get(f"{PLACE}registro/scarica/")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined] # a stream
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert any(row[3] == "'=cmd|' /C calc'!A0" for row in rows)
    assert rows[1][1] == "Marta Riva"


@pytest.mark.parametrize("cell", ["=1+1", "+39", "-1", "@SUM(A1)", "\t=1", "  =1"])
def test_no_cell_begins_as_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"
