"""A clock warns before it runs out: over a weekend, a patron saint's day and both changes of time.

Whoever is to act is told while there is time left, in hours in which somebody is at work.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ascolto.promises.models import Promise
from ascolto.promises.services import sweep
from ascolto.staff.hours import work_calendar
from ascolto.staff.models import Calendar, Team
from ascolto.timeline.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db
ROME = ZoneInfo("Europe/Rome")
STEP = timedelta(minutes=15)
TOLD = ["promises.warned", "promises.overrun"]


@dataclass(frozen=True)
class Stretch:
    """A case comes at `heard`; four hours of work later its first answer is due."""

    heard: datetime
    warned: datetime
    due: datetime
    calendar: str = "Ufficio"  # open from Monday to Friday, 9 to 18


def rome(month: int, day: int, hour: int, minute: int = 0, *, again: bool = False) -> datetime:
    """What the clock on the wall shows; `again`: the second time that night."""
    shown = datetime(2026, month, day, hour, minute, tzinfo=ROME, fold=int(again))
    return shown.astimezone(UTC)


STRETCHES = {
    "a weekend": Stretch(rome(3, 6, 17), rome(3, 9, 11), rome(3, 9, 12)),
    # In 2026 the saint of Milan is on a Monday, and the day after is a holiday everywhere.
    "Sant’Ambrogio": Stretch(rome(12, 4, 17), rome(12, 9, 11), rome(12, 9, 12), "Milano"),
    "the same days in Turin": Stretch(rome(12, 4, 17), rome(12, 7, 11), rome(12, 7, 12), "Torino"),
    "spring, at the office": Stretch(rome(3, 27, 17), rome(3, 30, 11), rome(3, 30, 12)),
    "autumn, at the office": Stretch(rome(10, 23, 17), rome(10, 26, 11), rome(10, 26, 12)),
    # At two the clock jumps to three; at three it goes back to two.
    "spring, round the clock": Stretch(
        rome(3, 28, 23, 30), rome(3, 29, 3, 30), rome(3, 29, 4, 30), "Sempre"
    ),
    "autumn, round the clock": Stretch(
        rome(10, 24, 23, 30), rome(10, 25, 2, 30), rome(10, 25, 2, 30, again=True), "Sempre"
    ),
}


def team_of(calendar: str) -> Team:
    team = make.team()
    if calendar == "Sempre":
        team.calendar = Calendar.objects.create(name=calendar, round_the_clock=True)
    elif calendar != "Ufficio":
        team.calendar = make.calendar(name=calendar)
        team.calendar.province = {"Milano": "MI", "Torino": "TO"}[calendar]
        team.calendar.save()
    team.save()
    return team


@pytest.mark.parametrize("name", STRETCHES)
def test_a_clock_warns_in_working_hours_before_it_runs_out(name: str) -> None:
    stretch = STRETCHES[name]
    team = team_of(stretch.calendar)
    case = make.case(channel=make.mailbox(of=team), now=stretch.heard)

    clock = Promise.objects.get(kind=Promise.Kind.FIRST_ANSWER)
    told: dict[str, datetime] = {}
    now = stretch.heard
    while now <= stretch.due + 2 * STEP:
        sweep(now=now)
        for deed in history_of(case.reference, kinds=TOLD):
            told.setdefault(deed.kind, now)
        now += STEP

    assert (clock.warn_at, clock.due_at) == (stretch.warned, stretch.due)
    assert told["promises.warned"] == stretch.warned
    assert told["promises.overrun"] == stretch.due + STEP
    assert work_calendar(team.calendar).is_open(told["promises.warned"])
