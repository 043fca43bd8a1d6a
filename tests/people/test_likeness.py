"""Likely duplicates are proposed with evidence; a person answers, once, and can take it back."""

from collections.abc import Callable, Collection
from datetime import timedelta

import pytest
from django.db import transaction

from ascolto.administration.services.likenesses import (
    confirm_likeness,
    refuse_likeness,
    undo_likeness,
)
from ascolto.administration.services.merging import merge_customers, unmerge_customers
from ascolto.kit.work import running_inline
from ascolto.people.likeness import comparing
from ascolto.people.likeness.policy import Evidence
from ascolto.people.likeness.queries import (
    answered_lately,
    count_open,
    likenesses_of,
    newest_comparison,
    open_likenesses,
)
from ascolto.people.likeness.services import AlreadyAnswered, Beside, propose_for
from ascolto.people.models import Customer, Likeness
from ascolto.people.policy import Sender
from ascolto.people.queries import records_of
from ascolto.people.services import recognise
from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
SAME_MINUTE = Evidence("QUESTION", "fibra", "fibra")


@pytest.fixture
def elena() -> Colleague:
    return make.colleague(teams=(make.team(),))


def known(kind: str, value: str, name: str, shown: str = "") -> Customer:
    return recognise(Sender(kind, value, name, shown=shown), now=make.NOON).customer


def giulia_twice() -> tuple[Customer, Customer]:
    mail = known("EMAIL", "giulia.ferraris@example.org", "Giulia Ferraris")
    handle = known("HANDLE", "bluesky:did:plc:f", "giulia", "@giulia.ferraris.example")
    return mail, handle


def asked_the_same(customer: Customer) -> Callable[[Collection[int]], list[Beside]]:
    return lambda ids: [Beside(customer.pk, evidence=[SAME_MINUTE])] if customer.pk in ids else []


def test_a_likeness_is_proposed_with_what_speaks_for_it() -> None:
    mail, handle = giulia_twice()

    [found] = propose_for(handle, now=make.NOON)

    assert (found.left_id, found.right_id) == (mail.pk, handle.pk)
    assert [one["kind"] for one in found.evidence] == ["HANDLE", "HANDLE_NAME"]
    assert found.score == 50
    assert records_of(handle.pk) == [handle.pk]


def test_asking_again_proposes_nothing_new() -> None:
    _, handle = giulia_twice()
    propose_for(handle, now=make.NOON)

    again = propose_for(handle, now=make.NOON)

    assert again == []
    assert Likeness.objects.count() == 1


def test_a_yes_reads_them_as_one_and_taking_it_back_asks_again(elena: Colleague) -> None:
    mail, handle = giulia_twice()
    [found] = propose_for(handle, now=make.NOON)

    confirm_likeness(found.pk, by=elena, now=make.NOON)
    together = records_of(handle.pk)
    undone = undo_likeness(found.pk, by=elena, now=make.NOON)

    assert together == [mail.pk, handle.pk]
    assert undone is not None
    assert records_of(handle.pk) == [handle.pk]
    assert [row.likeness.pk for row in open_likenesses(Customer.objects.all())] == [found.pk]


def test_nobody_answers_twice(elena: Colleague) -> None:
    _, handle = giulia_twice()
    [found] = propose_for(handle, now=make.NOON)
    refuse_likeness(found.pk, by=elena, now=make.NOON)

    with pytest.raises(AlreadyAnswered):
        confirm_likeness(found.pk, by=elena, now=make.NOON)


def test_what_was_refused_is_not_proposed_again(elena: Colleague) -> None:
    mail, handle = giulia_twice()
    [found] = propose_for(handle, now=make.NOON)
    refuse_likeness(found.pk, by=elena, now=make.NOON)

    again = propose_for(handle, now=make.NOON + timedelta(days=30))

    assert again == []
    assert count_open(Customer.objects.all()) == 0
    [row] = answered_lately(Customer.objects.all())
    assert row.likeness.answered_by == elena
    assert likenesses_of([mail.pk], Customer.objects.all) == []


