"""Who stands at the desk, and which case he may touch. Every view begins here."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from ascolto.cases.access import look_once, visible_cases
from ascolto.cases.models import Case
from ascolto.staff.models import Colleague, Company
from ascolto.staff.queries import company

_ID = re.compile(r"[0-9]{1,18}")  # a bigint has 19 digits
_COMPANY = "_ascolto_company"
P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in(view: View[P]) -> View[P]:
    """Only for colleagues. A part of a page that is asked for after the session ended sends the
    whole page to the sign-in, instead of drawing the sign-in inside a list."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, Colleague):
            answer: HttpResponse = redirect_to_login(_place(request))
            if is_part(request):
                answer = HttpResponse(status=204, headers={"HX-Redirect": answer["Location"]})
            return answer
        look_once(request.user)
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["HX-Request"])
        return response

    return guarded


def colleague_of(request: HttpRequest) -> Colleague:
    """The colleague who asks; the view is `signed_in`."""
    if not isinstance(request.user, Colleague):
        raise Http404
    return request.user


def remember_company(request: HttpRequest, company: Company) -> Company:
    """Read once a request, for whoever needs it on the way."""
    setattr(request, _COMPANY, company)
    return company


def company_of(request: HttpRequest) -> Company:
    known: Company | None = getattr(request, _COMPANY, None)
    return known or company()


def case_or_404(request: HttpRequest, case_id: int) -> Case:
    """The case, if he may see it. What he may not see does not exist for him."""
    cases = visible_cases(colleague_of(request)).select_related("customer", "team")
    found = cases.filter(pk=case_id).first()
    if found is None:
        raise Http404(f"C-{case_id}")
    return found


def is_part(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page. Going back in history wants all of it."""
    headers = request.headers
    return "HX-Request" in headers and "HX-History-Restore-Request" not in headers


def number_in(text: str) -> int:
    """The id somebody sent; 0, which is nobody's, if it is none. (`"²".isdigit()` is true.)"""
    return int(text) if _ID.fullmatch(text) else 0


def _place(request: HttpRequest) -> str:
    """Where to come back to after the sign-in: the page, never the address of a part or deed."""
    if request.method == "GET" and not is_part(request):
        return request.get_full_path()
    return "/"
