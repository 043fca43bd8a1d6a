"""Silence is the time a customer waited for us, and nothing that we did elsewhere breaks it."""

from datetime import datetime, timedelta

import pytest

from ascolto.cases.models import Case, Message
from ascolto.cases.queries.customer_page import customer_page
from ascolto.cases.queries.history import SilenceRow, history
from ascolto.cases.queries.message_rows import ALL_OF_IT
from ascolto.cases.queries.silences import Gap, Voice, gaps
from ascolto.cases.services import answer, answer_left, forward, note_call
from ascolto.cases.services.calling_back import ask_call, call_made
from ascolto.cases.services.moves import merge, undo_move
from ascolto.channels.models import Outgoing
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague
from tests import make

HOUR = timedelta(hours=1)


def at(hours: int) -> datetime:
    return make.NOON + hours * HOUR


def he(hours: int) -> Voice:
    return Voice(at(hours), his=True)


def we(hours: int) -> Voice:
    return Voice(at(hours), his=False)


@pytest.mark.parametrize(
    ("voices", "until", "found"),
    [
        ([], at(9), []),
        ([he(0), we(1)], None, []),
        ([he(0), we(3)], None, [Gap(at(3), 3 * HOUR, still=False)]),
        ([he(0), he(4), we(5)], None, [Gap(at(4), 4 * HOUR, still=False)]),
        ([we(0), he(9)], at(10), []),
        ([we(0), he(1)], at(5), [Gap(at(5), 4 * HOUR, still=True)]),
        ([we(0), he(1)], None, []),
    ],
)
def test_a_gap_begins_with_his_words(
    voices: list[Voice], until: datetime | None, found: list[Gap]
) -> None:
    assert gaps(voices, until=until) == found


@pytest.fixture
def elena(db: None) -> Colleague:
    return make.colleague(teams=(make.team(),))


def lengths(case: Case, *, now: datetime) -> list[timedelta]:
    fresh = Case.objects.get(pk=case.pk)
    rows = history(fresh, ALL_OF_IT, now=now).rows
    return [row.length for row in rows if isinstance(row, SilenceRow)]


def said_to_him(case: Case, *, now: datetime) -> list[datetime]:
    page = customer_page(case.customer_id, make.colleague(), now=now)
    assert page is not None
    return [contact.at for contact in page.contacts if not contact.was_heard]


def test_what_is_forwarded_breaks_no_silence(elena: Colleague) -> None:
    case = make.case()
    heard = case.messages.get(item__isnull=False)
    forward(heard, author=elena, to="perito@example.net", text="Che ne dice?", now=at(3))

    assert lengths(case, now=at(5)) == [5 * HOUR]
    assert said_to_him(case, now=at(5)) == []


def test_an_answer_that_never_arrived_breaks_none(elena: Colleague) -> None:
    case = make.case()
    said = answer(case, author=elena, text="Ci siamo.", now=at(1))
    Outgoing.objects.filter(message=said).update(failed_at=at(1))
    Case.objects.filter(pk=case.pk).update(waiting_since=make.NOON)

    assert lengths(case, now=at(5)) == [5 * HOUR]
    assert said_to_him(case, now=at(5)) == []


def test_a_call_in_which_he_was_answered_ends_one(elena: Colleague) -> None:
    case = make.case()
    note_call(case, author=elena, text="Va bene.", answered=True, now=at(3))

    assert lengths(case, now=at(9)) == [3 * HOUR]
    assert said_to_him(case, now=at(9)) == [at(3)]


def test_calling_him_back_ends_one(elena: Colleague) -> None:
    case = make.case()
    asked, _ = ask_call(case, identity=make.identity(), number="347 1234567", now=at(1))
    call_made(asked.pk, by=elena, now=at(4))

    assert lengths(case, now=at(9)) == [4 * HOUR]
    assert said_to_him(case, now=at(9)) == [at(4)]


def test_two_cases_that_become_one_count_once_and_each_for_itself_again(elena: Colleague) -> None:
    one = make.case()
    two = make.case(make.mail("Anche il telefono.", message_id="<due@example.org>"), now=at(1))
    said = answer(two, author=elena, text="Arriva.", now=at(1))
    Outgoing.objects.filter(message=said).update(sent_at=at(1))
    answer_left(said.outgoing_id or 0)
    kept = Promise.objects.get(ending=Promise.Ending.KEPT)

    moving = merge(two, into=one, by=elena, now=at(2))

    page = customer_page(one.customer_id, elena, now=at(2))
    assert page is not None
    assert (page.standing.total, page.standing.open, page.standing.kept) == (1, 1, 1)
    assert [case.pk for case in page.cases] == [one.pk]
    kept.refresh_from_db()
    assert kept.subject == one.reference
    assert kept in history(one, ALL_OF_IT, now=at(2)).promises
    assert Message.objects.filter(case=two).count() == 0
    undo_move(moving, by=elena, now=at(2))
    kept.refresh_from_db()
    assert kept.subject == two.reference
    again = customer_page(one.customer_id, elena, now=at(2))
    assert again is not None
    assert (again.standing.total, again.standing.kept) == (2, 1)