def test_a_refusal_is_asked_again_when_something_new_speaks_for_it(elena: Colleague) -> None:
    _, handle = giulia_twice()
    [found] = propose_for(handle, now=make.NOON)
    refuse_likeness(found.pk, by=elena, now=make.NOON)

    words = ["Scrivetemi a giulia.ferraris@example.org"]
    [again] = propose_for(handle, words=words, now=make.NOON)

    assert again.pk == found.pk
    assert again.answer == ""
    assert again.score == 95


def test_a_refusal_holds_for_all_records_read_with_the_two(elena: Colleague) -> None:
    mail, handle = giulia_twice()
    [found] = propose_for(handle, now=make.NOON)
    refuse_likeness(found.pk, by=elena, now=make.NOON)
    other = make.customer("Ada Neri")
    merge_customers(mail, into=other, reason="stesso telefono", by=elena, now=make.NOON)

    again = propose_for(handle, now=make.NOON)

    assert again == []


def test_the_same_question_and_a_name_a_letter_apart_are_proposed_and_join_nobody() -> None:
    giulia = make.customer("Giulia Ferraris")
    luca = known("EMAIL", "luca@example.org", "Giulia Feraris")

    found = propose_for(luca, look=asked_the_same(giulia), now=make.NOON)

    assert [one.score for one in found] == [45]
    assert records_of(luca.pk) == [luca.pk]


def test_the_same_question_and_a_signature_do_speak_for_it() -> None:
    giulia = make.customer("Giulia Ferraris")
    stranger = known("HANDLE", "x:4711", "Giulia Feraris", "@fotodiclasse")

    [found] = propose_for(
        stranger,
        words=["La fibra non va.\nGiulia Ferraris"],
        look=asked_the_same(giulia),
        now=make.NOON,
    )

    assert [one["kind"] for one in found.evidence] == [
        "QUESTION",
        "SIGNATURE",
        "NAME_CLOSE",
    ]


def test_who_signs_with_a_name_we_know_is_found_by_it() -> None:
    make.customer("Giulia Ferraris")
    stranger = known("HANDLE", "x:4711", "foto di classe", "@fotodiclasse")
    words = ["La fibra non va, è l'ordine 778812.\nGrazie\nGiulia Ferraris"]

    by_name = propose_for(stranger, words=words, now=make.NOON)

    assert by_name == []  # a signature alone is 25 of the 40 it takes


def test_who_separates_them_by_hand_has_said_no(elena: Colleague) -> None:
    _, handle = giulia_twice()
    [found] = propose_for(handle, now=make.NOON)
    merge = confirm_likeness(found.pk, by=elena, now=make.NOON)

    unmerge_customers(merge, by=elena, now=make.NOON)

    found.refresh_from_db()
    assert found.answer == Likeness.Answer.REFUSED
    assert propose_for(handle, now=make.NOON) == []


def test_a_look_over_all_finds_them_in_portions_and_goes_on_where_it_stopped() -> None:
    giulia_twice()
    for number in range(7):
        known("EMAIL", f"cliente{number}@example.org", f"Ada Neri {'abcdefg'[number]}")
    known("PHONE", "+39 011 5551234", "Ferraris Giulia")
    comparison = comparing.begin(by=None, now=make.NOON)

    reached = [comparing.go_on(comparison.pk, now=make.NOON, portion=3).reached for _ in range(2)]
    with transaction.atomic(), running_inline():
        comparing.go_on(comparison.pk, now=make.NOON, portion=3)

    assert reached == sorted(reached)
    ended = newest_comparison()
    assert ended is not None
    assert ended.ended_at is not None
    assert ended.reached == ended.last
    assert ended.proposed == Likeness.objects.count() == 2


def test_who_asks_for_a_look_while_one_runs_gets_that_one(elena: Colleague) -> None:
    first = comparing.begin(by=elena, now=make.NOON)

    assert comparing.begin(by=elena, now=make.NOON).pk == first.pk
