"""A lead sees what everybody carries, and makes it more even with one deed that can be undone."""

import pytest
from django.test import Client

from ascolto.cases.models import Bulk, Case
from ascolto.cases.services import assign
from ascolto.cases.services.bulk import ask_undo, run_bulk
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import page
from tests.desk.conftest import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def sara(db: None) -> Colleague:
    return make.colleague("Sara Neri", teams=(make.team(),))


@pytest.fixture
def lead(marta: Colleague) -> Client:
    return browser_of(marta)


def given(elena: Colleague, number: int) -> list[Case]:
    cases = []
    for n in range(number):
        sender, message_id = f"Cliente {n} <c{n}@example.org>", f"<{n}@example.org>"
        case = make.case(make.mail("Grazie.", sender=sender, message_id=message_id))
        Case.objects.filter(pk=case.pk).update(assignee=elena, due_at=None)
        cases.append(case)
    return cases


def test_everybody_stands_there_by_name_with_what_he_carries(
    lead: Client, elena: Colleague, sara: Colleague
) -> None:
    Colleague.objects.filter(pk=elena.pk).update(most_cases=8)
    given(elena, 3)

    shown = page(lead, "/squadra/")

    assert "3 di 8" in shown
    assert "0 casi" in shown
    assert shown.index("Elena Sala") < shown.index("Sara Neri")


def test_the_preview_says_what_from_whom_to_whom_and_why(
    lead: Client, elena: Colleague, sara: Colleague
) -> None:
    given(elena, 4)

    shown = page(lead, "/squadra/pareggia/")

    assert "2 casi cambierebbero mano" in shown
    assert "Elena Sala → Sara Neri" in shown
    assert "Sara Neri è nella squadra e ha meno casi" in shown
    assert Case.objects.filter(assignee=sara).count() == 0


def test_it_is_one_deed_and_is_undone_as_one(
    lead: Client, elena: Colleague, sara: Colleague
) -> None:
    first, second, *_ = given(elena, 4)
    moves = [f"{one.pk}:{elena.pk}:{sara.pk}" for one in (first, second)]

    lead.post("/squadra/pareggia/fai/", {"mosse": moves})

    bulk = Bulk.objects.get()
    run_bulk(bulk.pk, now=make.NOON)
    assert Case.objects.filter(assignee=sara).count() == 2
    ask_undo(bulk, now=make.NOON)
    run_bulk(bulk.pk, now=make.NOON)
    assert Case.objects.filter(assignee=elena).count() == 4


def test_a_case_that_changed_hands_meanwhile_stays_and_the_page_says_so(
    lead: Client, elena: Colleague, sara: Colleague, marta: Colleague
) -> None:
    [case] = given(elena, 1)
    lead.post("/squadra/pareggia/fai/", {"mosse": [f"{case.pk}:{elena.pk}:{sara.pk}"]})
    assign(case, to=marta, by=marta, now=make.NOON)

    run_bulk(Bulk.objects.get().pk, now=make.NOON)

    case.refresh_from_db()
    assert case.assignee == marta
    assert "nel frattempo è passato di mano" in page(lead, f"/insieme/{Bulk.objects.get().pk}/")


def test_nothing_ticked_changes_nothing(lead: Client, elena: Colleague) -> None:
    answer = lead.post("/squadra/pareggia/fai/", {"mosse": ["x"]}, follow=True)

    assert "Nessuna mossa scelta" in answer.content.decode()
    assert not Bulk.objects.exists()


def test_it_is_for_those_who_lead(desk: Client) -> None:
    assert desk.get("/squadra/").status_code == 403
