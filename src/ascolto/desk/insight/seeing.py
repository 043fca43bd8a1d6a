"""Who sees the figures: those who lead. They speak of everybody's work and of reserved teams."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ascolto.desk.guards import colleague_of, signed_in
from ascolto.staff.queries import who_can_change_settings

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def insight_only(view: View[P]) -> View[P]:
    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not colleague_of(request).leads:
            context = {"section": "insight", "who": who_can_change_settings()}
            return render(request, "desk/insight/no_permission.html", context, status=403)
        return view(request, *args, **kwargs)

    return guarded
