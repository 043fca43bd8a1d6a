"""The inbox: a list by clock, with a case beside it where there is room."""

from datetime import datetime, time, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ascolto.cases.queries.inbox import Cursor, group_at, grouped, inbox, next_clock
from ascolto.desk.guards import colleague_of, is_part, signed_in
from ascolto.staff.models import Colleague

# The words of an address are Italian in every language of the page.
PATHS = {
    "miei": "mine",
    "squadra": "team",
    "liberi": "free",
    "tutti": "all",
    "risolti": "resolved",
}
NAMES = {
    "miei": _("Miei"),
    "squadra": _("Squadra"),
    "liberi": _("Liberi"),
    "tutti": _("Tutti"),
    "risolti": _("Risolti"),
}
HEADINGS = {
    "hour": _("Da rispondere entro un’ora"),
    "today": _("Oggi"),
    "later": _("Più avanti"),
    "theirs": _("In attesa del cliente"),
    "resolved": _("Risolti, i più recenti prima"),
}


@signed_in
@require_safe
def show(request: HttpRequest, queue: str = "miei") -> HttpResponse:
    """A queue. As a part: its lines alone (`?da=` goes on where a page ended)."""
    if queue not in PATHS:
        raise Http404
    now = timezone.now()
    listed = list_context(colleague_of(request), queue, now=now, after=request.GET.get("da", ""))
    if is_part(request):
        part = "desk/inbox/_rows.html" if "da" in request.GET else "desk/inbox/_fresh.html"
        return render(request, part, listed)
    return render(request, "desk/inbox/inbox.html", listed)


def list_context(
    colleague: Colleague, queue: str, *, now: datetime, after: str = ""
) -> dict[str, Any]:
    """What the list needs, also when it stands beside a case."""
    queue = queue if queue in PATHS else "miei"
    cursor = Cursor.parse(after)
    page = inbox(colleague, PATHS[queue], after=cursor, now=now)
    today = timezone.localtime(now).date()
    midnight = timezone.make_aware(datetime.combine(today + timedelta(days=1), time()))
    groups = grouped(page.rows, now=now, midnight=midnight)
    goes_on = group_at(cursor.at, now=now, midnight=midnight) if cursor and cursor.at else ""
    return {
        "now": now,
        "section": "inbox",
        "queue": queue,
        "queue_name": NAMES[queue],
        "tabs": [
            (path, NAMES[path], getattr(page.counts, PATHS[path], None), _address(path))
            for path in PATHS
        ],
        "listed": page,
        "goes_on": "resolved" if cursor and queue == "risolti" else goes_on,
        "groups": [(HEADINGS[name], name, rows) for name, rows in groups],
        "address": _address(queue),
        "next_clock": next_clock(colleague, now=now) if not page.rows else None,
    }


def _address(queue: str) -> str:
    return reverse("desk:queue", args=[queue])
