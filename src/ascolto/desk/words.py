"""How times are said: «2 min», «3 h 10», «scaduta da 12 min», «mar 17 nov, 00:07»."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
_MEGABYTE = 1_000_000
_RED_FROM = 90  # percent of a clock gone by: from here on a person must do something now


@dataclass(frozen=True, slots=True)
class Clock:
    """A running clock as it is drawn: the ring's colour, how much of it is gone, its words."""

    level: str  # "bad", "warn" or ""
    percent: int
    words: str
    overdue: bool


def clock(due: datetime, *, start: datetime | None, warn: datetime | None, now: datetime) -> Clock:
    """The clock that runs out at `due`. Red is kept for what a person must do now."""
    if now >= due:
        return Clock("bad", 100, _late(now - due), overdue=True)
    whole = (due - start) if start and start < due else (due - now)
    gone = max(0, min(100, round(100 * (1 - (due - now) / whole))))
    level = "bad" if gone >= _RED_FROM else "warn" if warn and now >= warn else ""
    return Clock(level, gone, short(due - now), overdue=False)


def _late(by: timedelta) -> str:
    return _("scaduta da %s") % short(by) if by >= timedelta(minutes=1) else _("scaduta ora")


def within(face: Clock) -> str:
    """«entro 3 h 10», «entro un minuto»; of a clock that has run out, since when."""
    if face.overdue:
        return face.words
    soon = face.words == short(timedelta())
    return _("entro un minuto") if soon else _("entro %s") % face.words


def short(length: timedelta) -> str:
    """«2 min», «3 h 10», «5 h», «2 g 4 h»; the words the clock of a list has room for."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return _("meno di 1 min")
    hours, minutes = divmod(minutes, 60)
    days, rest = divmod(hours, 24)
    if days:
        return _("%(d)d g %(h)d h") % {"d": days, "h": rest} if rest else _("%d g") % days
    if hours:
        return _("%(h)d h %(m)02d") % {"h": hours, "m": minutes} if minutes else _("%d h") % hours
    return _("%d min") % minutes


def long(length: timedelta) -> str:
    """«8 ore e 34 minuti», «2 giorni e 3 ore»: for sentences."""
    if length >= _DAY:
        days, hours = length.days, length.seconds // 3600
        parts = [ngettext("%d giorno", "%d giorni", days) % days]
        parts += [ngettext("%d ora", "%d ore", hours) % hours] if hours else []
    else:
        hours, minutes = length.seconds // 3600, length.seconds % 3600 // 60
        parts = [ngettext("%d ora", "%d ore", hours) % hours] if hours else []
        if minutes or not hours:
            parts.append(ngettext("%d minuto", "%d minuti", minutes) % minutes)
    return _(" e ").join(parts)


def hour(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"


def day(moment: datetime | date, *, now: datetime) -> str:
    """«mar 17 nov»; with the year when it is another one."""
    zone = timezone.get_current_timezone()
    local = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
    return _day(local, get_language() or "", with_year=local.year != now.astimezone(zone).year)


@lru_cache(maxsize=2_000)
def _day(local: date, language: str, *, with_year: bool) -> str:
    """In the `language` that is spoken now: a list says the same few days again and again."""
    words = date_format(local, "j M Y" if with_year else "D j M")
    return words.lower() if language.startswith("it") else words


def when(moment: datetime, *, now: datetime) -> str:
    """«08:44» today, «mar 17 nov, 00:07» before."""
    if _is_today(moment, now):
        return hour(moment)
    return _("%(day)s, %(time)s") % {"day": day(moment, now=now), "time": hour(moment)}


def by(moment: datetime, *, now: datetime) -> str:
    """«entro le 08:44», «entro mar 17 nov alle 00:07»."""
    return _told(moment, now, _("entro le %s"), _("entro %(day)s alle %(time)s"))


def on(moment: datetime, *, now: datetime) -> str:
    """«alle 08:44», «mar 17 nov alle 00:07»."""
    return _told(moment, now, _("alle %s"), _("%(day)s alle %(time)s"))


def since(moment: datetime, *, now: datetime) -> str:
    """«dalle 08:44», «da mar 17 nov alle 00:07»."""
    return _told(moment, now, _("dalle %s"), _("da %(day)s alle %(time)s"))


def _told(moment: datetime, now: datetime, today: str, other: str) -> str:
    if _is_today(moment, now):
        return today % hour(moment)
    return other % {"day": day(moment, now=now), "time": hour(moment)}


def _is_today(moment: datetime, now: datetime) -> bool:
    zone = timezone.get_current_timezone()
    return moment.astimezone(zone).date() == now.astimezone(zone).date()


def size(octets: int) -> str:
    """«12 kB», «3,4 MB»."""
    if octets < _MEGABYTE:
        return f"{max(1, round(octets / 1000))} kB"
    number = f"{octets / _MEGABYTE:.1f}"
    return (
        f"{number if not (get_language() or '').startswith('it') else number.replace('.', ',')} MB"
    )


def opening_hours(openings: Iterable[tuple[int, int, int]]) -> list[str]:
    """«lun–ven 9:00–13:00, 14:00–18:00» from (weekday, minute, minute), Monday being 0."""
    by_day: dict[int, list[str]] = {}
    for weekday, opens, closes in sorted(openings):
        by_day.setdefault(weekday, []).append(f"{_clock(opens)}–{_clock(closes)}")
    runs: list[tuple[int, int, list[str]]] = []
    for weekday, hours in by_day.items():
        if runs and runs[-1][1] == weekday - 1 and runs[-1][2] == hours:
            runs[-1] = (runs[-1][0], weekday, hours)
        else:
            runs.append((weekday, weekday, hours))
    names = [str(WEEKDAYS_ABBR[day]).lower() for day in range(7)]
    return [
        f"{names[first] if first == last else f'{names[first]}–{names[last]}'} {', '.join(hours)}"
        for first, last, hours in runs
    ]


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def ticking() -> dict[str, str]:
    """The same words for the script that keeps clocks going between two pages."""
    return {
        "less": _("meno di 1 min"),
        "min": _("%d min"),
        "h": _("%d h"),
        "hm": _("%(h)d h %(m)02d"),
        "d": _("%d g"),
        "dh": _("%(d)d g %(h)d h"),
        "late": _("scaduta da %s"),
        "over": _("scaduta ora"),
        "within": _("entro %s"),
        "soon": _("entro un minuto"),
        "at": _("scade %s"),
        "zone": timezone.get_current_timezone_name(),
        "seconds": _("parte tra %d s"),
        "gone": _("partita"),
        "saved": _("bozza salvata %s"),
        "unsaved": _("bozza non salvata: la teniamo in questa pagina"),
    }
