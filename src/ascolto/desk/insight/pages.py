"""The pages of the figures. A light helper or an agent is told whom to ask."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ascolto.cases.models import Case
from ascolto.channels.models import Channel
from ascolto.desk.exchange.views import download
from ascolto.desk.guards import company_of, number_in
from ascolto.desk.insight import cards, words
from ascolto.desk.insight.asked import MEASURES, NO_TOPIC, PARTS, Asked, asked
from ascolto.desk.insight.seeing import insight_only
from ascolto.desk.insight.tables import Known, as_csv, headline_table, tables_of
from ascolto.insight import queries
from ascolto.insight.catalogue import DEFINITIONS
from ascolto.insight.models import PublicCall
from ascolto.insight.queries.backlog import backlog
from ascolto.insight.queries.behind import figures
from ascolto.insight.queries.public import behind_calls
from ascolto.staff.models import Team

PERIODS = ("7", "30", "90", "mese")
SHOWN = 200  # public voices behind a reason


@insight_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """How long people wait, and where care fails."""
    now = timezone.now()
    told = _asked(request, now=now)
    how = queries.how_far()
    context: dict[str, Any] = {"section": "insight", "asked": told, "how": how}
    context |= _choices(told)
    if how.read_at is not None:
        known = _known(told, now=now)
        context |= _drawn(known) | {"empty": not known.report.cases and not known.phone}
    return render(request, "desk/insight/show.html", context)


@insight_only
@require_safe
def cases(request: HttpRequest, figure: str) -> HttpResponse:
    """The cases behind a figure."""
    now = timezone.now()
    told, name = _asked(request, now=now), figure.replace(".", ":")
    if name not in figures():
        raise Http404(figure)
    page = queries.behind(
        name,
        told.period,
        told.filters,
        today=told.today,
        in_hours=told.in_hours,
        start=min(number_in(request.GET.get("da", "")), 100_000),
    )
    context = {
        "section": "insight",
        "asked": told,
        "title": _title(name),
        "rows": [(one, words.time(_value(name, one, told))) for one in page.facts],
        "timed": name in {"first_answer", "resolution"},
        "more": told.address(da=str(page.next)) if page.next else "",
    }
    return render(request, "desk/insight/cases.html", context)


@insight_only
@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """The public voices behind a reason, each with the case that had failed its author."""
    told = _asked(request, now=timezone.now())
    reason = request.GET.get("perche", "")
    if reason not in PublicCall.Reason.values:
        reason = ""
    calls = behind_calls(reason, told.period, told.filters)
    context = {
        "section": "insight",
        "asked": told,
        "title": words.REASON_WORDS.get(reason, ""),  # type: ignore[call-overload] # "" is none
        "calls": [
            (one, words.REASON_WORDS.get(one.reason, ""))  # type: ignore[call-overload] # NONE has no words
            for one in calls[:SHOWN]
        ],
        "total": len(calls),
    }
    return render(request, "desk/insight/public.html", context)


@insight_only
@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """Every figure with its formula."""
    context = {"section": "insight", "definitions": list(DEFINITIONS.values())}
    return render(request, "desk/insight/definitions.html", context)


@insight_only
@require_safe
def file(request: HttpRequest, table: str) -> HttpResponse:
    """One table as CSV; `cifre` are all headline figures as plain numbers."""
    now = timezone.now()
    known = _known(_asked(request, now=now), now=now)
    found = headline_table(known) if table == "cifre" else tables_of(known).get(table)
    if found is None:
        raise Http404(table)
    period = known.asked.period
    return download(as_csv(found), f"{found.name}-{period.first}-{period.last}.csv", "text/csv")


def _asked(request: HttpRequest, *, now: datetime) -> Asked:
    return asked(request.GET, now=now, zone=ZoneInfo(company_of(request).zone))


def _known(told: Asked, *, now: datetime) -> Known:
    since, until = told.period.moments(told.zone)
    return Known(
        report=queries.report(told.period, told.filters, in_hours=told.in_hours, today=told.today),
        asked=told,
        teams={team.pk: team for team in Team.objects.all()},
        backlog=backlog(told.filters, now=now),
        public=queries.public_calls(told.period, told.filters),
        phone=queries.phone(since, until),
        load=queries.load(now=now),
    )


def _drawn(known: Known) -> dict[str, Any]:
    report, told = known.report, known.asked
    kinds, why = cards.clocks(report, told)
    return {
        "report": report,
        "headlines": cards.headlines(report, told),
        "waits": cards.waiting_card(report, told, known.teams),
        "late": cards.cases_behind(told, "late_first_answer"),
        "still": cards.cases_behind(told, "unanswered"),
        "measured": DEFINITIONS[told.measure],
        "failures": cards.failures(report, told),
        "handed": [
            (times, report.shares[key].now.count, cards.cases_behind(told, key))
            for times, key in ((2, "handed_over_twice"), (3, "handed_over_thrice"))
        ],
        "growing": cards.growing(report),
        "promises": cards.promises_by_team(report, known.teams, told),
        "clock_kinds": kinds,
        "clock_why": why,
        "backlog": cards.backlog_bars(known.backlog),
        "backlog_total": sum(band.cases for band in known.backlog),
        "public": known.public,
        "public_bars": cards.public_bars(known.public, told),
        "load": cards.load_bars(known.load),
        "strained": [one for one in known.load if one.much_hostility],
        "phone": known.phone,
        "tables": tables_of(known),
        "definitions": DEFINITIONS,
    }


def _choices(told: Asked) -> dict[str, Any]:
    """What the page can be asked for. One query."""
    known = queries.choices()
    return {
        "periods": [(name, told.address(periodo=name, dal="", al="")) for name in PERIODS],
        "measures": [
            (key, DEFINITIONS[name].title, told.address(misura=key), name == told.measure)
            for key, name in MEASURES.items()
        ],
        "parts": [(key, told.address(per=key), name == told.part) for key, name in PARTS.items()],
        "teams": known.teams,
        "channels": [(kind, Channel.Kind(kind).label) for kind in known.channels],
        "topics": [(topic or NO_TOPIC, words.TOPIC_WORDS[topic]) for topic in known.topics],
        "chosen_topic": (told.filters.topic or NO_TOPIC) if told.filters.topic is not None else "",
        "priorities": Case.Priority.choices,
        "no_filter": told.address(canale="", squadra="", argomento="", priorita=""),
        "hours": told.address(ore="" if not told.in_hours else "tutte"),
        "same": told.address(),
    }


def _title(name: str) -> str:
    kind, _, one = name.partition(":")
    if kind == "clock":
        return words.clock_name(one)
    if kind == "why":
        return words.begun(words.WHY_WORDS[one])
    return str(DEFINITIONS[name].title) if name in DEFINITIONS else words.figure_name(name)


def _value(name: str, one: Any, told: Asked) -> float | None:
    columns = {
        "first_answer": ("first_seconds", "open_first_seconds"),
        "resolution": ("solved_seconds", "open_solved_seconds"),
    }
    column = columns.get(name, ("first_seconds", "open_first_seconds"))[told.in_hours]
    found: int | None = getattr(one, column)
    return found
