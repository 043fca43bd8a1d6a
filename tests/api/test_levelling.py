"""What each carries, and one deed that makes it more even, through the API."""

import pytest

from ascolto.cases.models import Bulk, Case
from ascolto.cases.services.bulk import run_bulk
from ascolto.staff.models import Colleague
from tests import make
from tests.api.callers import Caller, caller, refusal, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Caller:
    return caller("Marta Riva")


@pytest.fixture
def elena() -> Colleague:
    """She has four cases; Sara, of the same team, has none."""
    team = make.team()
    elena = make.colleague(teams=(team,))
    make.colleague("Sara Neri", teams=(team,))
    for n in range(4):
        sender, message_id = f"Cliente {n} <c{n}@example.org>", f"<{n}@example.org>"
        case = make.case(make.mail("Grazie.", sender=sender, message_id=message_id))
        Case.objects.filter(pk=case.pk).update(assignee=elena, due_at=None)
    return elena


def test_what_each_carries_is_told_by_name(program: Caller, elena: Colleague) -> None:
    told = {one["name"]: one["open"] for one in said(program.get("/team/load"))}

    assert told == {"Elena Sala": 4, "Marta Riva": 0, "Sara Neri": 0}
    assert list(told) == sorted(told)


def test_what_is_proposed_is_done_as_one_deed_and_undone_as_one(
    program: Caller, elena: Colleague
) -> None:
    sara = Colleague.objects.get(name="Sara Neri")
    plan = said(program.get("/team/level"))
    assert {one["to"] for one in plan["moves"]} == {sara.pk}
    assert plan["after"] == {str(elena.pk): 2, str(sara.pk): 2, str(program.colleague.pk): 0}

    moves = [{name: one[name] for name in ("case", "holder", "to")} for one in plan["moves"]]
    made = said(program.post("/team/level", {"moves": moves}))

    run_bulk(made["id"], now=make.NOON)
    assert Case.objects.filter(assignee=sara).count() == 2
    program.post(f"/bulk/{made['id']}/undo")
    run_bulk(made["id"], now=make.NOON)
    assert Case.objects.filter(assignee=elena).count() == 4


def test_it_is_for_those_who_lead_and_wants_a_case(program: Caller, elena: Colleague) -> None:
    agent = caller("Piero Lupi", role=Colleague.Role.AGENT)
    nothing = {"moves": [{"case": "C-999999", "holder": elena.pk, "to": elena.pk}]}

    assert agent.get("/team/load").status_code == 403
    assert agent.post("/team/level", nothing).status_code == 403
    assert refusal(program.post("/team/level", nothing)) == (422, "nothing_chosen")
    assert not Bulk.objects.exists()
