"""When we work: the hours of a calendar, and the days on which it is closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet

from ascolto.administration.services.changing import Change, State, leads_alone, record_change
from ascolto.kit.businesstime import Interval
from ascolto.staff import services as staff
from ascolto.staff.models import Calendar, Closure, Colleague, Opening
from ascolto.staff.services import WORKING_WEEK, NameTaken
from ascolto.timeline.references import reference
from ascolto.timeline.services import record


class AlreadyClosed(Exception):
    """There is a closure on this day."""


def calendar_state(calendar: Calendar) -> State:
    if calendar.round_the_clock:
        week = "0-24"
    else:
        openings = Opening.objects.filter(calendar=calendar).order_by("weekday", "opens")
        week = ", ".join(f"{one.weekday + 1} {Interval(one.opens, one.closes)}" for one in openings)
    return {"name": calendar.name, "province": calendar.province, "week": week}


@transaction.atomic
def add_calendar(name: str, *, by: Colleague, now: datetime) -> Calendar:
    """Hours of their own for a team or more: Monday to Friday, until they are changed.

    Raises `NotAllowed` and `NameTaken`.
    """
    leads_alone(by)
    if Calendar.objects.filter(name__iexact=name.strip()).exists():
        raise NameTaken(name)
    like = Calendar.objects.order_by("pk").first()
    calendar = Calendar.objects.create(
        name=name.strip(),
        zone=like.zone if like else "Europe/Rome",
        province=like.province if like else "",
    )
    staff.set_hours(calendar, week=WORKING_WEEK, province=calendar.province)
    _record("administration.calendar_added", calendar, before={}, by=by, now=now)
    return calendar


@transaction.atomic
def set_hours(  # hours are a week, a place, and who says so when
    calendar: Calendar,
    *,
    week: Mapping[int, Sequence[Interval]],
    province: str,
    round_the_clock: bool,
    by: Colleague,
    now: datetime,
) -> list[Change]:
    """Replace the hours. Clocks that run keep the moment they promised. Raises `NotAllowed`."""
    leads_alone(by)
    locked = _locked(calendar)
    before = calendar_state(locked)
    staff.set_hours(locked, week=week, province=province, round_the_clock=round_the_clock)
    return _record("administration.hours_changed", locked, before=before, by=by, now=now)


@transaction.atomic
def close_on(  # a closure is a day, perhaps a part of it, and why
    calendar: Calendar,
    *,
    day: date,
    reason: str,
    by: Colleague,
    now: datetime,
    part: Interval | None = None,
) -> Closure:
    """Closed on this day, or in this `part` of it, beside the public holidays.

    Raises `NotAllowed`, `AlreadyClosed`.
    """
    leads_alone(by)
    known = _locked(calendar)
    closure, new = Closure.objects.get_or_create(
        calendar=known,
        closed_on=day,
        defaults={
            "reason": reason.strip()[:120],
            "closed_from": part.opens if part else None,
            "closed_to": part.closes if part else None,
        },
    )
    if not new:
        raise AlreadyClosed(day)
    _note("administration.closure_added", closure, by=by, now=now)
    return closure


@transaction.atomic
def open_again_on(closure: Closure, *, by: Colleague, now: datetime) -> None:
    """The day counts again. Raises `NotAllowed`."""
    leads_alone(by)
    known = _closures().filter(pk=closure.pk).first()
    if known is not None:
        _note("administration.closure_removed", known, by=by, now=now)
        known.delete()


def part_of(closure: Closure) -> Interval | None:
    """Which part of the day is closed; None: all of it."""
    if closure.closed_from is None or closure.closed_to is None:
        return None
    return Interval(closure.closed_from, closure.closed_to)


def _closures() -> QuerySet[Closure]:
    return Closure.objects.select_for_update(of=("self",)).select_related("calendar")


def _locked(calendar: Calendar) -> Calendar:
    return Calendar.objects.select_for_update().get(pk=calendar.pk)


def _note(kind: str, closure: Closure, *, by: Colleague, now: datetime) -> None:
    record(
        kind,
        at=now,
        subject=reference("calendar", closure.calendar_id),
        by=by,
        name=closure.calendar.name,
        day=closure.closed_on.isoformat(),
        part=str(part_of(closure) or ""),
        reason=closure.reason,
    )


def _record(
    kind: str, calendar: Calendar, *, before: State, by: Colleague, now: datetime
) -> list[Change]:
    states = (before, calendar_state(calendar))
    subject = reference("calendar", calendar.pk)
    return record_change(kind, calendar.name, subject=subject, states=states, by=by, now=now)
