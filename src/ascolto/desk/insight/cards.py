"""The page as its cards: headlines, waiting by channel, failures, promises, clocks, the public."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.desk.insight import words
from ascolto.desk.insight.asked import Asked
from ascolto.desk.insight.drawing import Axis, Bar, Range, axis_for, place, widths
from ascolto.insight.catalogue import DEFINITIONS, Definition
from ascolto.insight.policy.statistics import FEW, Interval, Share
from ascolto.insight.queries.backlog import Band
from ascolto.insight.queries.public import PublicCalls
from ascolto.insight.queries.report import Report
from ascolto.insight.queries.weight import Load
from ascolto.staff.models import Team

FAILURES = (
    *("late_first_answer", "incomplete", "repeated", "handed_over", "out_of_standard", "reopened"),
)
HEADLINES = ("kept_promises", "first_contact", "in_standard", "satisfied", "easy")
TOLD = frozenset({"satisfied", "easy"})  # what customers say
GROWS = gettext_lazy(
    "%(what)s: cresce. %(count)s su %(of)s casi, prima %(before)s su %(of_before)s."
)
PEOPLE = 10  # on the card; the table has them all
MINUTES = {
    "first_answer": "first_answer_minutes",
    "next_answer": "next_answer_minutes",
    "resolution": "resolution_minutes",
}


@dataclass(frozen=True, slots=True)
class Headline:
    definition: Definition
    value: str
    change: words.Change
    sure: str  # its interval
    of: str
    address: str


@dataclass(frozen=True, slots=True)
class WaitingCard:
    rows: list[Range]
    axis: Axis
    limit: int | None  # seconds
    over: list[Range]
    still: int


def cases_behind(asked: Asked, figure: str) -> str:
    return f"{reverse('desk:insight_cases', args=[figure.replace(':', '.')])}{asked.address()}"


def headlines(report: Report, asked: Asked) -> list[Headline]:
    first = report.times["first_answer"]
    found = [
        Headline(
            definition=DEFINITIONS["first_answer"],
            value=words.time(first.now.median.value if first.now.median else None),
            change=words.time_change("first_answer", first),
            sure=_sure(first.now.median, unit="seconds"),
            of=_of(first.now.n),
            address=cases_behind(asked, "first_answer") if first.now.n else "",
        )
    ]
    for key in HEADLINES:
        share = report.promises if key == "kept_promises" else report.shares[key]
        told = share.now if not _unsaid(key, share.now) else Share(0, 0)
        behind = "broken_clock" if key == "kept_promises" else key
        found.append(
            Headline(
                definition=DEFINITIONS[key],
                value=words.percent(told.value),
                change=words.share_change(key, share)
                if told.of
                else words.Change(_waits_for(key, share.now), ""),
                sure=_sure(told.interval, unit="share"),
                of=_of_what(key, report, share.now),
                address=cases_behind(asked, behind) if told.of else "",
            )
        )
    return found


def waiting_card(report: Report, asked: Asked, teams: dict[int, Team]) -> WaitingCard:
    """Each channel by itself, the quickest first; the limit where it is one for all."""
    parts = [part for part in report.parts["channel"] if part.times[asked.measure].n]
    waits = [part.times[asked.measure] for part in parts]
    limit = _limit(asked, teams)
    axis = axis_for(waits, limit=limit)
    rows = [
        Range(
            name=words.part_name("channel", part.name, teams),
            address=asked.address(canale=part.name),
            waiting=one,
            still=part.shares["unanswered"].count,
            middle=place(one.median.value, axis) if one.median else 0,
            far=place(one.nine.value, axis) if one.nine else 0,
            over=limit is not None and one.nine is not None and one.nine.value > limit,
        )
        for part, one in zip(parts, waits, strict=True)
    ]
    rows.sort(key=lambda row: row.waiting.nine.value if row.waiting.nine else 0)
    still = report.shares["unanswered"].now.count
    return WaitingCard(rows, axis, limit, [row for row in rows if row.over], still)


def failures(report: Report, asked: Asked) -> list[Bar]:
    shares = [(key, report.shares[key]) for key in FAILURES]
    shares.sort(key=lambda one: -one[1].now.count)
    lengths = widths([share.now.count for _key, share in shares])
    bars = []
    for (key, share), width in zip(shares, lengths, strict=True):
        change = words.relative_change(key, share)
        bars.append(
            Bar(
                name=str(DEFINITIONS[key].title),
                width=width,
                value=words.number(share.now.count),
                note=change.words,
                tone=change.tone,
                address=cases_behind(asked, key) if share.now.count else "",
            )
        )
    return bars


def growing(report: Report) -> list[str]:
    """What became worse by more than chance, in sentences."""
    found = []
    for key in FAILURES:
        share = report.shares[key]
        if share.differs and (share.now.value or 0) > (share.before.value or 0):
            told = {
                "what": DEFINITIONS[key].title,
                "count": words.number(share.now.count),
                "of": words.number(share.now.of),
                "before": words.number(share.before.count),
                "of_before": words.number(share.before.of),
            }
            found.append(GROWS % told)
    return found


def promises_by_team(report: Report, teams: dict[int, Team], asked: Asked) -> list[Bar]:
    """By name: teams are not ranked either."""
    found = [
        Bar(
            name=words.part_name("team", part.name, teams),
            width=round(100 * (part.promises.value or 0), 1),
            value=words.percent(part.promises.value),
            note=_("pochi") if part.promises.few else "",
            fill="bad" if (part.promises.value or 0) < 0.75 else "promise",  # noqa: PLR2004 # share
            address=asked.address(squadra=part.name),
        )
        for part in report.parts["team"]
        if part.promises.of
    ]
    return sorted(found, key=lambda bar: bar.name)


def clocks(report: Report, asked: Asked) -> tuple[list[Bar], list[Bar]]:
    """Which ran out, and why."""
    kinds = [one for one in report.clocks if one.cases]
    kind_bars = [
        Bar(
            name=words.clock_name(one.name),
            width=width,
            value=words.number(one.cases),
            fill="promise",
            address=cases_behind(asked, f"clock:{one.name}"),
        )
        for one, width in zip(kinds, widths([one.cases for one in kinds]), strict=True)
    ]
    why = [one for one in report.reasons if one.cases]
    why_bars = [
        Bar(
            name=words.begun(words.WHY_WORDS[one.name]),
            width=width,
            value=words.number(one.cases),
            fill="warn",
            address=cases_behind(asked, f"why:{one.name}"),
        )
        for one, width in zip(why, widths([one.cases for one in why]), strict=True)
    ]
    return kind_bars, why_bars


def backlog_bars(bands: list[Band]) -> list[Bar]:
    lengths = widths([band.cases for band in bands])
    return [
        Bar(
            name=band_name(band),
            width=width,
            value=words.number(band.cases),
            fill="said" if band.older < 7 else "warn" if band.younger else "bad",  # noqa: PLR2004 # days
        )
        for band, width in zip(bands, lengths, strict=True)
    ]


def public_bars(calls: PublicCalls, asked: Asked) -> list[Bar]:
    told = [(reason, count) for reason, count in calls.reasons if count]
    lengths = widths([count for _reason, count in told])
    where = reverse("desk:insight_public")
    return [
        Bar(
            name=words.begun(words.REASON_WORDS[reason]),  # type: ignore[index] # a value of it
            width=width,
            value=words.number(count),
            address=f"{where}{asked.address(perche=reason)}",
        )
        for (reason, count), width in zip(told, lengths, strict=True)
    ]


def load_bars(people: list[Load]) -> list[Bar]:
    """By name. In a large house not all of them: whoever is at his limit always is."""
    most = max((one.most or one.open for one in people), default=1) or 1
    pressed = [one for one in people if one.full or one.much_hostility]
    others = [one for one in people if one not in pressed]
    shown = {one.colleague.pk for one in (*pressed, *others[: max(0, PEOPLE - len(pressed))])}
    return [
        Bar(
            name=one.colleague.name,
            width=round(min(100.0, 100 * one.open / (one.most or most)), 1),
            value=_("%(open)d di %(most)d") % {"open": one.open, "most": one.most}
            if one.most
            else str(one.open),
            fill="warn" if one.full else "said",
        )
        for one in people
        if one.colleague.pk in shown
    ]


def band_name(band: Band) -> str:
    if band.younger is None:
        return _("Oltre %d giorni") % band.older
    if not band.older:
        return _("Meno di un giorno")
    return _("Da %(older)d a %(younger)d giorni") % {"older": band.older, "younger": band.younger}


def _limit(asked: Asked, teams: dict[int, Team]) -> int | None:
    """The team's own limit, or that of all teams if it is the same. It runs in working hours."""
    if not asked.in_hours:
        return None
    wanted = [teams[asked.filters.team_id]] if asked.filters.team_id in teams else teams.values()
    minutes = {getattr(team, MINUTES[asked.measure]) for team in wanted}
    only = minutes.pop() if len(minutes) == 1 else None
    return only * 60 if only else None


