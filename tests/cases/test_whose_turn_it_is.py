"""Who waits for whom when answers fail, come back, cross each other or are called back."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ascolto.cases.models import Case, Conversation, Message
from ascolto.cases.services import (
    NoWayToAnswer,
    SomethingCame,
    answer,
    answer_failed,
    answer_left,
    resolve,
    undo_answer,
)
from ascolto.channels.adapters.email.compose import compose
from ascolto.channels.models import Evidence, Outgoing
from ascolto.channels.services.evidence import add_evidence
from ascolto.channels.services.parcels import parcel_of
from ascolto.promises.models import Promise
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def answered(case: Case, text: str = "Ci siamo.", *, after: timedelta = timedelta(0)) -> Outgoing:
    message = answer(case, author=make.colleague(), text=text, now=make.NOON + after)
    assert message.outgoing is not None
    return message.outgoing


def left(outgoing: Outgoing, *, after: timedelta) -> None:
    Outgoing.objects.filter(pk=outgoing.pk).update(sent_at=make.NOON + after)
    answer_left(outgoing.pk)


def bounced(outgoing: Outgoing, *, after: timedelta) -> None:
    add_evidence(outgoing, kind=Evidence.Kind.BOUNCED_HARD, now=make.NOON + after)
    answer_failed(outgoing.pk)


def wrote_again(case: Case, number: str, *, after: timedelta) -> None:
    make.receive(
        make.mail(
            "Ancora io.", message_id=f"<{number}@example.org>", in_reply_to="<uno@example.org>"
        ),
        now=make.NOON + after,
    )
    case.refresh_from_db()


def test_a_bounced_answer_puts_the_customer_back_in_line() -> None:
    case = make.case()
    outgoing = answered(case)
    left(outgoing, after=HOUR)

    bounced(outgoing, after=2 * HOUR)

    case.refresh_from_db()
    clock = Promise.objects.get(ended_at=None)
    assert case.waiting_since == make.NOON
    assert (clock.kind, clock.started_at) == ("NEXT_ANSWER", make.NOON + 2 * HOUR)
    assert case.due_at == clock.due_at


def test_a_bounced_answer_opens_a_resolved_case_again() -> None:
    case = make.case()
    outgoing = answered(case)
    left(outgoing, after=HOUR)
    resolve(case, by=make.colleague(), now=make.NOON + HOUR)

    bounced(outgoing, after=2 * HOUR)

    case.refresh_from_db()
    assert (case.resolved_at, case.resolved_by) == (None, None)
    assert case.due_at is not None


def test_a_refused_answer_opens_a_resolved_case_on_the_clock_that_never_stopped() -> None:
    case = make.case()
    due = case.due_at
    outgoing = answered(case)
    resolve(case, by=make.colleague(), now=make.NOON)
    Outgoing.objects.filter(pk=outgoing.pk).update(failed_at=make.NOON + HOUR)

    answer_failed(outgoing.pk)

    case.refresh_from_db()
    assert (case.resolved_at, case.waiting_since, case.due_at) == (None, make.NOON, due)


def test_an_answer_called_back_opens_a_resolved_case_again() -> None:
    case = make.case()
    elena = make.colleague()
    message = answer(case, author=elena, text="Ci siamo.", now=make.NOON)
    resolve(case, by=elena, now=make.NOON)

    undo_answer(message.pk, by=elena, now=make.NOON)

    case.refresh_from_db()
    assert (case.resolved_at, case.waiting_since) == (None, make.NOON)


def test_a_bounce_after_a_second_answer_that_arrived_puts_nobody_in_line() -> None:
    case = make.case()
    first = answered(case)
    left(first, after=HOUR)
    left(answered(case, after=HOUR), after=HOUR)

    bounced(first, after=2 * HOUR)

    case.refresh_from_db()
    assert (case.waiting_since, case.due_at) == (None, None)
    assert not Promise.objects.filter(ended_at=None).exists()


def test_an_answer_that_leaves_late_does_not_hide_the_one_behind_it() -> None:
    case = make.case()
    first = answered(case)
    wrote_again(case, "due", after=HOUR)
    second = answered(case, after=2 * HOUR)

    left(first, after=3 * HOUR)
    left(second, after=3 * HOUR)

    case.refresh_from_db()
    assert (case.waiting_since, case.due_at) == (None, None)
    assert not Promise.objects.filter(ended_at=None).exists()


def test_an_answer_overtaken_by_the_next_starts_no_clock() -> None:
    case = make.case()
    first = answered(case)
    wrote_again(case, "due", after=HOUR)
    second = answered(case, after=2 * HOUR)

    left(second, after=3 * HOUR)
    left(first, after=4 * HOUR)

    case.refresh_from_db()
    assert (case.waiting_since, case.due_at) == (None, None)
    assert not Promise.objects.filter(ended_at=None).exists()


def test_words_called_back_are_no_longer_the_last() -> None:
    case = make.case()
    elena = make.colleague()
    message = answer(case, author=elena, text="Ritirata.", now=make.NOON + HOUR)

    undo_answer(message.pk, by=elena, now=make.NOON + HOUR)

    case.refresh_from_db()
    assert case.last_words == "Buonasera, da stasera la fibra non funziona."
    assert case.last_at == make.NOON


def test_of_two_answers_to_the_same_words_the_second_stops() -> None:
    case = make.case()
    seen = Message.objects.latest("pk").pk
    answer(case, author=make.colleague(), text="Ci siamo.", now=make.NOON, seen=seen)

    with pytest.raises(SomethingCame):
        answer(case, author=make.colleague("Marta Riva"), text="Io.", now=make.NOON, seen=seen)


def test_what_was_seen_is_compared_while_the_case_is_held() -> None:
    case = make.case()
    seen = Message.objects.latest("pk").pk
    with CaptureQueriesContext(connection) as captured:
        answer(case, author=make.colleague(), text="Ci siamo.", now=make.NOON, seen=seen)

    asked = [query["sql"] for query in captured]
    held = next(n for n, sql in enumerate(asked) if "FOR UPDATE" in sql)
    compared = next(n for n, sql in enumerate(asked) if '"cases_message"."id" > ' in sql)
    assert held < compared


def test_an_answer_never_leaves_by_the_thread_of_a_stranger() -> None:
    case = make.case()
    ours = answered(case)
    make.receive(
        make.mail(
            "Manda a me.",
            sender="Ladro <ladro@example.net>",
            message_id="<tre@example.net>",
            in_reply_to=ours.message_id,
        )
    )
    theirs = Conversation.objects.get(case=case, identity__normal="ladro@example.net")

    with pytest.raises(NoWayToAnswer):
        answer(case, author=make.colleague(), text="Ecco.", now=make.NOON, conversation=theirs)


def test_an_answer_names_its_ancestors_oldest_first() -> None:
    ancestors = {"References": "<a@example.org> <b@example.org>"}
    case = make.case(make.mail(message_id="<c@example.org>", headers=ancestors))

    sent = compose(parcel_of(answered(case))).replace(b"\r\n ", b" ")

    assert b"\r\nReferences: <a@example.org> <b@example.org> <c@example.org>\r\n" in sent
