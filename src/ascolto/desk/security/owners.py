"""What belongs to the owner alone: what leaves the house whole."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from ascolto.desk.guards import colleague_of, signed_in
from ascolto.staff.models import Colleague

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def owners_only(view: View[P]) -> View[P]:
    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if colleague_of(request).role != Colleague.Role.OWNER:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded
