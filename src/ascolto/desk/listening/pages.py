"""The stream of what is said, one of them, and a wave of many."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ascolto.cases.models import Message
from ascolto.channels.models import Channel
from ascolto.desk.guards import colleague_of, is_part, number_in
from ascolto.desk.listening.panel import HOPS, Panel, back_of, panel_of
from ascolto.desk.listening.seeing import hidden_teams, listeners_only, mention_or_404
from ascolto.listening import queries
from ascolto.listening.models import Mention, Monitor
from ascolto.listening.queries import Filter
from ascolto.listening.queries.stream import Tab
from ascolto.people.queries import head_of
from ascolto.reading.abuse import covered
from ascolto.staff.models import Colleague

COUNTED = timedelta(days=7)
TABS: dict[str, Tab] = {"tutto": "ALL", "aiuto": "HELP", "elogi": "PRAISE", "rumore": "NOISE"}
TAB_WORDS = {
    "tutto": _("Tutto"),
    "aiuto": _("Chiede aiuto"),
    "elogi": _("Elogi"),
    "rumore": _("Rumore"),
}


@listeners_only
@require_safe
def stream(request: HttpRequest) -> HttpResponse:
    """A page of the stream; a part of it when the live screen, or scrolling, asks for more."""
    me, now = colleague_of(request), timezone.now()
    looked_at = _filter(request, hidden=hidden_teams(me))
    tab = request.GET.get("di", "tutto")
    page = queries.stream(looked_at, after=request.GET.get("dopo", ""))
    context = {"section": "listening", "page": page, "cases": _cases(page.rows), "tab": tab}
    context["beside"] = True  # what is opened stands beside it
    if is_part(request) and request.GET.get("dopo"):
        return render(request, "desk/listening/_rows.html", context)
    counts = queries.counts(looked_at, since=now - COUNTED)
    context |= {
        "undo": leaving(me, now=now),
        "tabs": [(key, words, counts.by_tab.get(TABS[key], 0)) for key, words in TAB_WORDS.items()],
        "waiting": counts.waiting,
        "waves": [
            wave for wave in queries.open_waves() if wave.team_id not in looked_at.hidden_teams
        ],
        "sources": queries.sources(now=now),
        "monitors": Monitor.objects.filter(retired_at=None).order_by("name"),
        "channels": Channel.objects.filter(kind__in=queries.public_kinds(), closed_at=None),
        "chosen": {"monitor": looked_at.monitor_id, "fonte": looked_at.channel_id},
    }
    return render(request, "desk/listening/stream.html", context)


@listeners_only
@require_safe
def show(request: HttpRequest, mention_id: int) -> HttpResponse:
    """All of one mention, and what can be done with it; beside the stream, the latter alone.

    The page says itself that it was opened.
    """
    mention = mention_or_404(request, mention_id)
    context = mention_context(request, mention)
    if is_part(request):
        return render(request, "desk/listening/_beside.html", context)
    return render(request, "desk/listening/one.html", context)


def mention_context(
    request: HttpRequest, mention: Mention, *, bound: dict[str, Any] | None = None
) -> dict[str, Any]:
    """`bound`: a form that was sent and is not right, by what it was to do ("caso", …)."""
    now, me = timezone.now(), colleague_of(request)
    page = queries.mention_page(mention.pk)
    if page is None:
        raise Http404
    cases = _cases([page.row, *page.below, *([page.above] if page.above else [])])
    panel = panel_of(request, mention, page, case_id=cases.get(mention.pk), now=now, bound=bound)
    return {
        "section": "listening",
        "now": now,
        "mention": mention,
        "page": page,
        "row": page.row,
        "cases": cases,
        "case_id": cases.get(mention.pk),
        "panel": panel,
        "covered": covered(mention.text) if mention.abusive and not me.shows_abuse else "",
        "unseen": not mention.opened_at or _calls_me(panel, me),
        "kinds": Mention.Kind.choices,
        "customer": head_of(page.row.customer_id) if page.row.customer_id else None,
        "hops": [(HOPS[hop.name], hop) for hop in page.hops],
        "back": back_of(request),
        "undo": leaving(me, now=now),
    }


@listeners_only
@require_safe
def wave(request: HttpRequest, wave_id: int) -> HttpResponse:
    """What made a wave: its posts, the newest first."""
    found = queries.wave(wave_id)
    hidden = hidden_teams(colleague_of(request))
    if found is None or found.team_id in hidden:
        raise Http404
    open_to_him = colleague_of(request).shows_abuse
    looked_at = Filter(wave_id=wave_id, hidden_teams=hidden, insults_open=open_to_him)
    page = queries.stream(looked_at, after=request.GET.get("dopo", ""))
    context = {
        "section": "listening",
        "wave": found,
        "page": page,
        "cases": _cases(page.rows),
    }
    return render(request, "desk/listening/wave.html", context)


def leaving(colleague: Colleague, *, now: datetime) -> dict[str, Any] | None:
    """His newest answer that can still be called back, as the page offers it."""
    several = queries.answers_leaving(colleague, now=now)
    if not several:
        return None
    return {
        "words": _("La tua risposta in pubblico:"),
        "address": reverse("desk:answer_undo", args=[several[0].id]),
        "label": _("Annulla"),
        "until": several[0].leaves_at,
    }


def _calls_me(panel: Panel, me: Colleague) -> bool:
    return any(one.to_id == me.pk and one.seen_at is None for one in panel.calls)


def _filter(request: HttpRequest, *, hidden: Collection[int]) -> Filter:
    told = request.GET
    return Filter(
        tab=TABS.get(told.get("di", ""), "ALL"),
        monitor_id=number_in(told.get("monitor", "")) or None,
        channel_id=number_in(told.get("fonte", "")) or None,
        customer_id=number_in(told.get("cliente", "")) or None,
        standing="WAITING" if told.get("stato") == "aspettano" else "",
        hidden_teams=hidden,
        insults_open=colleague_of(request).shows_abuse,
    )


def _cases(rows: Sequence[queries.StreamRow]) -> dict[int, int]:
    """Which of these stand in a case: mention to case. Two queries."""
    items = dict(Mention.objects.filter(pk__in=[row.id for row in rows]).values_list("item", "pk"))
    found = Message.objects.filter(item__in=items).values_list("item", "case")
    return {items[item]: case for item, case in found}
