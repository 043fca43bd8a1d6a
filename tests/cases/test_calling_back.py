"""A wish to be called waits until somebody called, or says why not."""

import pytest
from django.utils import timezone

from ascolto.cases.models import CallRequest, Case
from ascolto.cases.services.calling_back import (
    NoOutcome,
    NotANumber,
    ask_call,
    call_dropped,
    call_made,
)
from ascolto.promises.queries import running
from ascolto.timeline.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db


def asked_in(case: Case, number: str = "347 123 4567") -> CallRequest:
    asked, _ = ask_call(
        case, identity=make.identity(), number=number, wish="dopo le 18", now=timezone.now()
    )
    return asked


def test_the_number_is_kept_as_it_is_dialled() -> None:
    case = make.case(now=timezone.now())

    assert asked_in(case).number == "+393471234567"
    assert "cases.call_asked" in [deed.kind for deed in history_of(case.reference)]


@pytest.mark.parametrize("number", ["", "pronto", "12"])
def test_what_cannot_be_dialled_is_refused(number: str) -> None:
    case = make.case(now=timezone.now())

    with pytest.raises(NotANumber):
        asked_in(case, number)

    assert not CallRequest.objects.exists()


def test_who_asks_again_has_one_open_wish() -> None:
    case = make.case(now=timezone.now())

    assert asked_in(case) == asked_in(case, "02 1234567")


def test_a_call_is_an_answer_and_stops_the_clock() -> None:
    case, elena = make.case(now=timezone.now()), make.colleague()
    asked = asked_in(case)
    assert running(case.reference).exists()

    call_made(asked.pk, by=elena, outcome="Viene giovedì.", now=timezone.now())

    case.refresh_from_db()
    asked.refresh_from_db()
    assert (asked.done_by, asked.outcome) == (elena, "Viene giovedì.")
    assert (case.waiting_since, case.due_at) == (None, None)
    assert not running(case.reference).exists()
    assert "cases.call_made" in [deed.kind for deed in history_of(case.reference)]


def test_crossing_it_off_twice_is_told_once() -> None:
    case, elena = make.case(now=timezone.now()), make.colleague()
    asked = asked_in(case)

    for _ in range(2):
        call_made(asked.pk, by=elena, now=timezone.now())

    assert [deed.kind for deed in history_of(case.reference)].count("cases.call_made") == 1


def test_a_call_that_is_not_made_needs_a_reason_and_leaves_him_waiting() -> None:
    case, elena = make.case(now=timezone.now()), make.colleague()
    asked = asked_in(case)
    with pytest.raises(NoOutcome):
        call_dropped(asked.pk, by=elena, reason=" ", now=timezone.now())

    call_dropped(asked.pk, by=elena, reason="Non risponde da tre giorni.", now=timezone.now())

    case.refresh_from_db()
    asked.refresh_from_db()
    assert asked.done_at is not None
    assert case.waiting_since is not None
    assert running(case.reference).exists()
