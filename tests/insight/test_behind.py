"""What is behind a figure is what it counted: the page and the list use the same conditions."""

import random
from datetime import timedelta

import pytest

from ascolto.cases.models import Case
from ascolto.insight.models import CaseFacts
from ascolto.insight.policy.columns import CLOCKS, WHY, Flag
from ascolto.insight.policy.conditions import FRACTIONS
from ascolto.insight.policy.periods import Period
from ascolto.insight.queries import Filters, behind, report
from ascolto.insight.queries.behind import figures
from ascolto.insight.queries.report import DIMENSIONS
from ascolto.insight.services.sheets import write_sheets
from ascolto.staff.models import Team
from tests import make

pytestmark = pytest.mark.django_db
CASES = 600
TODAY = make.NOON.date()
PERIOD = Period(TODAY - timedelta(days=29), TODAY)
EVERYTHING = Filters()


@pytest.fixture
def team() -> Team:
    """Cases of thirty days in which anything may have happened, the same in each run."""
    chance = random.Random(11)  # noqa: S311 # nobody is to guess them
    teams = [make.team(), make.team("Guasti")]
    customer = make.customer()
    cases = Case.objects.bulk_create(
        Case(
            customer=customer,
            subject="Una domanda",
            team=chance.choice(teams),
            opened_at=make.NOON - timedelta(days=chance.randrange(30)),
            last_at=make.NOON,
            last_channel_kind="EMAIL",
        )
        for _ in range(CASES)
    )
    facts = CaseFacts.objects.bulk_create(_anything(case, chance) for case in cases)
    write_sheets({one.opened_on for one in facts})
    return teams[1]


def _anything(case: Case, chance: random.Random) -> CaseFacts:
    solved = chance.choice([None, 3600, 86_400, 15 * 86_400])
    flags = sum(flag for flag in Flag if chance.random() < 0.4)
    waits = [30, 90][: chance.randrange(3)]
    return CaseFacts(
        case=case,
        opened_on=case.opened_at.date(),
        opened_at=case.opened_at,
        team=case.team,
        channel_kind=chance.choice(["EMAIL", "FORM", "BLUESKY"]),
        topic=chance.choice(["", "billing", "other"]),
        priority=chance.choice([0, 2]),
        first_seconds=chance.choice([None, 60, 7200]),
        open_first_seconds=60,
        next_seconds=waits,
        open_next_seconds=waits,
        solved_seconds=solved,
        open_solved_seconds=solved,
        resolved_at=case.opened_at + timedelta(seconds=solved) if solved else None,
        flags=flags,
        broken_kinds=chance.randrange(32),
        broken_why=chance.randrange(8),
        kept=chance.randrange(3),
        broken=chance.randrange(2),
        hand_overs=chance.randrange(5),
        contacts=chance.randrange(3),
        repeats=chance.randrange(2),
        score=chance.randrange(4),
    )


def found_behind(figure: str, filters: Filters = EVERYTHING) -> int:
    number, start = 0, 0
    while True:
        page = behind(figure, PERIOD, filters, today=TODAY, start=start)
        number += len(page.facts)
        if not page.next:
            return number
        start = page.next


@pytest.mark.parametrize("figure", FRACTIONS)
def test_behind_a_share_are_as_many_cases_as_it_says(team: Team, figure: str) -> None:
    for filters in (EVERYTHING, Filters(team_id=team.pk, channel="FORM"), Filters(topic="")):
        said = report(PERIOD, filters, in_hours=False, today=TODAY).shares[figure].now

        assert found_behind(figure, filters) == said.count
    assert report(PERIOD, EVERYTHING, in_hours=False, today=TODAY).shares[figure].now.count > 0


def test_behind_clocks_and_reasons_are_as_many_cases_as_they_say(team: Team) -> None:
    said = report(PERIOD, EVERYTHING, in_hours=False, today=TODAY)

    assert [found_behind(f"clock:{name}") for name in CLOCKS] == [one.cases for one in said.clocks]
    assert [found_behind(f"why:{name}") for name in WHY] == [one.cases for one in said.reasons]
    assert found_behind("all") == said.cases == CASES


def test_behind_times_the_slowest_come_first(team: Team) -> None:
    slowest = behind("first_answer", PERIOD, EVERYTHING, today=TODAY).facts
    said = report(PERIOD, EVERYTHING, in_hours=False, today=TODAY).times["first_answer"].now

    assert [one.first_seconds for one in slowest[:3]] == [7200, 7200, 7200]
    assert found_behind("first_answer") == said.n


def test_the_parts_make_the_whole(team: Team) -> None:
    said = report(PERIOD, EVERYTHING, in_hours=False, today=TODAY)

    for dimension in DIMENSIONS:
        parts = said.parts[dimension]
        assert sum(part.cases for part in parts) == said.cases
        assert sum(part.times["next_answer"].n for part in parts) == said.times["next_answer"].now.n
        assert sum(part.promises.of for part in parts) == said.promises.now.of


def test_everything_that_can_be_asked_for_has_its_cases(team: Team) -> None:
    for figure in figures():
        behind(figure, PERIOD, EVERYTHING, today=TODAY, in_hours=True)
    with pytest.raises((KeyError, ValueError)):
        behind("clock:ALTRO", PERIOD, EVERYTHING, today=TODAY)
