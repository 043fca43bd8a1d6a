"""The page of all running promises: late first, then by the hour."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ascolto.cases.queries.promised import Asked, Cursor, Row, promised
from ascolto.desk.guards import colleague_of, is_part, number_in, signed_in
from ascolto.promises.models import Promise
from ascolto.staff.queries import teams

HEADINGS = {
    "late": _("Scadute"),
    "hour": _("Entro un’ora"),
    "today": _("Oggi"),
    "later": _("Più avanti"),
    "resting": _("In pausa"),
}
WHOSE = {"mie": _("Mie"), "tutte": _("Di tutti")}


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """One page of them; as a part (`?da=`), the lines that follow."""
    now = timezone.now()
    me = colleague_of(request)
    given = request.GET
    kind = given.get("tipo", "")
    whose = given.get("di", "tutte")
    asked = Asked(
        kind=kind if kind in Promise.Kind.values else "",
        team_id=number_in(given.get("squadra", "")),
        mine=whose == "mie",
    )
    page = promised(me, asked, after=Cursor.parse(given.get("da", "")))
    chosen = {"tipo": asked.kind, "squadra": asked.team_id or "", "di": "mie" if asked.mine else ""}
    kept = {name: value for name, value in chosen.items() if value}
    following = urlencode({**kept, "da": page.next_cursor}) if page.next_cursor else ""
    context = {
        "now": now,
        "section": "promises",
        "groups": grouped(page.rows, now=now),
        "following": following,
        "asked": asked,
        "kinds": Promise.Kind.choices,
        "teams": teams(),
        "whose": [(path, name, urlencode({**kept, "di": path})) for path, name in WHOSE.items()],
        "narrowed": bool(kept),
    }
    part = is_part(request) and "da" in given
    return render(
        request, "desk/promises/_rows.html" if part else "desk/promises/board.html", context
    )


def grouped(rows: Iterable[Row], *, now: datetime) -> list[tuple[str, list[Row]]]:
    """The lines under their headings, each heading once, none empty."""
    today = timezone.localtime(now).date()
    midnight = timezone.make_aware(datetime.combine(today + timedelta(days=1), time()))
    heaps: dict[str, list[Row]] = {name: [] for name in HEADINGS}
    for row in rows:
        heaps[_group(row, now=now, midnight=midnight)].append(row)
    return [(str(HEADINGS[name]), heap) for name, heap in heaps.items() if heap]


def _group(row: Row, *, now: datetime, midnight: datetime) -> str:
    if row.paused_at is not None:
        return "resting"
    if row.due_at < now:
        return "late"
    if row.due_at <= now + timedelta(hours=1):
        return "hour"
    return "today" if row.due_at < midnight else "later"
