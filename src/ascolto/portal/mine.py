"""All the matters of one who signed in: the list, a new one, and "this isn't me" for all."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ascolto.portal import forms, queries, services, words
from ascolto.portal.door import drop_visit, visitor
from ascolto.portal.models import Visit
from ascolto.staff.queries import company


@dataclass(frozen=True, slots=True)
class Line:
    """A matter in the list: where it stands, and who follows it, in words."""

    brief: queries.Brief
    words: str
    who: str


@require_safe
@visitor
def matters(request: HttpRequest, visit: Visit) -> HttpResponse:
    now = timezone.now()
    lines = [
        Line(one, words.brief(one, now=now), words.who(one))
        for one in queries.matters_of(visit.identity, now=now)
    ]
    return _drawn(
        request,
        "portal/mine.html",
        visit,
        open_lines=[line for line in lines if line.brief.resolved_at is None],
        over_lines=[line for line in lines if line.brief.resolved_at is not None],
        sent="inviato" in request.GET,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@visitor
def new_matter(request: HttpRequest, visit: Visit) -> HttpResponse:
    if request.method != "POST":
        return _new(request, visit)
    if forms.too_heavy(request):
        return _new(request, visit, status=413, error=forms.heavy_words())
    filled = forms.read_form(request)
    kept = {"typed": filled.words.text, "subject": filled.words.subject}
    if filled.error:
        return _new(request, visit, status=422, error=filled.error, **kept)
    try:
        case = services.open_matter(visit.identity, filled.words, now=timezone.now())
    except services.TooMany:
        return _new(request, visit, status=429, error=forms.too_many(), **kept)
    place = reverse("portal:my_page", args=[case.pk]) if case else reverse("portal:mine")
    response = redirect(f"{place}?inviato#scritto")
    response.status_code = 303
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@visitor
def not_me(request: HttpRequest, visit: Visit) -> HttpResponse:
    """A GET explains; only the button ends everything."""
    if request.method != "POST":
        return _drawn(request, "portal/not_me_at_all.html", visit)
    services.not_me_at_all(visit.identity, now=timezone.now())
    response = render(request, "portal/not_me_at_all.html", {"company": company(), "done": True})
    drop_visit(response)
    return response


def _new(request: HttpRequest, visit: Visit, *, status: int = 200, **more: Any) -> HttpResponse:
    once = forms.new_mark()
    return _drawn(request, "portal/new_matter.html", visit, status=status, once=once, **more)


def _drawn(
    request: HttpRequest, template: str, visit: Visit, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"company": company(), "visit": visit, "now": timezone.now(), **more}
    return render(request, template, context, status=status)
