"""The page of the figures: for who leads, whole with much and with nothing, and each figure leads
to its cases."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.services import transfer
from ascolto.insight.services import keep_up
from ascolto.staff.models import Colleague
from tests import make
from tests.insight.past import answered, asked

pytestmark = pytest.mark.django_db
LEAD = Colleague.Role.SUPERVISOR


def page_of(client: Client, address: str = "/analisi/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def lead(client: Client) -> Client:
    make.company()
    client.force_login(make.colleague("Marta Riva", role=LEAD))
    return client


def read_everything() -> None:
    while keep_up(now=timezone.now()):
        pass


def test_an_agent_is_told_whom_to_ask(client: Client) -> None:
    make.company()
    make.colleague("Marta Riva", role=LEAD)
    client.force_login(make.colleague())

    answer = client.get("/analisi/")

    assert answer.status_code == 403
    assert "Marta Riva" in answer.content.decode()


def test_before_anything_was_read_the_page_says_so(lead: Client) -> None:
    assert "si stanno preparando" in page_of(lead)


def test_with_nothing_in_those_days_the_page_says_so(lead: Client) -> None:
    read_everything()

    assert "Nessun caso in questi giorni." in page_of(lead)


def test_a_case_handed_over_three_times_is_counted_and_found(lead: Client) -> None:
    now = timezone.now()
    case = asked(at=now - timedelta(hours=3))
    due = case.due_at
    elena = make.colleague()
    for name in ("Amministrazione", "Guasti", "Assistenza"):
        team = make.team(name)
        transfer(case, to_team=team, to_colleague=None, by=elena, reason="È loro.", now=now)
    read_everything()

    page = page_of(lead)
    behind = page_of(lead, "/analisi/casi/handed_over_thrice/")

    case.refresh_from_db()
    assert case.due_at == due
    assert "1 caso almeno 3 volte" in page
    assert case.number in behind


def test_a_few_cases_are_called_few(lead: Client) -> None:
    at = timezone.now() - timedelta(days=1)
    answered(asked(at=at), at=at + timedelta(minutes=20))
    read_everything()

    page = page_of(lead, "/analisi/?ore=tutte")

    assert "20 min" in page
    assert "pochi: 1 caso" in page
    assert "troppo pochi per dirlo" in page


def test_a_table_is_a_file_without_formulas(lead: Client) -> None:
    make.colleague("=cmd", teams=(make.team(),))
    read_everything()

    answer = lead.get("/analisi/peso.csv")

    lines = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined] # it streams
    assert answer["Content-Type"].startswith("text/csv")
    assert "'=cmd" in lines


@pytest.mark.parametrize("name", ["cifre", "attese", "problemi", "pubblico", "confronto"])
def test_every_table_can_be_taken_away(lead: Client, name: str) -> None:
    at = timezone.now() - timedelta(days=1)
    answered(asked(at=at), at=at + timedelta(minutes=20))
    read_everything()

    answer = lead.get(f"/analisi/{name}.csv?periodo=7&per=argomento")

    assert len(b"".join(answer.streaming_content).splitlines()) > 1  # type: ignore[attr-defined] # it streams


def test_strange_questions_get_the_usual_answer(lead: Client) -> None:
    read_everything()

    for question in ("periodo=²&squadra=x&canale=ALTRO", "periodo=proprio&dal=9999-99-99&al=oggi"):
        page_of(lead, f"/analisi/?{question}")
    assert lead.get("/analisi/casi/altro/").status_code == 404
    assert lead.get("/analisi/altro.csv").status_code == 404
