"""What the command palette finds by typing: cases and people. Commands are on the page itself."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ascolto.cases.models import Case
from ascolto.cases.queries.quick_find import quick_find
from ascolto.desk.covering import shown_to
from ascolto.desk.guards import colleague_of, signed_in
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague


@signed_in
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """`{"cases": [...], "people": [...]}`, each `{"title", "more", "address"}`."""
    me = colleague_of(request)
    found = quick_find(me, request.GET.get("q", ""))
    answer = JsonResponse(
        {
            "cases": [_case(one, me) for one in found.cases],
            "people": [_person(p) for p in found.people],
        }
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _case(case: Case, me: Colleague) -> dict[str, Any]:
    subject = shown_to(case.subject, me) or _("(senza oggetto)")
    state = _("risolto") if case.resolved_at else ""
    return {
        "title": f"{case.number} {subject}",
        "more": ", ".join(part for part in (case.customer.name, state) if part),
        "address": reverse("desk:case", args=[case.pk]),
    }


def _person(customer: Customer) -> dict[str, Any]:
    return {
        "title": customer.name,
        "more": customer.about,
        "address": reverse("desk:customer", args=[customer.pk]),
    }
