"""Promising: from a sheet of its own, or with the answer in which it is written."""

from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases import services
from ascolto.cases.models import Case
from ascolto.cases.policy import just_before
from ascolto.cases.services.promising import promise_and_snooze
from ascolto.cases.services.snoozing import NotOpen
from ascolto.desk import words
from ascolto.desk.case import done
from ascolto.desk.guards import case_or_404, colleague_of, number_in, signed_in
from ascolto.desk.organising.sheets import sheet
from ascolto.kit.businesstime import NeverOpen
from ascolto.promises.policy import promise_in
from ascolto.promises.services import Unclear
from ascolto.staff.hours import work_calendar
from ascolto.staff.models import Colleague
from ascolto.staff.queries import colleagues

READ = 4000  # characters of a draft in which a promise is looked for: its end
FARTHEST = timedelta(days=400)
ONE_HOUR, ONE_DAY = timedelta(hours=1), timedelta(days=1)
EVENING = time(18)


@signed_in
@require_safe
def choose(request: HttpRequest, case_id: int) -> HttpResponse:
    """The sheet: what, and by when."""
    return _sheet(request, case_or_404(request, case_id), now=timezone.now())


@signed_in
@require_POST
def make(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    now = timezone.now()
    due = moment_in(_asked(request), now=now)
    said = request.POST.get("promessa", "")
    if due is None:
        return _sheet(
            request, case, now=now, problem=_("Scegli un momento che deve ancora venire.")
        )
    me = colleague_of(request)
    told = colleagues().filter(pk=number_in(request.POST.get("avvisa", ""))).first()
    deed = promise_and_snooze if "rimanda" in request.POST else services.promise
    try:
        deed(case, words=said, due_at=due, by=me, now=now, told=told)
    except Unclear:
        return _sheet(request, case, now=now, problem=_("Scrivi che cosa prometti."))
    except NotOpen:
        problem = _("È risolto: si può promettere, ma non rimandare.")
        return _sheet(request, case, now=now, problem=problem)
    if "rimanda" not in request.POST:
        return done(request, case)
    undo = {
        "words": _("Promesso e rimandato: torna %s.")
        % words.on(just_before(due, now=now), now=now),
        "address": reverse("desk:wake", args=[case.pk]),
        "label": _("Riprendi subito"),
    }
    return done(request, case, undo=undo)


@signed_in
@require_POST
def recognise(request: HttpRequest, case_id: int) -> JsonResponse:
    """The promise in what is being written: `words`, `due_at`, `label`; or nothing."""
    case = case_or_404(request, case_id)
    now = timezone.now()
    text = request.POST.get("text", "")[-READ:]
    noticed = promise_in(text, now=now, hours=work_calendar(case.team.calendar))
    if noticed is None:
        return JsonResponse({})
    when = words.by(noticed.due_at, now=now)
    deed = _deeds().get(noticed.deed, "")
    label = _("Promessa: %(deed)s %(when)s") if deed else _("Promessa: %(when)s")
    said = {"deed": deed, "when": when}
    due = noticed.due_at.astimezone(timezone.get_current_timezone()).isoformat()
    return JsonResponse({"words": noticed.words, "due_at": due, "label": label % said})


def made_with(request: HttpRequest, case: Case, author: Colleague, now: datetime) -> None:
    """Start the clock of the promise that the sent answer makes, if its box was left ticked.

    What is no promise any more (its hour has come while one was writing) is left out: the answer
    has been sent, and stands.
    """
    said = request.POST.get("promessa", "").strip()
    due = moment_in(request.POST.get("promessa_entro", ""), now=now)
    if said and due is not None:
        services.promise(case, words=said, due_at=due, by=author, now=now)


def moment_in(written: str, *, now: datetime) -> datetime | None:
    """A moment to come, as a button or a date field writes it; None for anything else."""
    try:
        moment = datetime.fromisoformat(written.strip())
        aware = moment if moment.tzinfo else timezone.make_aware(moment)
        return aware if now < aware <= now + FARTHEST else None
    except (ValueError, OverflowError):
        return None


def _asked(request: HttpRequest) -> str:
    chosen = request.POST.get("entro", "data")
    return request.POST.get("data", "") if chosen == "data" else chosen


def _sheet(request: HttpRequest, case: Case, *, now: datetime, problem: str = "") -> HttpResponse:
    return sheet(
        request,
        case,
        "promises/_promise",
        status=422 if problem else 200,
        choices=[(said, at, at.isoformat()) for said, at in _choices(case, now=now)],
        problem=problem,
        said=request.POST.get("promessa", _("notizie, anche se non ce ne sono")),
        picked=request.POST.get("data", ""),
        snoozes="rimanda" in request.POST,
        tells=number_in(request.POST.get("avvisa", "")),
        colleagues=colleagues(),
    )


def _choices(case: Case, *, now: datetime) -> list[tuple[str, datetime]]:
    """The moments people promise most: in an hour, this evening, and the next working day."""
    local = timezone.localtime(now)
    soon = (local + ONE_HOUR).replace(second=0, microsecond=0)
    soon += timedelta(minutes=-soon.minute % 5)
    found = [(_("Tra un’ora"), soon)]
    evening = timezone.make_aware(datetime.combine(local.date(), EVENING))
    if evening - now > 2 * ONE_HOUR:
        found.append((_("Oggi, a fine giornata"), evening))
    midnight = timezone.make_aware(datetime.combine(local.date() + ONE_DAY, time()))
    try:
        opens = work_calendar(case.team.calendar).next_opening(midnight)
    except NeverOpen:
        opens = midnight
    day = timezone.localtime(opens).date()
    for name, hour in (
        (_("Il prossimo giorno, a metà"), 12),
        (_("Il prossimo giorno, alla fine"), 18),
    ):
        found.append((name, timezone.make_aware(datetime.combine(day, time(hour)))))
    return found


def _deeds() -> dict[str, str]:
    return {
        "write": _("riscrivere"),
        "call": _("richiamare"),
        "contact": _("farsi sentire"),
        "answer": _("rispondere"),
        "send": _("mandare"),
        "update": _("dare notizie"),
    }
