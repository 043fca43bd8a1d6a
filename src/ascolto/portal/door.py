"""Who may come in: whoever holds a living link, or has signed in; and in which language."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt

from ascolto.cases.models import Case, MatterLink
from ascolto.cases.services import link_for
from ascolto.people.models import Identity
from ascolto.portal.models import Visit
from ascolto.portal.queries import case_of, made_for, of_one_customer
from ascolto.portal.services import visit_for
from ascolto.staff.queries import company

LANGUAGES = ("it", "en")
COOKIE = "ascolto-pagina"
VISIT = "ascolto-visita"
P = ParamSpec("P")
Plain = Callable[Concatenate[HttpRequest, P], HttpResponse]


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody came to the page of one matter: by its link, or signed in.

    `link` of one who signed in is not stored: it names the matter and the reader. `base` is the
    address of the page; what can be done there lies below it.
    """

    link: MatterLink
    base: str
    joined: Case | None = None  # the case the link was made for, if it was joined to this one
    visit: Visit | None = None


Page = Callable[Concatenate[HttpRequest, Way, P], HttpResponse]


def by_link(view: Page[P]) -> Callable[..., HttpResponse]:
    """Call `view` with the matter behind the token; an unknown and a revoked one look the same.

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
        language = language_of(request, link.identity if link else None)
        if link is None:
            return spoken(request, language, gone)
        way = _way(link, reverse("portal:page", args=[token]))
        return spoken(request, language, lambda asked: view(asked, way, *args, **kwargs))

    return with_link


def by_visit(view: Page[P]) -> Callable[..., HttpResponse]:
    """The same page for one who signed in. A matter that is not his does not exist for him."""

    @visitor
    @wraps(view)
    def with_case(
        request: HttpRequest, visit: Visit, case_id: int, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        case = case_of(visit.identity, case_id)
        if case is None:
            return gone(request)
        link = MatterLink(case=case, identity=visit.identity)
        base = reverse("portal:my_page", args=[case_id])
        joined = _joined_as(case_id, case) if case.pk != case_id else None
        return view(request, Way(link, base, joined=joined, visit=visit), *args, **kwargs)

    return with_case


def visitor(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Only for one who has signed in; everybody else is led to the door."""

    @wraps(view)
    def with_visit(request: HttpRequest, /, **kwargs: object) -> HttpResponse:
        visit = visit_of(request)
        if visit is None:
            return discreet(redirect("portal:enter"))
        language = language_of(request, visit.identity)
        return spoken(request, language, lambda asked: view(asked, visit, **kwargs), origin=True)

    return with_visit


def visit_of(request: HttpRequest) -> Visit | None:
    key = request.COOKIES.get(VISIT, "")
    return visit_for(key, now=timezone.now()) if key else None


def keep_visit(response: HttpResponse, key: str, visit: Visit) -> None:
    """Hand the browser the key of this visit. It goes to the customers' pages alone."""
    response.set_cookie(
        VISIT,
        key,
        expires=visit.ends_at,
        path="/p/",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def drop_visit(response: HttpResponse) -> None:
    response.delete_cookie(VISIT, path="/p/", samesite="Lax")


def spoken(
    request: HttpRequest,
    language: str,
    view: Callable[[HttpRequest], HttpResponse],
    *,
    origin: bool = False,
) -> HttpResponse:
    """Answer in this language, and tell nobody. `origin`: the browser may say which site asks."""
    with translation.override(language):
        response = view(request)
        response.headers.setdefault("Content-Language", language)
    _keep_language(request, response)
    return discreet(response, origin=origin)


def gone(request: HttpRequest) -> HttpResponse:
    """The same answer for a link that never was, one that ended and one that was revoked."""
    return render(request, "portal/gone.html", {"company": company()}, status=404)


def language_of(request: HttpRequest, identity: Identity | None) -> str:
    """His choice on this page, or before; else the language we know of him."""
    known = identity.customer.language if identity else _asked_by_browser(request)
    for wanted in (request.GET.get("lingua"), request.COOKIES.get(COOKIE), known):
        if wanted in LANGUAGES:
            return str(wanted)
    return settings.LANGUAGE_CODE


def discreet(response: HttpResponse, *, origin: bool = False) -> HttpResponse:
    """Without any referrer a browser posts with "Origin: null", and the CSRF check needs one."""
    response["Referrer-Policy"] = "strict-origin" if origin else "no-referrer"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _joined_as(case_id: int, case: Case) -> Case | None:
    origin = Case.objects.filter(pk=case_id).first()
    return origin if origin is not None and of_one_customer(origin, case) else None


def _way(link: MatterLink, base: str) -> Way:
    origin = made_for(link)
    if origin is None:
        return Way(link, base)
    if of_one_customer(origin, link.case):
        return Way(link, base, joined=origin)
    link.case = origin
    return Way(link, base)


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
