"""First answer, next answer: started by the customer, stopped by an answer that really left."""

from datetime import UTC, datetime, timedelta

import pytest

from ascolto.cases.models import Case
from ascolto.cases.services import NoReason, answer, answer_left, resolve, transfer, undo_answer
from ascolto.channels.models import Outgoing
from ascolto.channels.services import deliver
from ascolto.promises.models import Promise
from ascolto.promises.services import sweep
from ascolto.timeline.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db
SENT = make.NOON + timedelta(seconds=30)


def leave(outgoing: Outgoing | None) -> None:
    assert outgoing is not None
    deliver(outgoing.pk, now=SENT)
    answer_left(outgoing.pk)


def kinds(case: Case) -> list[str]:
    return [deed.kind for deed in history_of(case.reference)]


def test_the_first_answer_is_due_in_the_hours_of_the_team() -> None:
    friday_evening = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)  # 17:00 in Rome, closing at 18

    case = make.case(now=friday_evening)

    assert case.due_at == datetime(2026, 3, 9, 11, 0, tzinfo=UTC)  # Monday noon: 1 h + 3 h


def test_an_answer_stops_the_clock_when_it_has_left() -> None:
    case = make.case()
    message = answer(case, author=make.colleague(), text="Ci siamo.", now=make.NOON)
    assert Promise.objects.get().ended_at is None

    leave(message.outgoing)

    promise = Promise.objects.get()
    assert (promise.ending, promise.ended_at) == ("KEPT", SENT)
    case.refresh_from_db()
    assert (case.waiting_since, case.due_at) == (None, None)


def test_an_answer_called_back_leaves_the_clock_running() -> None:
    elena = make.colleague()
    case = make.case()
    due = case.due_at
    message = answer(case, author=elena, text="Ci siamo.", now=make.NOON)

    undo_answer(message.pk, by=elena, now=make.NOON)

    case.refresh_from_db()
    assert (case.waiting_since, case.due_at) == (make.NOON, due)


def test_asking_twice_gives_us_no_more_time() -> None:
    case = make.case()
    due = case.due_at

    make.receive(
        make.mail(message_id="<due@example.org>", in_reply_to="<uno@example.org>"),
        now=make.NOON + timedelta(hours=1),
    )

    case.refresh_from_db()
    assert case.due_at == due


def test_a_reply_after_our_answer_starts_the_next_answer_clock() -> None:
    case = make.case()
    message = answer(case, author=make.colleague(), text="Ci siamo.", now=make.NOON)
    leave(message.outgoing)

    make.receive(
        make.mail(message_id="<due@example.org>", in_reply_to="<uno@example.org>"),
        now=make.NOON + timedelta(hours=1),
    )

    running = Promise.objects.get(ended_at=None)
    assert running.kind == Promise.Kind.NEXT_ANSWER


def test_a_clock_is_warned_of_once_and_its_end_is_told_once() -> None:
    case = make.case()
    promise = Promise.objects.get()

    for _ in range(3):
        sweep(now=promise.warn_at + timedelta(seconds=1))
    for _ in range(3):
        sweep(now=promise.due_at + timedelta(days=2))

    assert kinds(case).count("promises.warned") == 1
    assert kinds(case).count("promises.overrun") == 1


def test_a_transfer_keeps_the_moment_that_was_promised() -> None:
    case = make.case()
    due = case.due_at

    transfer(
        case,
        to_team=make.team("Tecnici"),
        to_colleague=None,
        by=make.colleague(),
        reason="guasto di zona",
        now=make.NOON,
    )

    promise = Promise.objects.get()
    case.refresh_from_db()
    assert (promise.due_at, case.due_at, promise.team.name) == (due, due, "Tecnici")


def test_a_case_that_waits_is_closed_only_with_a_reason() -> None:
    case = make.case()
    elena = make.colleague()

    with pytest.raises(NoReason):
        resolve(case, by=elena, now=make.NOON)
    resolve(case, by=elena, now=make.NOON, reason="pubblicità, nessuna domanda")

    assert Promise.objects.get().ending == "WAIVED"
