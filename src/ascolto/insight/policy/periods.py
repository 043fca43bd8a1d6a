"""Which days are looked at, and which before them they are compared with. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LENGTHS = {"7": 7, "30": 30, "90": 90}
USUAL = "30"
LONGEST = 366  # days
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of the company's zone, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """As many days just before it."""
        last = self.first - ONE_DAY
        return Period(last - ONE_DAY * (self.days - 1), last)

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """From when, up to when: midnights of the zone; days of 23 and 25 hours are whole."""
        begins = datetime.combine(self.first, time(), zone).astimezone(UTC)
        ends = datetime.combine(self.last + ONE_DAY, time(), zone).astimezone(UTC)
        return begins, ends


def period_of(name: str, *, today: date, first: str = "", last: str = "") -> Period:
    """ "7", "30", "90": so many days up to today. "mese": this month. "proprio": `first` to `last`.

    What cannot be understood is the usual period; one that is too long is cut at its beginning.
    """
    if name == "mese":
        return Period(today.replace(day=1), today)
    if name == "proprio":
        begins, ends = _day(first), min(_day(last) or today, today)
        if begins is not None and begins <= ends:
            return Period(max(begins, ends - ONE_DAY * (LONGEST - 1)), ends)
    days = LENGTHS.get(name, LENGTHS[USUAL])
    return Period(today - ONE_DAY * (days - 1), today)


def _day(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year >= 2000 else None  # noqa: PLR2004 # before, there was nothing
