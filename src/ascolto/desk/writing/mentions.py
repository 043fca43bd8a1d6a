"""Whom one can call by name in a note, and what waits for whoever was called or follows."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases.queries.for_me import MOST, SHOWN, for_me
from ascolto.cases.queries.shell import badges
from ascolto.cases.queries.views import views_of
from ascolto.cases.services.following import see_all as seen
from ascolto.desk.guards import case_or_404, colleague_of, signed_in
from ascolto.staff.queries import colleagues

NAMES = 12  # in the list that opens at "@"


@signed_in
@require_safe
def callable_colleagues(request: HttpRequest, case_id: int) -> HttpResponse:
    """`?q=` letters of a name: [{"id", "title", "about"}], for the list that opens at "@"."""
    case_or_404(request, case_id)
    words = request.GET.get("q", "")[:80].split()
    found = colleagues().exclude(pk=colleague_of(request).pk)
    for word in words:
        found = found.filter(name__icontains=word)
    rows = [
        {"id": one.pk, "title": one.name, "about": str(one.get_role_display())}
        for one in found[:NAMES]
    ]
    return JsonResponse(rows, safe=False)


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What waits for him, the unseen first; `?fino=` how much of each kind. Looking here changes
    nothing: opening a case does."""
    asked = request.GET.get("fino", "")[:6]
    most = min(max(int(asked), SHOWN), MOST) if asked.isdecimal() else SHOWN
    waiting = for_me(colleague_of(request), most=most)
    further = min(2 * most, MOST) if waiting.more and most < MOST else None
    context = {
        "lines": waiting.lines,
        "more": waiting.more,
        "further": further,
        "most": most,
        "section": "mentions",
    }
    return render(request, "desk/writing/mentions.html", context)


@signed_in
@require_safe
def counts(request: HttpRequest) -> HttpResponse:
    """The numbers of the navigation, for a screen that heard of something. Three queries.

    With `?viste` those of the saved views alone: a page does not wait for them, and asks next.
    """
    me, now = colleague_of(request), timezone.now()
    if "viste" in request.GET:
        return render(request, "desk/organising/_counts.html", {"views": views_of(me, now=now)})
    told = badges(me, now=now)
    context = {"counts": told.counts, "views": told.views}
    return render(request, "desk/_counts.html", context)


@signed_in
@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    seen(colleague_of(request), now=timezone.now())
    return redirect("desk:mentions")
