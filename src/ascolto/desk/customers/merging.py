"""Two records that are one person: read as one from now on, or read apart again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.administration.services.identities import NoReason
from ascolto.administration.services.merging import SameRecord, merge_customers
from ascolto.cases.queries.customer_list import found_rows
from ascolto.cases.queries.customer_page import CustomerPage, customer_page
from ascolto.desk.customers.guards import editor_of, records_or_404
from ascolto.desk.guards import colleague_of, number_in, signed_in
from ascolto.people.models import Merge
from ascolto.people.services import AlreadyMerged
from ascolto.triage.apart import separate


@signed_in
@require_safe
def choose(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Find the other record (`?q=`), and look at both (`?con=`)."""
    editor_of(request)
    records = records_or_404(request, customer_id)
    other_id = number_in(request.GET.get("con", ""))
    others = records_or_404(request, other_id) if other_id else []
    context = _both(request, records[0].pk, others[0].pk if others else 0)
    return render(request, "desk/customers/merge.html", context)


@signed_in
@require_POST
def merge(request: HttpRequest, customer_id: int) -> HttpResponse:
    """Join the record named by `con` to this one, and say why."""
    by, into = editor_of(request), records_or_404(request, customer_id)[0]
    absorbed = records_or_404(request, number_in(request.POST.get("con", "")))[0]
    reason = request.POST.get("reason", "").replace("\x00", "")
    try:
        merge_customers(absorbed, into=into, reason=reason, by=by, now=timezone.now())
    except NoReason:
        problem = _("Scrivi da che cosa si capisce che è la stessa persona.")
    except SameRecord:
        problem = _("È già la stessa scheda.")
    except AlreadyMerged:
        problem = _("Le due schede si leggono già come una sola.")
    else:
        messages.success(request, _("Unite. Ogni riga resta al suo posto: si può separare."))
        return redirect("desk:customer", into.pk)
    context = _both(request, into.pk, absorbed.pk)
    more = {"problem": problem, "reason": reason}
    return render(request, "desk/customers/merge.html", {**context, **more}, status=422)


@signed_in
@require_POST
def unmerge(request: HttpRequest, customer_id: int, merge_id: int) -> HttpResponse:
    by = editor_of(request)
    records = records_or_404(request, customer_id)
    joined = Merge.objects.select_related("into", "absorbed").filter(
        pk=merge_id, into__in=records, absorbed__in=records
    )
    found = joined.first()
    if found is None:
        raise Http404(merge_id)
    if separate(found, by=by, now=timezone.now()):
        said = _("Separate: %(one)s e %(other)s hanno di nuovo ciascuno la sua storia.")
        names = {"one": found.into.name, "other": found.absorbed.name}
        messages.success(request, said % names)
    return redirect("desk:customer", records[0].pk)


def _both(request: HttpRequest, customer_id: int, other_id: int) -> dict[str, Any]:
    me, now = colleague_of(request), timezone.now()
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    pages: list[CustomerPage | None] = [customer_page(customer_id, me, now=now)]
    if other_id:
        pages.append(customer_page(other_id, me, now=now))
    found = found_rows(me, words) if words else []
    return {
        "section": "customers",
        "now": now,
        "pages": pages,
        "customer": pages[0].customer if pages[0] else None,
        "other": pages[-1].customer if other_id and pages[-1] else None,
        "words": words,
        "found": [row for row in found if row.customer.pk != customer_id],
    }
