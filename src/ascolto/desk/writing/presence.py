"""A screen says that somebody is at a case, and hears who else is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ascolto.cases import services
from ascolto.cases.models import Presence
from ascolto.cases.queries.case_page import drafts_beside
from ascolto.cases.queries.presence import others_here
from ascolto.desk.guards import case_or_404, colleague_of, signed_in

LEAVES = "LEAVES"


@signed_in
@require_POST
def beat(request: HttpRequest, case_id: int) -> HttpResponse:
    """Every twenty seconds, and when he begins to write. The answer draws who else is there."""
    case = case_or_404(request, case_id)
    me = colleague_of(request)
    mode = request.POST.get("mode", Presence.Mode.READS)
    now = timezone.now()
    if mode == LEAVES:
        services.leave(case, colleague=me)
        return HttpResponse(status=204)
    if mode not in Presence.Mode.values:
        raise Http404
    services.be_present(case, colleague=me, mode=mode, now=now)
    here, beside = others_here(case, me, now=now), drafts_beside(case, me)
    context = {"case": case, "here": here, "beside": beside, "now": now}
    return render(request, "desk/writing/_beside.html", context)
