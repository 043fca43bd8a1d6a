"""A question in front of a case: drawn over the page by script, and a page of its own without."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from ascolto.cases.models import Case
from ascolto.desk.guards import is_part

REFUSED = 422


def sheet(
    request: HttpRequest, case: Case, name: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The sheet `name` of this case. One that comes back with a problem stays where it was."""
    part = f"desk/organising/_{name}.html"
    known = {
        "now": timezone.now(),
        "case": case,
        "queue": request.GET.get("coda", "miei"),
        "section": "inbox",
        "part": part,
        **context,
    }
    if not is_part(request):
        return render(request, "desk/organising/alone.html", known, status=status)
    response = render(request, part, known, status=status)
    if status == REFUSED:
        response["HX-Retarget"] = "#foglio"
    return response
