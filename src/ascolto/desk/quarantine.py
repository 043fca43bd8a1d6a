"""What could not be read, and what machines wrote: nothing that arrived is out of sight."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases.access import visible_team_ids
from ascolto.channels.models import Arrival, Channel
from ascolto.channels.services import set_aside as let_be
from ascolto.channels.services import try_again as read_again
from ascolto.desk import quarantine_queries as queries
from ascolto.desk.guards import colleague_of, is_part, number_in, signed_in
from ascolto.kit import blobs
from ascolto.staff.models import Colleague


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Agents may look; what is done about it, and the raw bytes, are for those who lead."""
    colleague = _agent_or_more(request)
    before = number_in(request.GET.get("prima", ""))
    teams = visible_team_ids(colleague)
    context = {
        "section": "quarantine",
        "quarantined": queries.quarantined(teams),
        "machine": queries.machine_mail(teams, before=before or None),
        "may_act": colleague.leads,
        "whole": not before,
    }
    part = is_part(request) and before
    return render(request, f"desk/quarantine/{'_machine' if part else 'show'}.html", context)


@signed_in
@require_safe
def raw(request: HttpRequest, arrival_id: int) -> HttpResponse:
    """The bytes as they came, to be saved and never shown."""
    _lead(request)
    arrival = Arrival.objects.select_related("channel").filter(pk=arrival_id).first()
    if arrival is None or arrival.quarantined_at is None:
        raise Http404
    ending = "eml" if arrival.channel.kind == Channel.Kind.EMAIL else "bin"
    response = HttpResponse(blobs.load(arrival.raw_id), content_type="application/octet-stream")
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"arrivo-{arrival.pk}.{ending}")
        or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@signed_in
@require_POST
def try_again(request: HttpRequest, arrival_id: int) -> HttpResponse:
    read_again(_arrival(arrival_id), by=_lead(request), now=timezone.now())
    messages.success(request, _("Lo rileggiamo adesso: se va bene, lo trovi nella Casella."))
    return redirect("desk:quarantine")


@signed_in
@require_POST
def set_aside(request: HttpRequest, arrival_id: int) -> HttpResponse:
    let_be(_arrival(arrival_id), by=_lead(request), now=timezone.now())
    messages.success(request, _("Messo da parte. I byte restano nell’archivio."))
    return redirect("desk:quarantine")


def _arrival(arrival_id: int) -> Arrival:
    arrival = Arrival.objects.filter(pk=arrival_id).first()
    if arrival is None:
        raise Http404
    return arrival


def _agent_or_more(request: HttpRequest) -> Colleague:
    colleague = colleague_of(request)
    if colleague.role == Colleague.Role.HELPER:
        raise PermissionDenied
    return colleague


def _lead(request: HttpRequest) -> Colleague:
    colleague = colleague_of(request)
    if not colleague.leads:
        raise PermissionDenied
    return colleague
