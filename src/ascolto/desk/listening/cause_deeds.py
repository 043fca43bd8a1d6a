"""What many ask for together: how it is called, whose it is, what it is the same as."""

from http import HTTPStatus

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.desk.guards import colleague_of, number_in
from ascolto.desk.listening.board_deeds import cause_or_404, sheet, to_causes
from ascolto.desk.listening.seeing import hidden_teams, listeners_only
from ascolto.listening import queries, services
from ascolto.listening.models import Cause
from ascolto.staff.models import Team

FEW = 8


@listeners_only
@require_safe
def show(request: HttpRequest, cause_id: int) -> HttpResponse:
    """What they write, how it is called, and what it is the same as."""
    return _named(request, cause_or_404(request, cause_id))


@require_POST
@listeners_only
def rename(request: HttpRequest, cause_id: int) -> HttpResponse:
    """How it is called, and who looks after it."""
    cause, name = cause_or_404(request, cause_id), request.POST.get("nome", "").strip()
    if not name:
        return _named(request, cause, problem=_("Scrivi come si chiama."))
    wanted = request.POST.get("squadra", "")
    team = teams_of(request).filter(pk=number_in(wanted)).first() if wanted else cause.team
    if team is None:
        raise Http404(wanted)
    by, now = colleague_of(request), timezone.now()
    services.rename_cause(cause, name=name, by=by, now=now)
    services.give_cause(cause, team=team, by=by, now=now)
    said = {"name": cause.name, "team": team.name}
    messages.success(request, _("«%(name)s» è di %(team)s.") % said)
    return to_causes(cause.board_id)


@require_POST
@listeners_only
def join(request: HttpRequest, cause_id: int) -> HttpResponse:
    """It is the same thing as another one: that one holds both from now on."""
    cause = cause_or_404(request, cause_id)
    into = cause_or_404(request, number_in(request.POST.get("con", "")))
    if into.pk == cause.pk:
        raise Http404
    try:
        services.join_causes(cause, into=into, by=colleague_of(request), now=timezone.now())
    except services.NotOfThisBoard:
        raise Http404 from None
    messages.success(request, _("Unite in «%(name)s».") % {"name": into.name})
    return to_causes(cause.board_id)


@require_POST
@listeners_only
def split(request: HttpRequest, cause_id: int) -> HttpResponse:
    """Some of its comments are another matter."""
    cause = cause_or_404(request, cause_id)
    chosen = {number_in(one) for one in request.POST.getlist("scelti")}
    try:
        made = services.split_cause(cause, chosen, by=colleague_of(request), now=timezone.now())
    except services.NotOfThisBoard:
        return _named(request, cause, problem=_("Scegli qui sotto quali commenti."))
    messages.success(request, _("Sono una causa a sé: «%(name)s».") % {"name": made.name})
    return to_causes(cause.board_id)


def teams_of(request: HttpRequest) -> QuerySet[Team]:
    """Those that a cause may be given to: what is theirs must not vanish from his sight."""
    return Team.objects.exclude(pk__in=hidden_teams(colleague_of(request))).order_by("name")


def _named(request: HttpRequest, cause: Cause, *, problem: str = "") -> HttpResponse:
    hidden = hidden_teams(colleague_of(request))
    others = Cause.objects.filter(board=cause.board_id, lane=cause.lane, joined_at=None)
    page = queries.lane(
        cause.board_id, cause.lane, cause_id=cause.pk, hidden_teams=hidden, limit=FEW
    )
    context = {
        "cause": cause,
        "said": page.rows,
        "teams": teams_of(request),
        "others": others.exclude(pk=cause.pk).exclude(team__in=hidden).order_by("name"),
        "problem": problem,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return sheet(request, cause.board, "cause", status=status, **context)
