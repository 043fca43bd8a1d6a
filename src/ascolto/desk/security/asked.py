"""Who needs a second factor is taken there: once while there is time, then always."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from ascolto.desk.guards import colleague_of, company_of, is_part, signed_in
from ascolto.desk.security.factors import due, has_factor, keys_work
from ascolto.staff.models import Colleague

ASKED = "ascolto.asked"  # in the session: he was told already that there is time
# What one needs to get a factor, or to leave; and what is not the desk.
FREE = (
    "/accesso/", "/impostazioni/accesso/", "/static/", "/api/", "/p/", "/modulo/", "/recupero/",
    "/healthz", "/readyz", "/metrics", "/sw.js", "/app.webmanifest", "/senza-rete/",
)  # fmt: skip
Next = Callable[[HttpRequest], HttpResponse]


class SecondStep:
    """Before any page of the desk: whoever is overdue gets no further than to the factors."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(FREE) or not isinstance(request.user, Colleague):
            return self.get_response(request)
        moment = due(request.user, company_of(request))
        if moment is None or has_factor(request.user):
            return self.get_response(request)
        return self._halt(request, moment) or self.get_response(request)

    @staticmethod
    def _halt(request: HttpRequest, moment: datetime) -> HttpResponse | None:
        page = reverse("desk:second_step")
        if moment <= timezone.now():
            if is_part(request):
                return HttpResponse(status=204, headers={"HX-Redirect": page})
            return redirect(page)
        looks = request.method == "GET" and not is_part(request)
        if not looks or request.session.get(ASKED):
            return None
        request.session[ASKED] = True
        return redirect(reverse("desk:second_step", query={"poi": request.get_full_path()}))


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """What is asked of him, until when, and the ways to get it done."""
    me = colleague_of(request)
    moment = due(me, company_of(request))
    if moment is None or has_factor(me):
        return redirect("desk:access")
    onward = request.GET.get("poi", "/")
    if not url_has_allowed_host_and_scheme(onward, allowed_hosts=None):
        onward = "/"
    context = {
        "due_at": moment,
        "is_due": moment <= timezone.now(),
        "onward": onward,
        "keys_work": keys_work(),
    }
    return render(request, "desk/security/asked.html", context)
