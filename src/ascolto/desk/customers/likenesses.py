"""Likely duplicates: side by side with what speaks for it, answered, and the answer taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.administration.services.likenesses import refuse_likeness
from ascolto.cases.access import visible_cases, visible_customers
from ascolto.cases.models import Case
from ascolto.desk.case import done
from ascolto.desk.customers.guards import editor_of
from ascolto.desk.guards import colleague_of, number_in, signed_in
from ascolto.people.likeness import comparing
from ascolto.people.likeness.queries import (
    PAGE,
    answered_lately,
    count_open,
    newest_comparison,
    open_likenesses,
)
from ascolto.people.likeness.services import AlreadyAnswered
from ascolto.people.models import Likeness
from ascolto.people.services import AlreadyMerged
from ascolto.staff.models import Colleague
from ascolto.triage.apart import take_back
from ascolto.triage.likenesses import confirm_and_join


@signed_in
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Those nobody has answered, the likeliest first; and the last answers."""
    me = editor_of(request)
    known = visible_customers(me)
    page = max(1, number_in(request.GET.get("pagina", "1")))
    total = count_open(known)
    context = {
        "section": "customers",
        "now": timezone.now(),
        "rows": open_likenesses(known, page=page),
        "answered": answered_lately(known) if page == 1 else [],
        "total": total,
        "next": page + 1 if total > page * PAGE else None,
        "comparison": newest_comparison() if me.leads else None,
        "may_compare": me.leads,
    }
    return render(request, "desk/customers/likenesses.html", context)


@signed_in
@require_POST
def confirm(request: HttpRequest, likeness_id: int) -> HttpResponse:
    """They are one person; what he asked in two places becomes one case."""
    by, likeness = _to_answer(request, likeness_id)
    try:
        found = confirm_and_join(likeness.pk, by=by, now=timezone.now())
    except AlreadyAnswered:
        messages.warning(request, _("Qualcuno ha già risposto: la proposta non c’è più."))
        return _back(request)
    except AlreadyMerged:
        messages.warning(request, _("Le due schede si leggono già come una sola."))
        return _back(request)
    said = _("Unite: %(one)s e %(other)s si leggono come una persona sola.")
    names = {"one": likeness.left.name, "other": likeness.right.name}
    messages.success(request, said % names)
    for moving in found.joined:
        joined = _("%(one)s ora è parte di %(other)s: la stessa domanda.")
        numbers = {"one": moving.origin.number, "other": moving.target.number}
        messages.success(request, joined % numbers)
    return _back(request)


@signed_in
@require_POST
def refuse(request: HttpRequest, likeness_id: int) -> HttpResponse:
    by, likeness = _to_answer(request, likeness_id)
    try:
        refuse_likeness(likeness.pk, by=by, now=timezone.now())
    except AlreadyAnswered:
        messages.warning(request, _("Qualcuno ha già risposto: la proposta non c’è più."))
    else:
        messages.success(request, _("Restano due persone: non te lo chiediamo più."))
    return _back(request)


@signed_in
@require_POST
def undo(request: HttpRequest, likeness_id: int) -> HttpResponse:
    """Take an answer back: what was read as one is two again, and the question is open."""
    by, likeness = _to_answer(request, likeness_id)
    take_back(likeness.pk, by=by, now=timezone.now())
    messages.success(request, _("Risposta ritirata: la proposta è di nuovo aperta."))
    return _back(request)


@signed_in
@require_POST
def compare(request: HttpRequest) -> HttpResponse:
    """Look over all customers, in the background. Those who lead may ask for it."""
    me = colleague_of(request)
    if not me.leads:
        editor_of(request)
        raise Http404
    comparing.begin(by=me, now=timezone.now())
    messages.success(request, _("Confronto avviato: le proposte compaiono qui man mano."))
    return redirect("desk:likenesses")


def _to_answer(request: HttpRequest, likeness_id: int) -> tuple[Colleague, Likeness]:
    """The colleague and the likeness, if he may know of both sides."""
    me = editor_of(request)
    known = visible_customers(me).values("pk")
    found = Likeness.objects.select_related("left", "right").filter(
        pk=likeness_id, left__in=known, right__in=known
    )
    likeness = found.first()
    if likeness is None:
        raise Http404(likeness_id)
    return me, likeness


def _back(request: HttpRequest, **more: Any) -> HttpResponse:
    """To the case, to the customer, or to the list: wherever he pressed it."""
    case_id, customer_id = (number_in(request.POST.get(name, "")) for name in ("caso", "cliente"))
    if case_id:
        case = _case(request, case_id)
        if case is not None:
            return done(request, case, **more)
    if customer_id:
        return redirect("desk:customer", customer_id)
    return redirect("desk:likenesses")


def _case(request: HttpRequest, case_id: int) -> Case | None:
    seen = visible_cases(colleague_of(request)).select_related("customer", "team")
    found = seen.filter(pk=case_id).first()
    return seen.filter(pk=found.merged_into_id).first() if found and found.merged_into_id else found
