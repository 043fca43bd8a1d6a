"""Which browsers a colleague has signed in from before. The browser keeps it, signed by us.

A list on our side would have to tell browsers apart by what they say of themselves, and warn after
every update; a cookie tells this very browser, and one that was cleaned is warned of once more.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ascolto.desk.security import watch
from ascolto.desk.security.device import device
from ascolto.staff.models import Colleague

COOKIE = "ascolto-noto"
KEPT = timedelta(days=365)
MOST = 20  # colleagues who share a browser
JUST_JOINED = timedelta(hours=1)
_MET = "_ascolto_met"


def met(request: HttpRequest, colleague: Colleague) -> None:
    """He signs in: from a browser that does not know him he is told of it."""
    known, place = _known(request), request.META.get("REMOTE_ADDR", "")
    # Without a place it is no visit, see `visits.note`.
    if place and colleague.pk not in known and not _is_new_here(colleague):
        where = device(request.headers.get("User-Agent", ""))
        watch.new_device(colleague, f"{where}, {place}")
    setattr(request, _MET, [colleague.pk, *(pk for pk in known if pk != colleague.pk)][:MOST])


def remember(request: HttpRequest, response: HttpResponse) -> None:
    """After a sign-in this browser knows him."""
    known = getattr(request, _MET, None)
    if known is not None:
        response.set_signed_cookie(
            COOKIE,
            ".".join(map(str, known)),
            salt=COOKIE,
            max_age=KEPT,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _known(request: HttpRequest) -> list[int]:
    said = request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=KEPT) or ""
    return [int(one) for one in said.split(".") if one]


def _is_new_here(colleague: Colleague) -> bool:
    """His first sign-in follows from an invitation or the set-up: he knows."""
    return colleague.joined_at > timezone.now() - JUST_JOINED
