"""A question in front of a case: drawn over the page by script, and a page of its own without."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from ascolto.cases.models import Case
from ascolto.desk.guards import is_part

REFUSED = 422


def sheet(
    request: HttpRequest, case: Case, name: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The sheet `name` of this case ("promises/_promise" is one of another area). One that comes
    back with a problem stays where it was."""
    part = f"desk/{name}.html" if "/" in name else f"desk/organising/_{name}.html"
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


def gone(request: HttpRequest, sentence: str) -> HttpResponse:
    """The case is out of his sight now: back to the list, with a word about where it went."""
    messages.success(request, sentence)
    if is_part(request):
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("desk:inbox")})
    return redirect("desk:inbox")
