"""Who has a case open: said every twenty seconds, forgotten after a minute."""

from datetime import timedelta

import pytest

from ascolto.cases.models import Case, Presence
from ascolto.cases.queries.presence import others_here, present_in
from ascolto.cases.services import be_present, leave
from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)


def at(case: Case, colleague: Colleague, *, mode: str = "READS", after: int = 0) -> None:
    be_present(case, colleague=colleague, mode=mode, now=make.NOON + after * SECOND)


def seen(case: Case, *, after: int = 0) -> list[tuple[str, str]]:
    here = others_here(case, make.colleague("Elena Sala"), now=make.NOON + after * SECOND)
    return [(one.colleague.name, one.mode) for one in here]


def test_others_see_who_reads_and_nobody_sees_himself() -> None:
    case = make.case()
    at(case, make.colleague("Elena Sala"))
    at(case, make.colleague("Marco Vitali"))

    assert seen(case) == [("Marco Vitali", "READS")]


def test_who_writes_stands_before_who_reads() -> None:
    case = make.case()
    at(case, make.colleague("Marco Vitali"))
    at(case, make.colleague("Marta Riva"), mode="WRITES", after=5)

    assert seen(case, after=6) == [("Marta Riva", "WRITES"), ("Marco Vitali", "READS")]


def test_a_screen_silent_for_a_minute_is_closed() -> None:
    case = make.case()
    at(case, make.colleague("Marco Vitali"))

    assert seen(case, after=59) != []
    assert seen(case, after=60) == []


def test_who_leaves_is_gone_at_once() -> None:
    case, marco = make.case(), make.colleague("Marco Vitali")
    at(case, marco)

    leave(case, colleague=marco)

    assert seen(case) == []


def test_since_is_when_he_began_what_he_does() -> None:
    case, marco = make.case(), make.colleague("Marco Vitali")
    at(case, marco)
    at(case, marco, after=20)
    assert Presence.objects.get().since == make.NOON

    at(case, marco, mode="WRITES", after=30)

    assert Presence.objects.get().since == make.NOON + 30 * SECOND


def test_who_comes_back_after_a_break_begins_anew() -> None:
    case, marco = make.case(), make.colleague("Marco Vitali")
    at(case, marco)

    at(case, marco, after=600)

    assert Presence.objects.get().since == make.NOON + 600 * SECOND


def test_what_is_an_hour_old_is_thrown_away_by_the_next_who_comes() -> None:
    case = make.case()
    at(case, make.colleague("Marco Vitali"))

    at(case, make.colleague("Marta Riva"), after=3_601)

    assert [one.colleague.name for one in Presence.objects.all()] == ["Marta Riva"]


def test_a_list_learns_who_is_where_with_one_look() -> None:
    case, elena = make.case(), make.colleague("Elena Sala")
    at(case, make.colleague("Marco Vitali"))
    at(case, make.colleague("Marta Riva"), mode="WRITES")

    found = present_in([case.pk], elena, now=make.NOON)

    assert found[case.pk].colleague.name == "Marta Riva"
