"""Every list, case and customer page asks as many queries in a full house as in a small one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ascolto.cases.models import Case
from ascolto.cases.services import add_note
from ascolto.cases.services.following import follow_case
from ascolto.cases.services.labelling import tag
from ascolto.cases.services.viewing import save_view
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import answered, case_of, many_cases

pytestmark = pytest.mark.django_db
# Of every whole page: session, colleague, company, closed teams, all its numbers, saved views.
FRAME = 6
LISTS = {
    "/casella/miei/": FRAME + 3,
    "/casella/squadra/": FRAME + 3,
    "/casella/liberi/": FRAME + 3,
    "/casella/tutti/": FRAME + 3,
    "/casella/rimandati/": FRAME + 3,
    "/casella/risolti/": FRAME + 3,
    "/casella/tutti/?attesa=noi": FRAME + 7,  # and what can be chosen in the filters
    "/promesse/": FRAME + 4,
    "/clienti/": FRAME + 5,
    "/clienti/?q=rinaldi": FRAME + 9,
    "/cerca/?q=tecnico": FRAME + 12,
    "/cerca/?q=stato:aperto": FRAME + 7,
    "/menzioni/": FRAME + 5,
}
PARTS = {
    "/casella/squadra/": 8,
    "/comandi/?q=rinaldi": 18,
    "/conteggi/": 7,
    "/conteggi/?viste": 6,
}


def asked(desk: Client, address: str, *, as_part: bool = False) -> int:
    headers = {"HX-Request": "true"} if as_part else {}
    desk.get(address, headers=headers)  # what is written once a process is written now
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(address, headers=headers).status_code == 200
    return len(queries)


def grow(elena: Colleague, *, number: int, first: int) -> None:
    """`number` cases in each state, and half as many that were heard, followed and promised."""
    now = timezone.now()
    cases = many_cases(5 * number, team=make.team())
    mine, away, over, *_ = (cases[at::5] for at in range(5))
    Case.objects.filter(pk__in=[one.pk for one in mine]).update(assignee=elena)
    Case.objects.filter(pk__in=[one.pk for one in away]).update(
        snoozed_until=now + timedelta(days=1)
    )
    Case.objects.filter(pk__in=[one.pk for one in over]).update(
        resolved_at=now, waiting_since=None, due_at=None
    )
    for one in range(number // 2):
        name = f"Paolo{first + one} Rinaldi"
        case = case_of(name, subject=f"Domanda {first + one}", minutes_ago=first + one)
        follow_case(case, by=elena, now=now - timedelta(days=1))


@pytest.mark.parametrize("address", LISTS)
def test_a_longer_list_asks_no_more_queries(desk: Client, elena: Colleague, address: str) -> None:
    save_view("Miei", filters={"coda": ["miei"]}, by=elena, now=make.NOON)
    grow(elena, number=4, first=1_000)
    few = asked(desk, address)
    grow(elena, number=14, first=2_000)

    assert (few, asked(desk, address)) == (LISTS[address], LISTS[address])


@pytest.mark.parametrize("address", PARTS)
def test_a_part_of_a_longer_list_asks_no_more_queries(
    desk: Client, elena: Colleague, address: str
) -> None:
    save_view("Miei", filters={"coda": ["miei"]}, by=elena, now=make.NOON)
    grow(elena, number=4, first=1_000)
    few = asked(desk, address, as_part=True)
    grow(elena, number=14, first=2_000)

    assert (few, asked(desk, address, as_part=True)) == (PARTS[address], PARTS[address])


@pytest.mark.parametrize(
    ("suffix", "how", "expected"),
    [("", "whole", 24), ("", "part", 18), ("?vivo=1", "part", 18)],
)
def test_a_longer_case_asks_no_more_queries(
    desk: Client, elena: Colleague, suffix: str, how: str, expected: int
) -> None:
    case = case_of("Giulia Ferraris")
    address = f"/casi/C-{case.pk}/{suffix}"
    tell(case, elena, times=1)
    few = asked(desk, address, as_part=how == "part")
    tell(case, elena, times=9)

    assert (few, asked(desk, address, as_part=how == "part")) == (expected, expected)


@pytest.mark.parametrize(("voice", "expected"), [("tutto", 29), ("ascoltato", 26)])
def test_a_customer_known_for_long_asks_no_more_queries(
    desk: Client, elena: Colleague, voice: str, expected: int
) -> None:
    case = case_of("Giulia Ferraris", subject="Il primo", minutes_ago=90)
    tell(case, elena, times=1)
    address = f"/clienti/{case.customer_id}/?voce={voice}"
    few = asked(desk, address)
    for number in range(8):
        other = case_of("Giulia Ferraris", subject=f"Caso {number}", minutes_ago=number + 1)
        tell(other, elena, times=2)

    assert (few, asked(desk, address)) == (expected, expected)


def tell(case: Case, elena: Colleague, *, times: int) -> None:
    now = timezone.now()
    for number in range(times):
        answered(case, elena, text=f"Messaggio {number}.")
        add_note(case, author=elena, text="Nota.", now=now)
        tag(case, [f"etichetta {number}"], by=elena, now=now)
