"""Being called by name in a note: whom one can call, and what waits for whoever was called."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases import services
from ascolto.cases.queries.mentions import mentions_of
from ascolto.desk.guards import case_or_404, colleague_of, signed_in
from ascolto.staff.queries import colleagues

SHOWN = 12


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
        for one in found[:SHOWN]
    ]
    return JsonResponse(rows, safe=False)


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Where he was called, the unseen first. Looking here changes nothing: opening a case does."""
    context = {"mentions": mentions_of(colleague_of(request)), "section": "mentions"}
    return render(request, "desk/writing/mentions.html", context)


@signed_in
@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    services.see_mentions(colleague_of(request), now=timezone.now())
    return redirect("desk:mentions")
