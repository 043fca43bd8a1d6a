"""Small rules about matters. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ascolto.kit.businesstime import NeverOpen, WorkCalendar

NUMBER = re.compile(r"\bC-(\d{1,12})\b", re.IGNORECASE)
REPLY = re.compile(
    r"^\s*(?:(?:re|r|aw|sv|antw|rif|fw|fwd|i|wg|tr)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)
LINK_OUTLIVES_CASE = timedelta(days=30)
PRESENT_FOR = timedelta(seconds=60)  # a screen says so every twenty; three lost: it is closed
FORWARD_KEY = "forward-"  # begins the outbox key of what went to somebody else than the customer
POINTER_KEY = "pointer-"  # of what says where the answer is
ACKNOWLEDGED_KEY = "read-it-"  # of what says in public that somebody goes on in private


def bare_subject(subject: str) -> str:
    """A subject without the "Re:" and "I:" that mail programs put before it."""
    return REPLY.sub("", subject).strip()


def reply_subject(subject: str) -> str:
    return f"Re: {bare_subject(subject)}"


def forward_subject(subject: str) -> str:
    return f"Fwd: {bare_subject(subject)}"


def claimed_case(subject: str) -> int | None:
    """The case number that a subject speaks of. Anybody can write one: it proves nothing."""
    found = NUMBER.search(subject)
    return int(found.group(1)) if found else None


def goes_on_aside(*, aside_at: datetime | None, heard_at: datetime | None) -> bool:
    """Whether we said in public, since he last spoke there, that the rest is for him alone."""
    return aside_at is not None and (heard_at is None or aside_at >= heard_at)


def link_is_alive(
    *, resolved_at: datetime | None, revoked_at: datetime | None, now: datetime
) -> bool:
    """A matter link lives while its matter is open, and a month longer to read the end."""
    if revoked_at is not None:
        return False
    return resolved_at is None or now < resolved_at + LINK_OUTLIVES_CASE


BEFORE = timedelta(minutes=30)
EARLY = time(8)  # when a morning begins for who works round the clock
MONDAY = 7  # days of a week


@dataclass(frozen=True, slots=True)
class Return:
    """When a case may come back. `why` is "clock", "tomorrow" or "monday"."""

    why: str
    at: datetime


def returns(*, now: datetime, hours: WorkCalendar, clocks: list[datetime]) -> list[Return]:
    """The moments worth offering, each once: with the next of these clocks, tomorrow, on Monday.

    Mornings begin when the team opens: on the day after a holiday, if that day is one.
    """
    coming = sorted(moment for moment in clocks if moment > now)
    offered = [Return("clock", coming[0])] if coming else []
    today = now.astimezone(hours.zone).date()
    for why, days in (("tomorrow", 1), ("monday", MONDAY - today.weekday())):
        opens = _opens(hours, datetime.combine(today + timedelta(days=days), time(), hours.zone))
        if all(one.at != opens for one in offered):
            offered.append(Return(why, opens))
    return offered


def just_before(due_at: datetime, *, now: datetime) -> datetime:
    """When a case comes back that was put away until a promise: with time left to keep it."""
    return due_at - min(BEFORE, (due_at - now) / 4)


def morning(*, now: datetime, hours: WorkCalendar, days: int) -> datetime:
    """The first opening from the morning on that is so many days away."""
    day = now.astimezone(hours.zone).date() + timedelta(days=days)
    return _opens(hours, datetime.combine(day, time(), hours.zone))


def _opens(hours: WorkCalendar, midnight: datetime) -> datetime:
    """When work begins from this midnight on."""
    early = datetime.combine(midnight.date(), EARLY, hours.zone)
    try:
        return early if hours.is_open(midnight) else hours.next_opening(midnight)
    except NeverOpen:
        return early
