"""What every template knows: how to look, and what the frame of the desk says."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from ascolto.cases.queries.counts import Counts
from ascolto.cases.queries.shell import ShellFacts, shell_facts
from ascolto.desk.guards import company_of
from ascolto.desk.words import ticking
from ascolto.staff.models import Colleague

THEMES = {"light", "dark"}
DENSITIES = {"comoda", "compatta"}


@dataclass(frozen=True, slots=True)
class Look:
    """Set on `<html>` by the server, so that no page flashes in the wrong light."""

    theme: str
    density: str
    language: str


def look(request: HttpRequest) -> Look:
    user = getattr(request, "user", None)
    if isinstance(user, Colleague):
        theme, density = user.theme, user.density
    else:
        theme = request.COOKIES.get("ascolto-tema", "")
        density = request.COOKIES.get("ascolto-densita", "")
    return Look(
        theme if theme in THEMES else "",
        density if density in DENSITIES else "",
        (get_language() or "it").partition("-")[0],
    )


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor. The frame is only asked for by whole pages, so it is lazy: a part
    of a page pays nothing for it, and neither does a visitor who has not signed in."""
    now = timezone.now()
    known: dict[str, Any] = {"look": look(request), "now": now, "ticking": ticking}
    user = getattr(request, "user", None)
    if isinstance(user, Colleague):
        known["shell"] = frame(request, user, now=now)
    return known


def frame(
    request: HttpRequest, colleague: Colleague, *, now: datetime, counts: Counts | None = None
) -> "SimpleLazyObject[ShellFacts]":
    """What the frame of the desk says. A list that has the same `counts` need not ask again."""
    return SimpleLazyObject(
        lambda: shell_facts(colleague, now=now, counts=counts, house=company_of(request))
    )
