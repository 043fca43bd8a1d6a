"""Who was called, or follows a case, is told what somebody else did there; never what he did."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from ascolto.cases.models import Case, Follower
from ascolto.cases.queries.counts import queue_counts
from ascolto.cases.queries.for_me import for_me
from ascolto.cases.services import (
    add_note,
    answer,
    be_present,
    forward,
    note_call,
    promise,
    resolve,
)
from ascolto.cases.services.following import follow_case, see_all
from ascolto.promises.services import sweep
from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def marta() -> Colleague:
    return make.colleague("Marta Riva", teams=(make.team(),))


@pytest.fixture
def followed(marta: Colleague) -> Case:
    case = make.case()
    follow_case(case, by=marta, now=make.NOON)
    return case


def news(colleague: Colleague) -> list[tuple[str, str]]:
    return [(line.kind, line.who) for line in for_me(colleague).lines if line.is_new]


def count(colleague: Colleague) -> int:
    return queue_counts(colleague).for_me


def elena() -> Colleague:
    return make.colleague("Elena Sala", teams=(make.team(),))


def writes(*, at: int = 1) -> None:
    raw = make.mail("Ancora io.", message_id=f"<n{at}@x.it>", in_reply_to="<uno@example.org>")
    make.receive(raw, now=make.NOON + at * HOUR)


def test_what_was_there_when_he_began_to_follow_is_no_news(
    marta: Colleague, followed: Case
) -> None:
    assert (news(marta), count(marta)) == ([], 0)


def test_a_customer_who_answers_is_told_to_who_follows(marta: Colleague, followed: Case) -> None:
    writes()

    assert news(marta) == [("heard", "Giulia Ferraris")]
    assert count(marta) == 1
    assert count(elena()) == 0


def test_a_colleague_who_answers_is_told_and_he_himself_is_not(
    marta: Colleague, followed: Case
) -> None:
    answer(followed, author=marta, text="Ci siamo.", now=make.NOON + HOUR)
    assert news(marta) == []

    answer(followed, author=elena(), text="Arriva giovedì.", now=make.NOON + 2 * HOUR)

    assert news(marta) == [("answered", "Elena Sala")]


def test_a_resolution_is_told(marta: Colleague, followed: Case) -> None:
    resolve(followed, by=elena(), now=make.NOON + HOUR, reason="Doppione.")

    assert news(marta) == [("resolved", "Elena Sala")]
    assert count(marta) == 1


def test_what_is_forwarded_is_told_to_nobody(marta: Colleague, followed: Case) -> None:
    heard = followed.messages.get(item__isnull=False)
    forward(heard, author=elena(), to="perito@example.net", text="?", now=make.NOON + HOUR)

    assert news(marta) == []


def test_who_has_the_case_before_him_has_seen_it(marta: Colleague, followed: Case) -> None:
    writes()

    be_present(followed, colleague=marta, mode="READS", now=make.NOON + 2 * HOUR)

    assert (news(marta), count(marta)) == ([], 0)
    writes(at=3)
    assert count(marta) == 1


def test_all_can_be_marked_as_seen_and_mentions_stay_to_be_read_again(
    marta: Colleague, followed: Case
) -> None:
    writes()
    add_note(followed, author=elena(), text="@Marta Riva guarda qui.", now=make.NOON + 2 * HOUR)
    assert news(marta) == [("mention", "Elena Sala"), ("heard", "Giulia Ferraris")]
    assert count(marta) == 1  # one case

    see_all(marta, now=make.NOON + 3 * HOUR)

    assert (news(marta), count(marta)) == ([], 0)
    assert [line.kind for line in for_me(marta).lines] == ["mention"]


def test_what_he_may_not_see_any_more_is_not_told(marta: Colleague, followed: Case) -> None:
    call = note_call(followed, author=elena(), text="Non va.", answered=False, now=make.NOON + HOUR)
    assert count(marta) == 1
    Follower.objects.filter(case=call.case).delete()
    Case.objects.update(team=make.team("Legale", is_reserved=True))

    assert (news(marta), count(marta)) == ([], 0)


def test_a_promise_he_may_not_see_takes_nobody_s_place(marta: Colleague) -> None:
    raws = (make.mail(subject=str(one), message_id=f"<p{one}@x.it>") for one in range(3))
    *_, last = cases = [make.case(raw) for raw in raws]
    for number, case in enumerate(cases):
        due = make.NOON + (number + 1) * HOUR
        promise(case, words=f"{number}", due_at=due, by=elena(), now=make.NOON, told=marta)
    sweep(now=make.NOON + 5 * HOUR)
    Follower.objects.filter(case=last).delete()
    Case.objects.filter(pk=last.pk).update(team=make.team("Legale", is_reserved=True))

    first, all_of_it = for_me(marta, most=1), for_me(marta, most=2)

    assert ([one.words for one in first.lines], first.more) == (["1"], True)
    assert ([one.words for one in all_of_it.lines], all_of_it.more) == (["1", "0"], False)


def test_the_page_costs_a_fixed_number_of_queries(
    marta: Colleague, followed: Case, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    writes()

    with django_assert_num_queries(5):
        for_me(marta)


def test_of_each_kind_so_many_and_whether_there_are_more(marta: Colleague, followed: Case) -> None:
    for number in range(3):
        at = make.NOON + number * HOUR
        add_note(followed, author=elena(), text=f"@Marta Riva guarda {number}.", now=at)

    first, all_of_it = for_me(marta, most=2), for_me(marta, most=3)

    assert [line.words[-2:] for line in first.lines] == ["2.", "1."]
    assert (first.more, all_of_it.more, len(all_of_it.lines)) == (True, False, 3)
