"""One deed promises and puts away; and whoever was named hears of a promise that ran out."""

from datetime import timedelta

import pytest

from ascolto.cases.models import Case, Follower
from ascolto.cases.policy import just_before
from ascolto.cases.queries.counts import queue_counts
from ascolto.cases.queries.for_me import for_me
from ascolto.cases.services import NoSuchPromise, keep_promise, promise, resolve
from ascolto.cases.services.following import see_all
from ascolto.cases.services.promising import promise_and_snooze
from ascolto.cases.services.snoozing import NotOpen
from ascolto.promises.models import Promise
from ascolto.promises.services import sweep
from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DUE = make.NOON + 8 * HOUR


@pytest.fixture
def elena() -> Colleague:
    return make.colleague(teams=(make.team(),))


@pytest.fixture
def marta() -> Colleague:
    return make.colleague("Marta Riva", teams=(make.team(),))


def news(colleague: Colleague) -> list[tuple[str, str]]:
    return [(line.kind, line.words) for line in for_me(colleague).lines if line.is_new]


@pytest.mark.parametrize(("hours", "back"), [(8, 7.5), (1, 0.75)])
def test_it_comes_back_with_time_left_to_keep_it(hours: float, back: float) -> None:
    due = make.NOON + hours * HOUR

    assert just_before(due, now=make.NOON) == make.NOON + back * HOUR


def test_promising_and_putting_away_are_one_deed(elena: Colleague) -> None:
    case = make.case()

    promise_and_snooze(case, words="La richiamo", due_at=DUE, by=elena, now=make.NOON)

    case.refresh_from_db()
    assert case.snoozed_until == DUE - timedelta(minutes=30)
    assert Promise.objects.get(kind="WORD").due_at == DUE


def test_where_it_cannot_be_put_away_nothing_is_promised(elena: Colleague) -> None:
    case = make.case()
    resolve(case, by=elena, now=make.NOON, reason="Doppione.")

    with pytest.raises(NotOpen):
        promise_and_snooze(case, words="La richiamo", due_at=DUE, by=elena, now=make.NOON)

    assert not Promise.objects.filter(kind="WORD").exists()


def test_who_was_named_hears_of_it_when_it_runs_out_and_not_before(
    elena: Colleague, marta: Colleague
) -> None:
    case = make.case()
    given = promise(case, words="La richiamo", due_at=DUE, by=elena, now=make.NOON, told=marta)
    sweep(now=DUE - HOUR)
    assert (news(marta), queue_counts(marta).for_me) == ([], 0)

    sweep(now=DUE + HOUR)

    assert news(marta) == [("promise", "La richiamo")]
    assert (queue_counts(marta).for_me, queue_counts(elena).for_me) == (1, 0)
    keep_promise(case, given.pk, by=elena, now=DUE + 2 * HOUR)
    assert queue_counts(marta).for_me == 0
    with pytest.raises(NoSuchPromise):
        keep_promise(case, given.pk, by=elena, now=DUE + 2 * HOUR)


def test_what_he_has_seen_waits_no_more(elena: Colleague, marta: Colleague) -> None:
    promise(make.case(), words="La richiamo", due_at=DUE, by=elena, now=make.NOON, told=marta)
    sweep(now=DUE + HOUR)

    see_all(marta, now=DUE + HOUR)

    assert (news(marta), queue_counts(marta).for_me) == ([], 0)


def test_who_is_named_may_see_the_case(elena: Colleague) -> None:
    luca = make.colleague("Luca Neri", teams=(make.team("Fatture"),))
    Case.objects.filter(pk=(case := make.case()).pk).update(
        team=make.team("Legale", is_reserved=True)
    )

    promise(case, words="La richiamo", due_at=DUE, by=elena, now=make.NOON, told=luca)

    assert Follower.objects.get(case=case).colleague == luca
