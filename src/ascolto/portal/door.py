"""Who may come in: whoever holds a living link, to one matter, in his own language."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from ascolto.cases.models import MatterLink
from ascolto.cases.services import link_for
from ascolto.staff.queries import company

LANGUAGES = ("it", "en")
COOKIE = "ascolto-pagina"
P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, MatterLink, str, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, str, P], HttpResponse]


def matter_page(view: Page[P]) -> View[P]:
    """Call `view` with the link behind the token; an unknown and a revoked one look the same.

    Exempt from the CSRF cookie: to forge a request to one of these pages one must know its
    address, and the address is the key itself. A page without a referrer also sends no origin
    that a check could use, and the page works where cookies are refused.
    """

    @csrf_exempt
    @wraps(view)
    def with_link(
        request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        link = link_for(token, now=timezone.now())
        with translation.override(language_of(request, link)):
            response = view(request, link, token, *args, **kwargs) if link else gone(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "it")
        _keep_language(request, response)
        return discreet(response)

    return with_link  # type: ignore[return-value] # Django passes the token by its name


def gone(request: HttpRequest) -> HttpResponse:
    """The same answer for a link that never was, one that ended and one that was revoked."""
    return render(request, "portal/gone.html", {"company": company()}, status=404)


def language_of(request: HttpRequest, link: MatterLink | None) -> str:
    """His choice on this page, or before; else the language we know of him."""
    known = link.case.customer.language if link else _asked_by_browser(request)
    for wanted in (request.GET.get("lingua"), request.COOKIES.get(COOKIE), known):
        if wanted in LANGUAGES:
            return str(wanted)
    return settings.LANGUAGE_CODE


def discreet(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _asked_by_browser(request: HttpRequest) -> str:
    return translation.get_language_from_request(request).partition("-")[0]


def _keep_language(request: HttpRequest, response: HttpResponse) -> None:
    chosen = request.GET.get("lingua", "")
    if chosen in LANGUAGES:
        response.set_cookie(
            COOKIE,
            chosen,
            max_age=60 * 60 * 24 * 365,
            path="/p/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
