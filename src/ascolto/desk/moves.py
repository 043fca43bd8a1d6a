"""Where a case goes: taken, handed over, closed, opened again; and who is asked to help."""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ascolto.cases import services
from ascolto.cases.access import visible_cases
from ascolto.cases.services.taking import HasEnough
from ascolto.cases.services.taking import take_next as take_the_next
from ascolto.desk.case import done
from ascolto.desk.guards import case_or_404, colleague_of, number_in, signed_in
from ascolto.desk.organising.labels import fields_sheet
from ascolto.desk.organising.sheets import gone
from ascolto.staff.models import Colleague, Team
from ascolto.staff.queries import colleagues


@signed_in
@require_POST
def take(request: HttpRequest, case_id: int) -> HttpResponse:
    """Take the case, or (`lascia`) leave it to whoever is free."""
    case = case_or_404(request, case_id)
    me = colleague_of(request)
    to = None if "lascia" in request.POST else me
    services.assign(case, to=to, by=me, now=timezone.now())
    return done(request, case)


@signed_in
@require_POST
def take_next(request: HttpRequest) -> HttpResponse:
    """Take what I should do next, and open it."""
    try:
        case = take_the_next(by=colleague_of(request), now=timezone.now())
    except HasEnough as refusal:
        sentence = ngettext(
            "Hai già %d caso aperto, quanti ne avete concordati. Chiudine uno, o passalo.",
            "Hai già %d casi aperti, quanti ne avete concordati. Chiudine uno, o passalo.",
            refusal.most,
        )
        messages.warning(request, sentence % refusal.most)
        return redirect("desk:queue", "miei")
    if case is None:
        messages.info(request, _("Nelle tue squadre non aspetta nessuno."))
        return redirect("desk:queue", "squadra")
    return redirect(f"{reverse('desk:case', args=[case.pk])}?coda=miei")


@signed_in
@require_POST
def transfer(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    me = colleague_of(request)
    to, reason = request.POST.get("a", ""), request.POST.get("reason", "")
    team, colleague = _destination(to)
    problem, wrong = ("", "") if team else (_("Scegli a chi passarlo."), "whom")
    if team:
        try:
            services.transfer(
                case, to_team=team, to_colleague=colleague, by=me, reason=reason, now=timezone.now()
            )
        except services.NoReason:
            problem, wrong = _("Scrivi perché: chi lo riceve comincia da lì."), "why"
        except services.NotATeamMate:
            problem, wrong = _("Quella persona non è in quella squadra."), "whom"
    if problem:
        kept = {
            "transfer_error": problem,
            "transfer_wrong": wrong,
            "transfer_to": to,
            "transfer_reason": reason,
        }
        return done(request, case, status=422, open_dialog="passa", **kept)
    if not visible_cases(me).filter(pk=case.pk).exists():
        return gone(request, _("%(case)s è passato a %(team)s.") % _names(case.number, team))
    return done(request, case)


@signed_in
@require_POST
def ask_help(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    helper = colleagues().filter(pk=number_in(request.POST.get("chi", ""))).first()
    if helper is None:
        said = _("Scegli a chi chiedere.")
        return done(request, case, status=422, open_dialog="aiuto", help_error=said)
    services.ask_help(case, colleague=helper, by=colleague_of(request), now=timezone.now())
    return done(request, case)


@signed_in
@require_POST
def resolve(request: HttpRequest, case_id: int) -> HttpResponse:
    """Close the matter. While the customer waits, it takes a reason."""
    case = case_or_404(request, case_id)
    reason = request.POST.get("reason", "")
    now = timezone.now()
    try:
        services.resolve(case, by=colleague_of(request), now=now, reason=reason)
    except services.MissingFields as problem:
        return fields_sheet(request, case, lacking=problem.args[0], reason=reason)
    except services.NoReason:
        asked = "reason" in request.POST
        said = _("Il cliente aspetta una risposta: scrivi perché lo chiudi lo stesso.")
        return done(
            request, case, status=422, open_dialog="risolvi", resolve_error=said if asked else ""
        )
    undo = {
        "words": _("%s è risolto.") % case.number,
        "address": f"{reverse('desk:undo_resolve', args=[case.pk])}?{urlencode({'ora': now})}",
        "label": _("Annulla"),
    }
    return done(request, case, undo=undo)


@signed_in
@require_POST
def undo_resolve(request: HttpRequest, case_id: int) -> HttpResponse:
    """It was not meant. `ora` is the moment of the resolution that is taken back."""
    case = case_or_404(request, case_id)
    try:
        at = datetime.fromisoformat(request.GET.get("ora", ""))
    except ValueError:
        return done(request, case)
    services.undo_resolve(case, at=at, by=colleague_of(request), now=timezone.now())
    return done(request, case)


@signed_in
@require_POST
def reopen(request: HttpRequest, case_id: int) -> HttpResponse:
    case = case_or_404(request, case_id)
    services.reopen(case, by=colleague_of(request), now=timezone.now())
    return done(request, case)


def _destination(written: str) -> tuple[Team | None, Colleague | None]:
    """ "3" is team 3, "3:5" is colleague 5 in it."""
    team_id, _colon, colleague_id = written.partition(":")
    team = Team.objects.filter(pk=number_in(team_id)).first()
    return team, colleagues().filter(pk=number_in(colleague_id)).first() if team else None


def _names(number: str, team: Team | None) -> dict[str, str]:
    return {"case": number, "team": team.name if team else ""}
