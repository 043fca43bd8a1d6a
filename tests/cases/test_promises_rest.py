"""Update and solution: clocks of their own, which rest while the customer is the one to move."""

from datetime import datetime, timedelta

import pytest

from ascolto.cases.models import Case
from ascolto.cases.services import (
    answer,
    answer_left,
    pause_clock,
    promise,
    reopen,
    resolve,
    resume_clock,
)
from ascolto.channels.models import Outgoing
from ascolto.channels.services import deliver
from ascolto.promises.models import ClockFact, Promise
from ascolto.promises.services import NoReason, sweep
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
LEFT = make.NOON + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def all_four_clocks(db: None) -> None:
    """The team owes news every six working hours and a solution in sixteen."""
    team = make.team()
    team.update_minutes, team.resolution_minutes = 6 * 60, 16 * 60
    team.save()


def clock(kind: str) -> Promise:
    return Promise.objects.filter(kind=kind).latest("pk")


def answered(case: Case, *, at: datetime = LEFT) -> Outgoing:
    said = answer(case, author=make.colleague(), text="Ci siamo.", now=at)
    assert said.outgoing is not None
    deliver(said.outgoing.pk, now=at + timedelta(seconds=30))
    answer_left(said.outgoing.pk)
    said.outgoing.refresh_from_db()
    return said.outgoing


def writes_again(*, at: datetime) -> None:
    again = make.mail(message_id="<due@example.org>", in_reply_to="<uno@example.org>")
    make.receive(again, now=at)


def test_a_case_opens_with_the_clocks_its_team_has() -> None:
    case = make.case()

    kinds = set(Promise.objects.values_list("kind", flat=True))
    assert kinds == {"FIRST_ANSWER", "UPDATE", "RESOLUTION"}
    assert case.due_at == clock("FIRST_ANSWER").due_at


def test_a_team_without_minutes_has_no_such_clock() -> None:
    team = make.team()
    team.update_minutes = team.resolution_minutes = None
    team.save()

    make.case()

    assert [one.kind for one in Promise.objects.all()] == ["FIRST_ANSWER"]


def test_an_answer_ends_its_own_clock_and_that_of_the_news_and_no_other() -> None:
    answered(make.case())

    assert clock("FIRST_ANSWER").ending == "KEPT"
    assert clock("RESOLUTION").ended_at is None
    assert list(Promise.objects.filter(kind="UPDATE").values_list("ending", flat=True)) == [
        "KEPT",
        "",
    ]


def test_an_answer_that_is_told_of_twice_starts_one_silence() -> None:
    outgoing = answered(make.case())

    answer_left(outgoing.pk)

    assert Promise.objects.filter(kind="UPDATE").count() == 2


def test_the_clocks_rest_while_we_wait_for_the_customer_and_say_so() -> None:
    case = make.case()

    answered(case)

    resting = clock("RESOLUTION")
    assert resting.paused_at == LEFT + timedelta(seconds=30)
    last = ClockFact.objects.filter(promise=resting).latest("pk")
    assert (last.kind, last.why) == ("PAUSED", "aspettiamo una sua risposta")
    case.refresh_from_db()
    assert case.due_at is None


def test_they_go_on_when_he_writes_with_the_working_time_that_was_left() -> None:
    answered(make.case())
    due, paused_at = clock("RESOLUTION").due_at, clock("RESOLUTION").paused_at
    assert paused_at is not None

    writes_again(at=paused_at + 2 * HOUR)

    again = clock("RESOLUTION")
    assert (again.paused_at, again.due_at) == (None, due + 2 * HOUR)


def test_a_clock_that_rests_neither_warns_nor_runs_out() -> None:
    answered(make.case())

    assert sweep(now=make.NOON + timedelta(days=30)) == 0


def test_while_a_word_is_open_the_turn_is_ours() -> None:
    case = make.case()
    elena = make.colleague()
    due = make.NOON + 3 * HOUR
    promise(case, words="Le scrivo entro le 15", due_at=due, by=elena, now=make.NOON)

    answered(case)

    assert clock("RESOLUTION").paused_at is None
    case.refresh_from_db()
    assert case.due_at == due


def test_a_colleague_lets_a_clock_rest_only_with_a_reason() -> None:
    case = make.case()
    with pytest.raises(NoReason):
        pause_clock(case, clock("RESOLUTION").pk, reason=" ", by=make.colleague(), now=make.NOON)


def test_what_a_colleague_paused_the_customer_does_not_start_again() -> None:
    case = make.case()
    elena = make.colleague()
    solution = clock("RESOLUTION")
    pause_clock(case, solution.pk, reason="aspettiamo il ricambio", by=elena, now=make.NOON)

    writes_again(at=make.NOON + HOUR)
    assert clock("RESOLUTION").pause_reason == "aspettiamo il ricambio"
    resume_clock(case, solution.pk, by=elena, now=make.NOON + 2 * HOUR)

    assert clock("RESOLUTION").due_at == solution.due_at + 2 * HOUR


def test_a_case_does_not_show_a_clock_that_rests() -> None:
    case = make.case()

    pause_clock(case, clock("FIRST_ANSWER").pk, reason="festa", by=make.colleague(), now=make.NOON)

    case.refresh_from_db()
    assert case.due_at == clock("UPDATE").due_at


def test_a_rest_mends_no_delay() -> None:
    case = make.case()
    elena = make.colleague()
    first = clock("FIRST_ANSWER")
    late = first.due_at + HOUR

    pause_clock(case, first.pk, reason="aspettiamo il ricambio", by=elena, now=late)
    resume_clock(case, first.pk, by=elena, now=late + HOUR)

    assert clock("FIRST_ANSWER").due_at == first.due_at


def test_the_solution_ends_when_the_case_is_resolved_and_starts_again_with_it() -> None:
    case = make.case()
    elena = make.colleague()
    answered(case)

    resolve(case, by=elena, now=LEFT + HOUR)
    assert clock("RESOLUTION").ending == "KEPT"
    assert not Promise.objects.filter(ended_at=None).exists()
    reopen(case, by=elena, now=LEFT + 2 * HOUR)

    assert clock("RESOLUTION").started_at == LEFT + 2 * HOUR
    assert Promise.objects.filter(kind="RESOLUTION").count() == 2


def test_a_customer_who_writes_into_a_closed_case_starts_all_its_clocks_again() -> None:
    case = make.case()
    answered(case)
    resolve(case, by=make.colleague(), now=LEFT + HOUR)

    writes_again(at=LEFT + 2 * HOUR)

    running = Promise.objects.filter(ended_at=None).values_list("kind", flat=True)
    assert set(running) == {"NEXT_ANSWER", "UPDATE", "RESOLUTION"}
