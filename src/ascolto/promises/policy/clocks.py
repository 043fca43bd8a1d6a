"""How a promise ends, when it is time to warn, and where a pause moves its end."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ascolto.kit.businesstime import WorkCalendar


@dataclass(frozen=True, slots=True)
class Terms:
    """What a clock is started with: how much working time, and at what part of it to warn."""

    amount: timedelta
    warn_percent: int

    @property
    def until_warning(self) -> timedelta:
        return self.amount * self.warn_percent / 100


def ending_of(*, due_at: datetime, ended_at: datetime) -> str:
    """Kept if it was done by the moment promised, to the second; else broken, however little."""
    return "KEPT" if ended_at <= due_at else "BROKEN"


def warning_before(due_at: datetime, *, given_at: datetime, percent: int) -> datetime:
    """When to warn of a word that runs by the clock on the wall."""
    return given_at + (due_at - given_at) * percent / 100


def moved(
    moment: datetime, *, paused_at: datetime, at: datetime, hours: WorkCalendar | None
) -> datetime:
    """Where a moment of a clock lies once the clock goes on `at`: as far away as when it was
    paused, in working time, or by the clock on the wall without `hours`.

    What had passed before the pause stays where it was: a rest mends no delay.
    """
    if moment <= paused_at:
        return moment
    if hours is None:
        return moment + (at - paused_at)
    return hours.add(at, hours.between(paused_at, moment))
