"""Saved views: kept, named anew, shared, forgotten."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascolto.cases.models import SavedView
from ascolto.cases.queries.filters import read
from ascolto.cases.queries.views import QUEUES, filters_in, queue_in
from ascolto.cases.services import viewing
from ascolto.desk.guards import colleague_of, number_in, signed_in
from ascolto.staff.models import Team


@signed_in
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the list that is on the screen under a name."""
    queue = request.POST.get("coda", "")
    queue = queue if queue in QUEUES else "tutti"
    filters = read(dict(request.POST.lists())).written()
    shared, team = _readers(request)
    try:
        view = viewing.save_view(
            request.POST.get("nome", ""),
            filters={**filters, "coda": [queue]},
            by=colleague_of(request),
            now=timezone.now(),
            is_shared=shared,
            team=team,
        )
    except viewing.NoName:
        messages.error(request, _("Dai un nome alla vista."))
        return redirect(_address(queue, filters))
    except viewing.TooManyViews:
        messages.error(request, _("Hai già 30 viste: elimina prima una che non usi."))
        return redirect(_address(queue, filters))
    messages.success(request, _("La vista «%s» è salvata.") % view.name)
    return redirect(_place(view))


@signed_in
@require_POST
def change(request: HttpRequest, view_id: int) -> HttpResponse:
    """Another name or other readers, or (`elimina`) the end of it. Only his own."""
    me, now = colleague_of(request), timezone.now()
    view = get_object_or_404(SavedView, pk=view_id, owner=me)
    if "elimina" in request.POST:
        viewing.delete_view(view, by=me, now=now)
        messages.success(request, _("La vista «%s» è eliminata.") % view.name)
        return redirect("desk:inbox")
    shared, team = _readers(request)
    try:
        viewing.rename_view(
            view, name=request.POST.get("nome", ""), is_shared=shared, team=team, by=me, now=now
        )
    except viewing.NoName:
        messages.error(request, _("Dai un nome alla vista."))
    return redirect(_place(view))


def _readers(request: HttpRequest) -> tuple[bool, Team | None]:
    """ "" is only himself, "tutti" everybody, "3" team 3."""
    who = request.POST.get("per", "")
    team = Team.objects.filter(pk=number_in(who)).first()
    return who == "tutti" or team is not None, team


def _place(view: SavedView) -> str:
    return _address(queue_in(view), {**filters_in(view).written(), "vista": [str(view.pk)]})


def _address(queue: str, asked: dict[str, list[str]]) -> str:
    return f"{reverse('desk:queue', args=[queue])}?{urlencode(asked, doseq=True)}"
