"""Where a colleague is signed in: noted at the sign-in, and every few minutes after."""

import time
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponse

from ascolto.desk.security import devices
from ascolto.staff.models import Colleague

SEEN = "ascolto.seen"  # in the session: when it was last noted, in seconds
NOTED_EVERY = 300  # seconds: a page is not to pay for it each time

Next = Callable[[HttpRequest], HttpResponse]


class Visits:
    """Keeps the list of sessions true: from where, with what, and when last."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # Who never touched the session is a machine, or a file: it is not made to exist for this.
        if request.session.accessed and isinstance(request.user, Colleague):
            note(request)
        devices.remember(request, response)
        return response


def arrived(
    sender: object, request: HttpRequest | None = None, user: Any = None, **_known: Any
) -> None:
    """Somebody has signed in, by whatever door."""
    if request is not None:
        note(request)
        if isinstance(user, Colleague):
            devices.met(request, user)


def note(request: HttpRequest) -> None:
    now = int(time.time())
    if now - request.session.get(SEEN, 0) < NOTED_EVERY:
        return
    request.session[SEEN] = now
    if request.META.get("REMOTE_ADDR"):  # without a place it is no visit
        UserSession.objects.create_from_request(request)
