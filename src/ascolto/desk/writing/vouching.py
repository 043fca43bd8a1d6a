"""Buttons by which a colleague says who somebody is."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Message
from ascolto.cases.services import vouching
from ascolto.desk.case import done
from ascolto.desk.customers.guards import editor_of
from ascolto.desk.guards import case_or_404, number_in, signed_in
from ascolto.people.models import Identity


@signed_in
@require_POST
def confirm(request: HttpRequest, message_id: int) -> HttpResponse:
    """ "It is really him": who wrote this from another address."""
    by = editor_of(request)
    message = (
        Message.objects.select_related("case__customer", "conversation__identity")
        .filter(pk=message_id, case__in=visible_cases(by))
        .first()
    )
    if message is None:
        raise Http404
    vouching.confirm_writer(message, by=by, now=timezone.now())
    return done(request, message.case)


@signed_in
@require_POST
def doubt(request: HttpRequest, case_id: int) -> HttpResponse:
    by, case = editor_of(request), case_or_404(request, case_id)
    thread = number_in(request.POST.get("thread", "")) or 0
    vouching.doubt_writer(case, thread, by=by, now=timezone.now())
    return done(request, case)


@signed_in
@require_POST
def welcome(request: HttpRequest, case_id: int) -> HttpResponse:
    """Give the link to this case again to whoever reads this address."""
    by, case = editor_of(request), case_or_404(request, case_id)
    address = request.POST.get("address", "")
    for identity in Identity.objects.filter(kind=Identity.Kind.EMAIL, value=address)[:5]:
        vouching.welcome_again(case, identity, by=by, now=timezone.now())
    return done(request, case)
