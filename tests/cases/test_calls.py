"""What a customer says on the telephone is heard like everything he says."""

from datetime import timedelta

import pytest

from ascolto.cases.models import Case, Draft, Message
from ascolto.cases.queries.ways import way_to_answer
from ascolto.cases.services import NothingToSay, answer, note_call, resolve, save_draft
from ascolto.channels.models import Channel, Outgoing
from ascolto.people.models import Identity
from ascolto.promises.models import Promise
from ascolto.triage.services import place
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def called(case: Case, text: str = "Passo io domani.", *, answered: bool = False) -> Message:
    elena = make.colleague()
    return note_call(case, author=elena, text=text, answered=answered, now=make.NOON + HOUR)


def running(case: Case) -> set[str]:
    found = Promise.objects.filter(subject=case.reference, ended_at=None)
    return set(found.values_list("kind", flat=True))


def test_a_call_stands_in_its_case_with_who_wrote_it_down() -> None:
    case = make.case()

    message = called(case)

    assert message.item is not None
    assert message.author is not None
    assert (message.case_id, message.proof, message.text) == (case.pk, "CALL", "Passo io domani.")
    assert (message.author.name, message.conversation.channel.kind) == ("Elena Sala", "PHONE")
    assert message.item.author_name == "Giulia Ferraris"


def test_the_bytes_of_a_call_can_be_read_again() -> None:
    message = called(make.case(), answered=True)

    assert message.item is not None
    arrival = message.item.arrival
    assert arrival.read_at is not None
    assert b"Passo io domani." in bytes(arrival.raw.content)
    assert message.item.reading["answered"] is True


def test_a_call_keeps_its_place_whoever_else_is_told_of_it() -> None:
    message = called(make.case())

    assert message.item is not None
    assert place(message.item.pk, now=make.NOON + 2 * HOUR) == message
    assert Message.objects.filter(item=message.item).count() == 1


def test_an_answered_call_stops_the_clocks_that_wait_for_an_answer() -> None:
    case = make.case()
    assert Promise.Kind.FIRST_ANSWER in running(case)

    called(case, answered=True)

    case.refresh_from_db()
    assert not running(case) & {"FIRST_ANSWER", "NEXT_ANSWER"}
    assert case.waiting_since is None


def test_a_call_that_waits_for_us_keeps_the_clock_that_ran() -> None:
    case = make.case()

    called(case)

    case.refresh_from_db()
    assert Promise.Kind.FIRST_ANSWER in running(case)
    assert case.waiting_since == make.NOON


def test_a_call_after_our_answer_is_his_turn_to_be_answered() -> None:
    case = make.case()
    message = answer(case, author=make.colleague(), text="Arriva giovedì.", now=make.NOON)
    Outgoing.objects.filter(message=message).update(sent_at=make.NOON)

    called(case, "Giovedì non ci sono.")

    case.refresh_from_db()
    assert case.waiting_since == make.NOON + HOUR


def test_a_call_opens_a_resolved_case_again() -> None:
    case = make.case()
    resolve(case, by=make.colleague(), now=make.NOON, reason="Fatto.")

    called(case)

    case.refresh_from_db()
    assert case.resolved_at is None


def test_his_number_is_who_called_if_we_know_one() -> None:
    case = make.case()
    Identity.objects.create(
        customer=case.customer,
        kind="PHONE",
        value="011 555 0142",
        normal="+390115550142",
        first_seen_at=make.NOON,
    )

    assert called(case).conversation.identity.kind == "PHONE"


def test_answers_still_leave_by_mail_after_a_call() -> None:
    case = make.case()
    called(case)

    way = way_to_answer(case)

    assert way is not None
    assert way.channel.kind == Channel.Kind.EMAIL


def test_a_call_without_words_is_refused() -> None:
    with pytest.raises(NothingToSay):
        called(make.case(), "  ")


def test_a_call_uses_its_draft_up_and_no_other() -> None:
    case, elena = make.case(), make.colleague()
    for kind in (Draft.Kind.CALL, Draft.Kind.REPLY):
        save_draft(case, author=elena, kind=kind, text="…", now=make.NOON)

    called(case)

    assert [draft.kind for draft in Draft.objects.all()] == ["REPLY"]
