"""A wish to be called waits until somebody called, or says why not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from ascolto.cases.models import CallRequest, Case
from ascolto.cases.services import note_call
from ascolto.cases.services.calling_back import (
    NoOutcome,
    NotANumber,
    ask_call,
    call_dropped,
    call_made,
)
from ascolto.promises.models import Promise
from ascolto.promises.queries import ANSWERS, running
from ascolto.timeline.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def asked_in(case: Case, number: str = "347 123 4567") -> CallRequest:
    asked, _ = ask_call(
        case, identity=make.identity(), number=number, wish="dopo le 18", now=timezone.now()
    )
    return asked


def answers(case: Case) -> list[str]:
    clocks = running(case.reference).filter(kind__in=ANSWERS)
    return [clock.kind for clock in clocks]


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
    assert not answers(case)
    assert "cases.call_made" in [deed.kind for deed in history_of(case.reference)]


def test_news_are_due_anew_after_a_call_as_after_a_written_answer() -> None:
    team = make.team()
    team.update_minutes = 480
    team.save(update_fields=["update_minutes"])
    case, elena = make.case(), make.colleague()
    before = running(case.reference).get(kind=Promise.Kind.UPDATE)
    asked = asked_in(case)

    call_made(asked.pk, by=elena, now=make.NOON + HOUR)

    before.refresh_from_db()
    after = running(case.reference).get(kind=Promise.Kind.UPDATE)
    assert before.ending == Promise.Ending.KEPT
    assert (after.started_at, after.paused_at) == (make.NOON + HOUR, make.NOON + HOUR)


def test_after_a_first_answer_by_telephone_the_next_clock_is_that_of_the_next_answer() -> None:
    case, elena = make.case(), make.colleague()
    call_made(asked_in(case).pk, by=elena, now=make.NOON + HOUR)

    note_call(case, author=elena, text="Non va.", answered=False, now=make.NOON + 2 * HOUR)

    case.refresh_from_db()
    assert answers(case) == [Promise.Kind.NEXT_ANSWER]
    assert case.waiting_since == make.NOON + 2 * HOUR


def test_who_was_answered_when_he_called_waits_for_a_next_answer_too() -> None:
    case, elena = make.case(), make.colleague()
    note_call(case, author=elena, text="Chiama.", answered=True, now=make.NOON + HOUR)

    note_call(case, author=elena, text="Non va.", answered=False, now=make.NOON + 2 * HOUR)

    assert answers(case) == [Promise.Kind.NEXT_ANSWER]


def test_a_call_given_up_is_no_answer_whatever_is_reckoned_later() -> None:
    case, elena = make.case(), make.colleague()
    call_dropped(asked_in(case).pk, by=elena, reason="Non risponde.", now=make.NOON + HOUR)

    note_call(case, author=elena, text="Non va.", answered=False, now=make.NOON + 2 * HOUR)

    case.refresh_from_db()
    assert answers(case) == [Promise.Kind.FIRST_ANSWER]
    assert case.waiting_since == make.NOON


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
