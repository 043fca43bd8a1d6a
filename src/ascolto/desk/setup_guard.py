"""Who may set a company up: the holder of the code, and after the first step its owner."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ascolto.desk.guards import colleague_of, signed_in
from ascolto.staff.models import Colleague, Company

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
_LET_IN = "setup-let-in"
STEPS = ("setup", "setup_mailbox", "setup_teams", "setup_hours", "setup_done")


def let_in(request: HttpRequest) -> None:
    """He gave the code, or has just emptied the demo company: a new session may begin."""
    request.session.cycle_key()
    request.session[_LET_IN] = True


def is_let_in(request: HttpRequest) -> bool:
    return request.session.get(_LET_IN) is True


def forget_let_in(request: HttpRequest) -> None:
    request.session.pop(_LET_IN, None)


def is_untouched() -> bool:
    """Nobody works here yet and no company was named: the first step may be taken."""
    named = Company.objects.filter(set_up_at__isnull=False).exists()
    return not named and not Colleague.objects.exists()


def owners_only(view: View[P]) -> View[P]:
    """The later steps are for the owner, in a company that is not the fiction."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if colleague_of(request).role != Colleague.Role.OWNER:
            raise PermissionDenied
        if Company.objects.filter(is_demo=True).exists():
            return redirect("desk:demo")
        return view(request, *args, **kwargs)

    return guarded
