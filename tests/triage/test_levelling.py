"""Who could take over what: rules that each of them could be told."""

from datetime import timedelta

import pytest

from ascolto.triage.policy.levelling import Held, Person, Stays, Why, level, stays
from tests import make

NOW = make.NOON
TEAM = frozenset({1})
ELENA, SARA, MARCO = 1, 2, 3
BOTH = frozenset({"billing", "connectivity"})


def person(pk: int, cases: int, most: int | None = 8, **more: object) -> Person:
    return Person(pk, cases, most, **({"teams": TEAM, "topics": BOTH} | more))  # type: ignore[arg-type] # by name


def held(pk: int, **more: object) -> Held:
    return Held(pk, **({"holder": ELENA, "team": 1, "topic": "billing"} | more))  # type: ignore[arg-type] # by name


def moved(people: list[Person], cases: list[Held]) -> list[tuple[int, int]]:
    return [(one.case, one.to) for one in level(people, cases, now=NOW).moves]


def test_it_ends_where_nobody_carries_more_than_one_case_more() -> None:
    plan = level([person(ELENA, 8), person(SARA, 2)], [held(pk) for pk in range(8)], now=NOW)

    assert len(plan.moves) == 3
    assert {one.to for one in plan.moves} == {SARA}
    assert {one.why for one in plan.moves} == {Why.CAN}


def test_what_is_even_stays_so() -> None:
    assert moved([person(ELENA, 4), person(SARA, 3)], [held(1), held(2)]) == []


@pytest.mark.parametrize(
    "sara",
    [
        person(SARA, 0, topics=frozenset({"contract"})),
        person(SARA, 0, teams=frozenset({2})),
        person(SARA, 0, at_work=False),
        person(SARA, 2, most=2),
    ],
    ids=["cannot", "other team", "not at work", "full"],
)
def test_a_case_goes_to_nobody_who_should_not_have_it(sara: Person) -> None:
    plan = level([person(ELENA, 8), sara], [held(1)], now=NOW)

    assert plan.moves == []
    assert plan.stay == {1: Stays.NOBODY}


@pytest.mark.parametrize(
    ("case", "reason"),
    [
        (held(1, due_at=NOW + timedelta(minutes=59)), Stays.PROMISED),
        (held(1, due_at=NOW - timedelta(hours=3)), Stays.PROMISED),
        (held(1, due_at=NOW + timedelta(hours=2)), None),
        (held(1, is_written_in=True), Stays.WRITING),
        (held(1, answers=2), Stays.KNOWN),
        (held(1, answers=1), None),
    ],
)
def test_why_a_case_stays_with_who_has_it(case: Held, reason: Stays | None) -> None:
    assert stays(case, now=NOW) == reason


def test_who_has_read_much_anger_today_gets_no_more_of_it() -> None:
    sara, marco = person(SARA, 0, hostile=3), person(MARCO, 5)

    assert moved([person(ELENA, 8), sara, marco], [held(1, hostile=True)]) == [(1, MARCO)]


def test_where_the_matter_cannot_be_told_a_team_mate_takes_it() -> None:
    plan = level([person(ELENA, 8), person(SARA, 0)], [held(1, topic="")], now=NOW)

    assert plan.moves[0].why == Why.MATE


def test_a_full_day_is_measured_by_what_was_agreed() -> None:
    half, whole = person(ELENA, 4, most=4), person(SARA, 6, most=12)

    assert moved([half, whole], [held(1), held(2), held(3)]) == [(1, SARA), (2, SARA)]


def test_the_same_facts_give_the_same_plan() -> None:
    people = [person(ELENA, 9, most=None), person(SARA, 1), person(MARCO, 1)]
    cases = [held(pk, due_at=NOW + timedelta(hours=pk + 1)) for pk in range(9)]

    assert moved(people, cases) == moved(people[::-1], cases[::-1])
    assert moved(people, cases)[0][0] == 8
