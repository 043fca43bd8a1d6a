"""The page of one customer, and what was changed on it."""

from typing import Any
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from ascolto.cases.access import teams_not_heard
from ascolto.cases.queries.customer_page import customer_page
from ascolto.cases.queries.customer_timeline import Place
from ascolto.cases.queries.likenesses import proposed_for
from ascolto.desk.customers import drawing
from ascolto.desk.customers.changes import changes_of
from ascolto.desk.customers.guards import records_or_404
from ascolto.desk.guards import colleague_of, is_part, signed_in
from ascolto.listening.queries import praise_of
from ascolto.people.handshake import code_for
from ascolto.staff.models import Colleague

# The words of an address are Italian in every language of the page.
VOICES = {
    "tutto": ("all", _("Tutto")),
    "ascoltato": ("heard", _("Ascoltato")),
    "detto": ("said", _("Detto")),
    "promesso": ("promised", _("Promesso")),
    "fatto": ("done", _("Fatto")),
}


@signed_in
@require_safe
def show(request: HttpRequest, customer_id: int) -> HttpResponse:
    """The page; as a part its history alone, or the next lines of it (`?prima=`)."""
    context = page_context(request, customer_id)
    customer = context["customer"]
    if customer.pk != customer_id and not is_part(request):
        return redirect("desk:customer", customer.pk)  # read as part of another: his page is it
    if is_part(request):
        part = "_live" if "vivo" in request.GET else "_told"
        part = "_lines" if "prima" in request.GET else part
        return render(request, f"desk/customers/{part}.html", context)
    return render(request, "desk/customers/page.html", context)


@signed_in
@require_safe
def changes(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Who changed what on this record, and what stood there before."""
    records = records_or_404(request, customer_id)
    context = {
        "section": "customers",
        "customer": records[0],
        "changes": changes_of(records, colleague_of(request)),
        "now": timezone.now(),
    }
    return render(request, "desk/customers/changes.html", context)


def page_context(request: HttpRequest, customer_id: int, **more: Any) -> dict[str, Any]:
    """What the parts of the page need. A customer he may not know of does not exist for him."""
    now = timezone.now()
    me = colleague_of(request)
    voice = _voice(request)
    before = Place.parse(request.GET.get("prima", ""))
    page = customer_page(customer_id, me, voice=VOICES[voice][0], before=before, now=now)
    if page is None:
        raise Http404(customer_id)
    not_heard = teams_not_heard(me)
    return {
        "section": "customers",
        "now": now,
        "page": page,
        "customer": page.customer,
        "strip": drawing.strip_of(page, now=now),
        "due": drawing.due_word(page),
        "waiting": drawing.waiting_words(page.standing, now=now),
        "dots": drawing.dots_of(page.standing),
        "lines": drawing.lines_of(page, before=before, voice=voice, not_heard=not_heard, now=now),
        "praise": praise_of(page.record_ids, hidden_teams=not_heard)
        if not_heard is not None
        else None,
        "voice": voice,
        "voices": [(path, name) for path, (_code, name) in VOICES.items()],
        "may_change": me.role != Colleague.Role.HELPER,
        "likenesses": proposed_for(page.record_ids, me),
        "mine": page.record_ids,
        "code": code_for(page.customer.pk, today=now.date()),
        **more,
    }


def _voice(request: HttpRequest) -> str:
    """What is shown of the story. News show what was chosen since the page was opened."""
    address = request.headers.get("HX-Current-URL", "") if "vivo" in request.GET else ""
    chosen = QueryDict(urlsplit(address).query).get("voce") or request.GET.get("voce", "")
    return chosen if chosen in VOICES else "tutto"


def done(request: HttpRequest, customer_id: int, *, status: int = 200, **more: Any) -> HttpResponse:
    """How a deed answers: the card redrawn; without script a redirect, or the page with what
    went wrong."""
    if is_part(request):
        context = page_context(request, customer_id, **more)
        return render(request, "desk/customers/_card.html", context, status=status)
    if status == 200:  # noqa: PLR2004 # all went well
        return redirect("desk:customer", customer_id)
    context = page_context(request, customer_id, **more)
    return render(request, "desk/customers/page.html", context, status=status)
