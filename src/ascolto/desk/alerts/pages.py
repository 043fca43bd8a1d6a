"""The alerts that stand, all of them, and one with its way to us."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ascolto.alerts import queries
from ascolto.alerts.models import Alert
from ascolto.desk.guards import colleague_of, number_in, signed_in
from ascolto.timeline.queries import history_of


@dataclass(frozen=True, slots=True)
class Hop:
    """One step from what was said to somebody at work on it, and how long it took."""

    words: str
    at: datetime
    took: timedelta | None


@signed_in
@require_safe
def show_all(request: HttpRequest) -> HttpResponse:
    """Two queries: those that stand, and a page of all."""
    me = colleague_of(request)
    found, more = queries.page(me, before=_before(request))
    context = {
        "section": "listening",
        "open": queries.standing(me).alerts if not request.GET.get("prima") else [],
        "alerts": [alert for alert in found if not alert.stands],
        "last": found[-1] if more else None,
    }
    return render(request, "desk/alerts/all.html", context)


@signed_in
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """The part of every page that the live stream asks for again."""
    context = {"alerts_now": queries.standing(colleague_of(request)), "here": _on_screen(request)}
    return render(request, "desk/alerts/_standing.html", context)


@signed_in
@require_safe
def show(request: HttpRequest, alert_id: int) -> HttpResponse:
    """One alert, its way to us, and who was told. The page says by itself that it was opened."""
    alert = alert_or_404(request, alert_id)
    context = {
        "section": "listening",
        "alert": alert,
        "hops": hops(alert),
        "notices": alert.notices.select_related("colleague", "hook").order_by("pk"),
        "deeds": history_of(alert.reference),
    }
    return render(request, "desk/alerts/one.html", context)


def alert_or_404(request: HttpRequest, alert_id: int) -> Alert:
    alert = queries.visible(colleague_of(request)).filter(pk=alert_id).first()
    if alert is None:
        raise Http404
    return alert


def hops(alert: Alert) -> list[Hop]:
    """Heard, matched, raised, shown, opened, taken: those that have been, with the time between."""
    steps = [
        (_("sentito"), alert.heard_at),
        (_("riconosciuto dal monitor"), alert.matched_at),
        (_("allarme"), alert.raised_at),
        (_("arrivato a qualcuno"), alert.shown_at),
        (_("aperto"), alert.opened_at),
        (_("preso in carico"), alert.taken_at),
        (_("finito"), alert.closed_at),
    ]
    found: list[Hop] = []
    for words, at in steps:
        if at is not None:
            found.append(Hop(words, at, at - found[-1].at if found else None))
    return found


def _on_screen(request: HttpRequest) -> str:
    """The path of the page that asks for a part of itself; empty where nobody says."""
    try:
        return urlsplit(request.headers.get("HX-Current-URL", "")).path
    except ValueError:  # a browser sends none such
        return ""


def _before(request: HttpRequest) -> tuple[datetime, int] | None:
    at, _comma, pk = request.GET.get("prima", "").partition(",")
    try:
        moment = parse_datetime(at)
    except ValueError:
        return None
    return (moment, number_in(pk)) if moment is not None and timezone.is_aware(moment) else None
