"""Who is on duty, and until when somebody wants quiet. Pure; all times are of the wall."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Shift:
    """Part of a weekday, in minutes since midnight; Monday is 0, `ends` may be 1440."""

    colleague_id: int
    weekday: int
    begins: int
    ends: int


@dataclass(frozen=True, slots=True)
class Quiet:
    """When somebody is not to be told, unless it is urgent. Begin and end may lie across midnight.

    `days` are whole days of quiet, Monday is 0.
    """

    begins: int | None = None
    ends: int | None = None
    days: Collection[int] = ()


def on_duty(shifts: Sequence[Shift], *, at: datetime) -> set[int]:
    """Who is on duty at this moment, given on the wall clock of the company."""
    minute = _minute(at)
    return {
        one.colleague_id
        for one in shifts
        if one.weekday == at.weekday() and one.begins <= minute < one.ends
    }


def told_at(quiet: Quiet, *, at: datetime) -> datetime:
    """The first moment from `at` on at which he may be told. After a week of quiet: anyhow."""
    moment = at
    for _ in range(2 * 7):
        after = _end_of_quiet(quiet, moment)
        if after is None:
            return moment
        moment = after
    return moment


def _end_of_quiet(quiet: Quiet, at: datetime) -> datetime | None:
    """When the quiet that holds at this moment ends; None if there is none."""
    if at.weekday() in quiet.days:
        return _midnight(at) + timedelta(days=1)
    begins, ends, minute = quiet.begins, quiet.ends, _minute(at)
    if begins is None or ends is None or begins == ends:
        return None
    if begins < ends:
        return _on(at, ends) if begins <= minute < ends else None
    if minute >= begins:  # across midnight, in the evening
        return _on(at + timedelta(days=1), ends)
    return _on(at, ends) if minute < ends else None


def _minute(at: datetime) -> int:
    return at.hour * 60 + at.minute


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)


def _on(day: datetime, minute: int) -> datetime:
    if minute == MINUTES_A_DAY:
        return _midnight(day) + timedelta(days=1)
    return _midnight(day).replace(hour=minute // 60, minute=minute % 60)
