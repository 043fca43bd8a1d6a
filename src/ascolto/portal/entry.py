"""The door to all of one's matters: ask for a link, open it, press the button; and out again."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ascolto.kit.work import later
from ascolto.people.policy import normal_form
from ascolto.portal import forms, services
from ascolto.portal.door import (
    discreet,
    drop_visit,
    gone,
    keep_visit,
    language_of,
    spoken,
    visit_of,
)
from ascolto.portal.policy import LINKS_FROM_A_PLACE, PLACE_WITHIN
from ascolto.staff.queries import company


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Where he types his address.

    The answer is the same, after the same work, whoever is known: a job of later looks him up.
    """
    answer = _asked if request.method == "POST" else _asking
    return spoken(request, language_of(request, None), answer, origin=True)


@require_http_methods(["GET", "HEAD", "POST"])
def open_door(request: HttpRequest, token: str) -> HttpResponse:
    """A GET shows one button; only the button uses the link up, because machines open links."""
    link = services.sign_in_link(token, now=timezone.now())
    language = language_of(request, link.identity if link else None)
    if link is None:
        return spoken(request, language, gone)
    if request.method == "POST":
        return spoken(request, language, lambda asked: _let_in(asked, token), origin=True)
    context = {"company": company(), "token": token, "origin": True}
    return spoken(
        request,
        language,
        lambda asked: render(asked, "portal/open_door.html", context),
        origin=True,
    )


@require_POST
def go_out(request: HttpRequest) -> HttpResponse:
    visit = visit_of(request)
    if visit is not None:
        services.leave(visit, now=timezone.now())
    response = redirect("portal:enter")
    drop_visit(response)
    return discreet(response, origin=True)


def _asking(request: HttpRequest) -> HttpResponse:
    return _drawn(request, sent="inviato" in request.GET)


def _asked(request: HttpRequest) -> HttpResponse:
    address = forms.line(request, "indirizzo", most=320)
    if normal_form("EMAIL", address) is None:
        wrong = _("Questo non è un indirizzo e-mail intero: lo controlli.")
        return _drawn(request, error=wrong, typed=address, status=422)
    if _too_many_from(get_adapter().get_client_ip(request)):
        wrong = _("Da qui l’hanno chiesto molte volte: riprovi fra un’ora.")
        return _drawn(request, error=wrong, typed=address, status=429)
    later("portal.invite_in", address=address, language=get_language() or "")
    response = redirect("portal:enter")
    response["Location"] += "?inviato"
    response.status_code = 303
    return response


def _let_in(request: HttpRequest, token: str) -> HttpResponse:
    try:
        key, visit = services.sign_in(token, now=timezone.now())
    except services.LinkIsOver:  # used a moment ago: the button was pressed twice
        return gone(request)
    response = redirect("portal:mine")
    response.status_code = 303
    keep_visit(response, key, visit)
    return response


def _too_many_from(place: str) -> bool:
    """Counted in the memory of each process: a brake on floods, beside the measure per address."""
    name = f"portal-enter:{place}"
    cache.add(name, 0, timeout=int(PLACE_WITHIN.total_seconds()))
    return cache.incr(name) > LINKS_FROM_A_PLACE


def _drawn(
    request: HttpRequest, *, sent: bool = False, error: str = "", typed: str = "", status: int = 200
) -> HttpResponse:
    context = {
        "company": company(),
        "sent": sent,
        "error": error,
        "typed": typed,
        "visit": visit_of(request),
        "origin": True,
    }
    return render(request, "portal/enter.html", context, status=status)
