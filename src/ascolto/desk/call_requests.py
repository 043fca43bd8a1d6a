"""Customers who asked to be called, and what they said of our answers, as a case shows them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascolto.cases.access import visible_cases
from ascolto.cases.models import CallRequest
from ascolto.cases.services.calling_back import NoOutcome, call_dropped, call_made
from ascolto.desk.case import done
from ascolto.desk.guards import colleague_of, signed_in


@signed_in
@require_POST
def made(request: HttpRequest, request_id: int) -> HttpResponse:
    """Somebody spoke with him. The clock of the answer stops, as with a written one."""
    asked = _asked(request, request_id)
    outcome = request.POST.get("esito", "")
    call_made(asked.pk, by=colleague_of(request), outcome=outcome, now=timezone.now())
    return done(request, asked.case)


@signed_in
@require_POST
def dropped(request: HttpRequest, request_id: int) -> HttpResponse:
    """Nobody will call, and why. He still waits for an answer."""
    asked = _asked(request, request_id)
    reason = request.POST.get("esito", "")
    try:
        call_dropped(asked.pk, by=colleague_of(request), reason=reason, now=timezone.now())
    except NoOutcome:
        said = _("Scrivi perché non lo chiami: la sua richiesta resta aperta finché non si sa.")
        return done(request, asked.case, status=422, call_error=said)
    return done(request, asked.case)


def _asked(request: HttpRequest, request_id: int) -> CallRequest:
    """A wish in a case he may see; every other one does not exist for him."""
    cases = visible_cases(colleague_of(request))
    found = (
        CallRequest.objects.select_related("case__customer", "case__team")
        .filter(pk=request_id, case__in=cases)
        .first()
    )
    if found is None:
        raise Http404
    return found
