"""Putting a case away until a moment that is said beforehand, and taking it back."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases.models import Case
from ascolto.cases.policy import Return, morning, returns
from ascolto.cases.services import snoozing
from ascolto.desk import words
from ascolto.desk.case import done
from ascolto.desk.guards import case_or_404, colleague_of, signed_in
from ascolto.desk.organising.sheets import sheet
from ascolto.staff.hours import work_calendar

FARTHEST = 3 * 366  # days: farther away nobody means it
LATEST = 7  # days after which a case comes back where he never answers
UNTIL_REPLY = "risposta:"  # before the moment, on the button that says so


@signed_in
@require_safe
def choose(request: HttpRequest, case_id: int) -> HttpResponse:
    """The sheet with the moments to choose from."""
    return _sheet(request, case_or_404(request, case_id), now=timezone.now())


@signed_in
@require_POST
def snooze(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    now = timezone.now()
    until, asked = _moment(request), request.POST.get("quando", "")
    if until is None or (until - now).days > FARTHEST:
        return _sheet(request, case, now=now, problem=_("Scegli il giorno e l’ora del ritorno."))
    try:
        snoozing.snooze(
            case,
            until=until,
            by=colleague_of(request),
            now=now,
            sleeps_through="anche" in request.POST and not asked.startswith(UNTIL_REPLY),
        )
    except snoozing.NotInFuture:
        said = _("Scegli un momento che deve ancora venire.")
        return _sheet(request, case, now=now, problem=said)
    except snoozing.NotOpen:
        return _sheet(request, case, now=now, problem=_("È risolto: non c’è niente da rimandare."))
    said = (
        _("Rimandato finché risponde: torna al più tardi %s.")
        if asked.startswith(UNTIL_REPLY)
        else ""
    )
    undo = {
        "words": (said or _("Rimandato: torna %s.")) % words.on(until, now=now),
        "address": reverse("desk:wake", args=[case.pk]),
        "label": _("Annulla"),
    }
    return done(request, case, undo=undo)


@signed_in
@require_POST
def wake(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    snoozing.wake(case, by=colleague_of(request), now=timezone.now())
    return done(request, case)


def _sheet(request: HttpRequest, case: Case, *, now: datetime, problem: str = "") -> HttpResponse:
    hours = work_calendar(case.team.calendar)
    offered = returns(
        now=now,
        hours=hours,
        clocks=[moment for moment in (case.warn_at, case.due_at) if moment],
    )
    latest = morning(now=now, hours=hours, days=LATEST)
    until_reply = f"{UNTIL_REPLY}{latest.isoformat()}"
    return sheet(
        request,
        case,
        "snooze",
        status=422 if problem else 200,
        choices=[
            *((_letter(one), _words(one), one.at, one.at.isoformat()) for one in offered),
            ("r", _("Finché risponde, al più tardi"), latest, until_reply),
        ],
        problem=problem,
        picked=request.POST.get("data", ""),
        through="anche" in request.POST,
    )


def _letter(one: Return) -> str:
    return {"clock": "p", "tomorrow": "d", "monday": "s"}[one.why]


def _words(one: Return) -> str:
    return {
        "clock": _("Con il prossimo orologio"),
        "tomorrow": _("Domattina"),
        "monday": _("Lunedì"),
    }[one.why]


def _moment(request: HttpRequest) -> datetime | None:
    """The moment that stood on the button; or the one picked, on the clocks of the company."""
    asked = request.POST.get("quando", "data")
    asked = asked.removeprefix(UNTIL_REPLY)
    written = request.POST.get("data", "") if asked == "data" else asked
    try:
        moment = datetime.fromisoformat(written)
        return moment if moment.tzinfo else timezone.make_aware(moment)
    except (ValueError, OverflowError):
        return None
