"""The inbox: a list by clock, with a case beside it where there is room."""

from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ascolto.cases.queries.filters import Filters, read
from ascolto.cases.queries.inbox import Cursor, group_at, grouped, inbox, next_clock
from ascolto.cases.queries.presence import present_in
from ascolto.cases.queries.views import QUEUES, choices, visible_views
from ascolto.desk.context import frame
from ascolto.desk.guards import colleague_of, is_part, number_in, signed_in
from ascolto.staff.models import Colleague

PATHS = QUEUES  # the words of an address, and the queue they mean
NAMES = {
    "miei": _("Miei"),
    "squadra": _("Squadra"),
    "liberi": _("Liberi"),
    "tutti": _("Tutti"),
    "rimandati": _("Rimandati"),
    "risolti": _("Risolti"),
}
HEADINGS = {
    "hour": _("Da rispondere entro un’ora"),
    "today": _("Oggi"),
    "later": _("Più avanti"),
    "theirs": _("In attesa del cliente"),
    "snoozed_today": _("Tornano oggi"),
    "snoozed": _("Tornano da soli"),
    "resolved": _("Risolti, i più recenti prima"),
}


@signed_in
@require_safe
def show(request: HttpRequest, queue: str = "miei") -> HttpResponse:
    """A queue. As a part: its lines alone (`?da=` goes on where a page ended)."""
    if queue not in PATHS:
        raise Http404
    now = timezone.now()
    me = colleague_of(request)
    listed = list_context(me, queue, now=now, asked=request.GET, after=request.GET.get("da", ""))
    if is_part(request):
        part = "desk/inbox/_rows.html" if "da" in request.GET else "desk/inbox/_fresh.html"
        return render(request, part, listed)
    if "filtra" in request.GET or listed["filters"]:
        listed["choices"] = choices()
        listed["view"] = (
            visible_views(me).filter(pk=number_in(request.GET.get("vista", ""))).first()
        )
    listed["shell"] = frame(request, me, now=now, counts=listed["listed"].counts)
    return render(request, "desk/inbox/inbox.html", listed)


def list_context(
    colleague: Colleague,
    queue: str,
    *,
    now: datetime,
    asked: QueryDict | None = None,
    after: str = "",
) -> dict[str, Any]:
    """What the list needs, also when it stands beside a case."""
    queue = queue if queue in PATHS else "miei"
    filters = read(dict(asked.lists())) if asked else Filters()
    cursor = Cursor.parse(after)
    page = inbox(colleague, PATHS[queue], after=cursor, now=now, filters=filters)
    today = timezone.localtime(now).date()
    midnight = timezone.make_aware(datetime.combine(today + timedelta(days=1), time()))
    present = present_in([row.id for row in page.rows], colleague, now=now)
    groups = grouped(page.rows, now=now, midnight=midnight)
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
        "present": present,
        "filters": filters,
        "narrowing": _narrowing(filters, asked),
        "goes_on": _goes_on(cursor, queue, now=now, midnight=midnight),
        "groups": [(HEADINGS[name], name, rows) for name, rows in groups],
        "address": _address(queue),
        "next_clock": next_clock(colleague, now=now) if not page.rows else None,
    }


def _address(queue: str) -> str:
    return reverse("desk:queue", args=[queue])


def _narrowing(filters: Filters, asked: QueryDict | None) -> str:
    """The filters as an address says them, with an "&" after them; nothing if there are none."""
    written = filters.written()
    view = asked.get("vista", "") if asked else ""
    if number_in(view):
        written["vista"] = [view]
    return f"{urlencode(written, doseq=True)}&" if written else ""


def _goes_on(cursor: Cursor | None, queue: str, *, now: datetime, midnight: datetime) -> str:
    """The heading under which the page before ended: it is not said twice."""
    if cursor is None or cursor.at is None:
        return ""
    if queue == "risolti":
        return "resolved"
    if queue == "rimandati":
        return "snoozed_today" if cursor.at < midnight else "snoozed"
    return group_at(cursor.at, now=now, midnight=midnight)
