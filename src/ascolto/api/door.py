"""What every request to the API passes, whatever it asks."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from ascolto.api.auth import READING, token_of
from ascolto.api.errors import ApiError, as_problem, drawn, in_one_shape
from ascolto.api.idempotency import HEADER, once, undone_if_refused

View = Callable[..., HttpResponseBase]


def door(view: View) -> View:
    """The view, with errors in one shape, deeds in one transaction, and keys honoured."""

    @csrf_exempt  # a token is no cookie: no other site's page can send it
    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return in_one_shape(_pass(request, lambda: view(request, *args, **kwargs)))
        except Exception as error:  # noqa: BLE001 # the edge: a caller always gets JSON
            return drawn(as_problem(error))

    return wrapped


def _pass(request: HttpRequest, act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    if request.method in READING:
        return act()
    _refuse_large(request)
    token = token_of(request)
    if token is not None and request.method == "POST" and HEADER in request.headers:
        return once(request, token, act, now=timezone.now())
    return undone_if_refused(act)


def _refuse_large(request: HttpRequest) -> None:
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
    length = request.headers.get("Content-Length") or "0"
    if length.isascii() and length.isdigit() and int(length) > limit:
        raise ApiError(413, sentence=f"The body is larger than {limit} bytes.")


@csrf_exempt
def nothing_here(request: HttpRequest, **_: Any) -> HttpResponseBase:
    """An address of the API that does not exist."""
    return drawn(ApiError(404))