def _unsaid(key: str, share: Share) -> bool:
    return key in TOLD and share.of < FEW


def _waits_for(key: str, share: Share) -> str:
    """Why there is no figure."""
    if key == "satisfied":
        return _("meno di 10 giudizi") if share.of else _("nessun giudizio")
    if key == "easy":
        return _("meno di 10 risposte") if share.of else _("nessuna risposta")
    if key == "first_contact":
        return _("si sa 9 giorni dopo la soluzione")
    if key == "in_standard":
        return _("nessun orologio della soluzione")
    return _("nessun dato")


def _sure(interval: Interval | None, *, unit: str) -> str:
    return words.between(interval, unit=unit) if interval else ""


def _of(count: int) -> str:
    few = _("pochi: %s") if 0 < count < FEW else "%s"
    return few % words.cases(count)


def _of_what(key: str, report: Report, share: Share) -> str:
    if key == "kept_promises":
        return _("%s orologi finiti") % words.number(share.of)
    if key == "satisfied":
        told = {
            "rated": words.number(share.of),
            "asked": words.number(report.shares["rated"].now.of),
        }
        return _("%(rated)s giudizi su %(asked)s casi in cui si poteva darne") % told
    if key == "easy":
        told = {"told": words.number(share.of)}
        told["asked"] = words.number(report.shares["effort_told"].now.of)
        return _("%(told)s risposte su %(asked)s casi risolti") % told
    return _of(share.of)
