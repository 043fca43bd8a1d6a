"""How figures are said: times, shares, what changed, and how sure that is."""

from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ascolto.cases.models import Case
from ascolto.channels.models import Channel
from ascolto.insight.catalogue import DEFINITIONS
from ascolto.insight.models import PublicCall
from ascolto.insight.policy.statistics import Interval
from ascolto.insight.queries.report import ComparedShare, ComparedWaiting
from ascolto.promises.models import Promise
from ascolto.staff.models import Team

MINUTE, HOUR, DAY = 60, 3600, 86_400
NOTHING = "–"
TOPIC_WORDS = {
    "": gettext_lazy("argomento non detto"),
    "billing": gettext_lazy("fatture e pagamenti"),
    "connectivity": gettext_lazy("linea e guasti"),
    "delivery_repair": gettext_lazy("consegne e riparazioni"),
    "contract": gettext_lazy("contratti e disdette"),
    "promo": gettext_lazy("offerte"),
    "staff_service": gettext_lazy("come è stato servito"),
    "account_app": gettext_lazy("accesso e app"),
    "other": gettext_lazy("altro"),
}
WHY_WORDS = {
    "PASSED_ON": gettext_lazy("ha cambiato squadra mentre correva"),
    "NOBODY": gettext_lazy("nessuno l’aveva preso"),
    "SOMEBODY": gettext_lazy("qualcuno l’aveva"),
}
REASON_WORDS = {
    PublicCall.Reason.UNANSWERED: gettext_lazy("aspettava ancora una risposta"),
    PublicCall.Reason.LATE: gettext_lazy("un orologio era scaduto"),
    PublicCall.Reason.PASSED_AROUND: gettext_lazy("passato due volte di squadra"),
    PublicCall.Reason.CAME_BACK: gettext_lazy("risolto, ma è tornato"),
    PublicCall.Reason.UNSOLVED: gettext_lazy("risposto, non risolto"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """`tone`: "up" for better, "dn" for worse, "" for neither."""

    words: str
    tone: str


def number(value: int) -> str:
    return number_format(value, force_grouping=True)


def time(seconds: float | None) -> str:
    """«40 s», «6 min», «2 h 50», «1 g 4 h»."""
    if seconds is None:
        return NOTHING
    whole = int(seconds)
    if whole < MINUTE:
        return _("%d s") % whole
    if whole < HOUR:
        return _("%d min") % (whole // MINUTE)
    if whole < DAY:
        hours, minutes = whole // HOUR, whole % HOUR // MINUTE
        return _("%(h)d h %(m)02d") % {"h": hours, "m": minutes} if minutes else _("%d h") % hours
    days, hours = whole // DAY, whole % DAY // HOUR
    return _("%(d)d g %(h)d h") % {"d": days, "h": hours} if hours else _("%d g") % days


def percent(share: float | None) -> str:
    return NOTHING if share is None else f"{share * 100:.0f}%"


def between(interval: Interval | None, *, unit: str) -> str:
    """The 95 % interval: «da 5 a 7 min»; an end that is not known is not said."""
    if interval is None:
        return NOTHING
    said = percent if unit == "share" else time
    if interval.low is None and interval.high is None:
        return _("troppo pochi per dirlo")
    if interval.low is None:
        return _("fino a %s") % said(interval.high)
    if interval.high is None:
        return _("da %s in su") % said(interval.low)
    return _("tra %(low)s e %(high)s") % {"low": said(interval.low), "high": said(interval.high)}


def share_change(key: str, share: ComparedShare) -> Change:
    now, before = share.now.value, share.before.value
    if now is None or before is None:
        return Change(_("prima: nessun dato"), "")
    points = round((now - before) * 100)
    if not share.differs or not points:
        return Change(_("come prima"), "")
    words = ngettext("%s punto", "%s punti", abs(points)) % _signed(points)
    return Change(words, _tone(key, rises=points > 0))


def relative_change(key: str, share: ComparedShare) -> Change:
    """By how much of itself a share changed: «−31%»."""
    now, before = share.now.value, share.before.value
    if now is None or not before or not share.differs:
        return Change("=", "")
    change = round((now / before - 1) * 100)
    return Change(f"{_signed(change)}%", _tone(key, rises=change > 0))


def time_change(key: str, times: ComparedWaiting) -> Change:
    now, before = times.now.median, times.before.median
    if now is None or before is None:
        return Change(_("prima: nessun dato"), "")
    if not times.differs:
        return Change(_("come prima"), "")
    words = _("prima: %s") % time(before.value)
    return Change(words, _tone(key, rises=now.value > before.value))


def cases(count: int) -> str:
    return ngettext("%s caso", "%s casi", count) % number(count)


def part_name(dimension: str, name: str, teams: dict[int, Team]) -> str:
    """How a channel, a team, a topic or a priority is called."""
    if dimension == "channel":
        return begun(Channel.Kind(name).label)
    if dimension == "topic":
        return begun(TOPIC_WORDS[name])
    if dimension == "priority":
        return begun(Case.Priority(int(name)).label)
    team = teams.get(int(name))
    return team.name if team else NOTHING


def clock_name(kind: str) -> str:
    return begun(Promise.Kind(kind).label)


def begun(words: object) -> str:
    """With a capital at the beginning, and nothing else changed: «WhatsApp» stays so."""
    text = str(words)
    return text[:1].upper() + text[1:]


def _signed(value: int) -> str:
    return f"+{value}" if value > 0 else f"−{abs(value)}"


def _tone(key: str, *, rises: bool) -> str:
    wanted = DEFINITIONS[key].rises
    return "" if wanted is None else "up" if wanted == rises else "dn"


def figure_name(name: str) -> str:
    """Of those that have no definition of their own."""
    names = {
        "all": _("Casi aperti nel periodo"),
        "still_open": _("Ancora aperti"),
        "unanswered": _("Aspettano una prima risposta"),
        "broken_clock": _("Un orologio è scaduto"),
        "handed_over_twice": _("Passati almeno 2 volte"),
        "handed_over_thrice": _("Passati almeno 3 volte"),
        "rated": _("Casi con un giudizio"),
    }
    return names[name]
