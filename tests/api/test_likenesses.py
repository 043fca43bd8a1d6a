"""Likely duplicates through the API: listed with their evidence, answered, taken back."""

import pytest

from ascolto.people.likeness.services import propose_for
from ascolto.people.models import Likeness
from ascolto.people.policy import Sender
from ascolto.people.queries import records_of
from ascolto.people.services import recognise
from ascolto.staff.models import Colleague
from tests import make
from tests.api.callers import caller, refusal, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Likeness:
    make.identity("giulia.ferraris@example.org", "Giulia Ferraris")
    handle = Sender("HANDLE", "bluesky:did:plc:f", "gf", shown="@giulia.ferraris.example")
    met = recognise(handle, now=make.NOON)
    return propose_for(met.customer, now=make.NOON)[0]


def test_they_are_listed_with_what_speaks_for_them(found: Likeness) -> None:
    told = said(caller().get("/likenesses"))

    assert told["total"] == 1
    [one] = told["items"]
    assert (one["left"], one["right"], one["score"]) == (found.left_id, found.right_id, 50)
    assert one["evidence"][0] == {
        "kind": "HANDLE",
        "weight": 30,
        "left": "giulia.ferraris@example.org",
        "right": "bluesky:giulia.ferraris.example",
    }


def test_a_yes_joins_them_and_is_taken_back(found: Likeness) -> None:
    program = caller()

    yes = said(program.post(f"/likenesses/{found.pk}/confirm"))
    together = records_of(found.left_id)
    back = said(program.post(f"/likenesses/{found.pk}/undo"))

    assert yes["answer"] == "CONFIRMED"
    assert together == [found.left_id, found.right_id]
    assert back["answer"] == ""
    assert records_of(found.left_id) == [found.left_id]


def test_a_no_is_remembered_and_nobody_answers_twice(found: Likeness) -> None:
    program = caller()
    said(program.post(f"/likenesses/{found.pk}/refuse"))

    again = program.post(f"/likenesses/{found.pk}/confirm")

    assert refusal(again) == (409, "already_answered")
    assert said(program.get("/likenesses"))["total"] == 0


def test_those_who_lead_have_all_customers_compared() -> None:
    make.customer()

    begun = said(caller().post("/likenesses/compare"))
    refused = caller("Ada Neri", role=Colleague.Role.AGENT).post("/likenesses/compare")

    assert begun["ended_at"] is None
    assert refusal(refused)[0] == 403
