"""When an answer is to leave: choices with their hour, and what somebody picked. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

MORNING = time(9)
MONDAY = 0
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Choice:
    """`value` is what the button sends: local time, as a date field writes it."""

    value: str
    words: str


class NotThen(Exception):
    """No moment an answer can leave at: unreadable, past, or more than a year away."""


def choices(now: datetime) -> list[Choice]:
    """Tomorrow morning, and Monday morning where that is another day."""
    today = timezone.localtime(now).date()
    tomorrow = today + timedelta(days=1)
    monday = today + timedelta(days=(MONDAY - today.weekday()) % 7 or 7)
    found = [Choice(f"{tomorrow}T{MORNING:%H:%M}", _("domani alle 9:00"))]
    if monday != tomorrow:
        found.append(Choice(f"{monday}T{MORNING:%H:%M}", _("lunedì alle 9:00")))
    return found


def moment_in(written: str, *, now: datetime) -> datetime | None:
    """The moment somebody picked, in the company's time; None if he picked none."""
    if not written.strip():
        return None
    try:
        naive = datetime.fromisoformat(written.strip())
    except ValueError as problem:
        raise NotThen(written) from problem
    moment = timezone.make_aware(naive) if naive.tzinfo is None else naive
    if not now < moment <= now + FURTHEST:
        raise NotThen(written)
    return moment
