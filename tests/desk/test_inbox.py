from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ascolto.cases.models import Case
from ascolto.cases.queries.inbox import PAGE, Cursor, inbox
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import case_of, many_cases, page, part

pytestmark = pytest.mark.django_db


def test_the_nearest_clock_stands_first_under_its_heading(desk: Client) -> None:
    now = timezone.now()
    later, sooner = many_cases(2, team=make.team())
    Case.objects.filter(pk=later.pk).update(due_at=now + timedelta(days=3), subject="Trasloco")
    Case.objects.filter(pk=sooner.pk).update(due_at=now + timedelta(minutes=18), subject="Guasto")

    shown = page(desk, "/casella/squadra/")

    places = [shown.index(s) for s in ("Da rispondere entro un’ora", "Guasto", "Più avanti")]
    assert places == sorted(places)
    assert shown.index("Trasloco") > places[-1]


def test_a_case_whose_turn_is_the_customers_waits_at_the_end(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    Case.objects.filter(pk=case.pk).update(due_at=None, waiting_since=None)

    assert "In attesa del cliente" in page(desk, "/casella/squadra/")


def test_mine_are_those_given_to_me(desk: Client, elena: Colleague) -> None:
    hers, others = case_of("Giulia Ferraris"), case_of("Paolo Rinaldi")
    Case.objects.filter(pk=hers.pk).update(assignee=elena)

    shown = page(desk, "/casella/")

    assert hers.subject in shown
    assert others.subject not in shown


def test_free_are_those_of_my_teams_that_nobody_has(desk: Client, elena: Colleague) -> None:
    free = case_of("Giulia Ferraris")
    taken = case_of("Paolo Rinaldi")
    Case.objects.filter(pk=taken.pk).update(assignee=make.colleague("Marco Vitali"))
    elsewhere = case_of("Luca Moretti", team=make.team("Fatture"))

    shown = page(desk, "/casella/liberi/")

    assert free.subject in shown
    assert taken.subject not in shown
    assert elsewhere.subject not in shown


def test_an_empty_inbox_says_when_the_next_clock_runs_out(desk: Client) -> None:
    case_of("Giulia Ferraris", team=make.team("Fatture"))

    shown = page(desk, "/casella/")

    assert "Hai finito." in shown
    assert "Il prossimo orologio scade" in shown


def test_pages_follow_each_other_without_gap_or_repetition(elena: Colleague) -> None:
    now = timezone.now()
    made = many_cases(120, team=make.team())
    Case.objects.filter(pk__in=[case.pk for case in made[100:]]).update(due_at=None)
    Case.objects.filter(pk__in=[case.pk for case in made[10:70]]).update(due_at=now)

    seen: list[int] = []
    cursor: Cursor | None = None
    while True:
        found = inbox(elena, "team", after=cursor, now=now)
        seen += [row.id for row in found.rows]
        if found.next_cursor is None:
            break
        cursor = Cursor.parse(str(found.next_cursor))

    order = Case.objects.order_by("due_at", "id").values_list("pk", flat=True)
    assert seen == list(order)  # PostgreSQL puts what has no due date last


def test_resolved_cases_are_paged_too_newest_first(elena: Colleague) -> None:
    now = timezone.now()
    many_cases(PAGE + 10, team=make.team())
    Case.objects.update(resolved_at=now)

    first = inbox(elena, "resolved", after=None, now=now)
    second = inbox(elena, "resolved", after=first.next_cursor, now=now)

    assert len(first.rows) == PAGE
    assert len(second.rows) == 10
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}


@pytest.mark.parametrize("number", [1, 60])
def test_a_page_of_the_inbox_costs_three_queries_whatever_its_length(
    elena: Colleague, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_cases(number, team=make.team())

    with django_assert_num_queries(3):
        inbox(elena, "team", after=None, now=timezone.now())


@pytest.mark.parametrize("number", [1, 60])
def test_the_whole_page_costs_a_fixed_number_of_queries(
    desk: Client, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_cases(number, team=make.team())

    with django_assert_num_queries(9):
        desk.get("/casella/squadra/")


def test_counting_stops_at_a_hundred(desk: Client) -> None:
    many_cases(130, team=make.team())

    assert "Squadra 99+" in page(desk, "/casella/squadra/")


def test_fresh_lines_come_without_the_frame(desk: Client) -> None:
    case_of("Giulia Ferraris")

    shown = part(desk, "/casella/squadra/")

    assert "Domanda di Giulia" in shown
    assert "<html" not in shown
    assert 'id="code"' in shown  # the counts come along


def test_a_mistyped_cursor_shows_the_first_page(desk: Client) -> None:
    case_of("Giulia Ferraris")

    assert "Domanda di Giulia" in part(desk, "/casella/squadra/", da="ieri~x")


def test_a_queue_that_does_not_exist_is_not_found(desk: Client) -> None:
    assert desk.get("/casella/altrove/").status_code == 404


def test_who_leads_and_has_no_team_looks_after_all(marta: Colleague) -> None:
    case = case_of("Giulia Ferraris")

    found = inbox(marta, "team", after=None, now=timezone.now())

    assert [row.id for row in found.rows] == [case.pk]


def test_a_stranger_is_sent_to_the_sign_in(client: Client) -> None:
    response = client.get("/casella/")

    assert response.status_code == 302
    assert response["Location"] == "/accesso/login/?next=/casella/"


def test_a_part_asked_for_after_the_session_ended_moves_the_whole_page(client: Client) -> None:
    response = client.get("/casella/", headers={"HX-Request": "true"})

    assert (response.status_code, response["HX-Redirect"]) == (204, "/accesso/login/?next=/")
