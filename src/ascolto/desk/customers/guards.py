"""Which customer he may look at, and whether he may change anything about him."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from ascolto.cases.queries.customer_page import known_records
from ascolto.desk.guards import colleague_of
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague


def records_or_404(request: HttpRequest, customer_id: int) -> list[Customer]:
    """The records read as this customer that he may know of, the main one first."""
    records = known_records(customer_id, colleague_of(request))
    if not records:
        raise Http404(customer_id)
    return records


def editor_of(request: HttpRequest) -> Colleague:
    """Who may change customers: everybody but light helpers."""
    colleague = colleague_of(request)
    if colleague.role == Colleague.Role.HELPER:
        raise PermissionDenied
    return colleague
