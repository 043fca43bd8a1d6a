"""The list of customers; a customer made or changed by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.administration.services.customers import (
    change_customer,
    create_customer,
    details_of,
)
from ascolto.administration.services.identities import IdentityTaken
from ascolto.cases.access import visible_customers
from ascolto.cases.queries.customer_list import CustomerList, found_rows, newest_customers
from ascolto.desk.customers.forms import CustomerForm, NewCustomerForm
from ascolto.desk.customers.guards import editor_of, records_or_404
from ascolto.desk.guards import colleague_of, is_part, number_in, signed_in
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague


@signed_in
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Customers, newest first, or those found. As a part: the next lines (`?prima=`)."""
    me = colleague_of(request)
    words = request.GET.get("q", "").replace("\x00", "").strip()[:200]
    before = number_in(request.GET.get("prima", ""))
    listed = (
        CustomerList(found_rows(me, words), None)
        if words
        else newest_customers(me, before=before or None)
    )
    context = {
        "section": "customers",
        "now": timezone.now(),
        "words": words,
        "listed": listed,
        "may_change": me.role != Colleague.Role.HELPER,
        "first_page": not before,
    }
    part = "_rows" if is_part(request) and before else "list"
    return render(request, f"desk/customers/{part}.html", context)


@signed_in
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    editor_of(request)
    initial = {"language": "it", "name": request.GET.get("nome", "")[:200]}
    return _form(request, NewCustomerForm(initial=initial), customer=None)


@signed_in
@require_POST
def create(request: HttpRequest) -> HttpResponse:
    by, form = editor_of(request), NewCustomerForm(request.POST)
    if not form.is_valid():
        return _form(request, form, customer=None)
    now, details = timezone.now(), form.details()
    try:
        made = create_customer(details, identities=form.identities(), by=by, now=now)
    except IdentityTaken as taken:
        return _form(request, form, customer=None, **taken_by(taken, by))
    messages.success(request, _("Scheda creata."))
    return redirect("desk:customer", made.pk)


@signed_in
@require_safe
def edit(request: HttpRequest, customer_id: int) -> HttpResponse:
    editor_of(request)
    customer = records_or_404(request, customer_id)[0]
    details = details_of(customer)
    written = {name: getattr(details, name) for name in CustomerForm.base_fields}
    return _form(request, CustomerForm(initial=written), customer=customer)


@signed_in
@require_POST
def change(request: HttpRequest, customer_id: int) -> HttpResponse:
    by, customer = editor_of(request), records_or_404(request, customer_id)[0]
    form = CustomerForm(request.POST)
    if not form.is_valid():
        return _form(request, form, customer=customer)
    change_customer(customer, form.details(), by=by, now=timezone.now())
    messages.success(request, _("Scheda aggiornata."))
    return redirect("desk:customer", customer.pk)


def taken_by(problem: IdentityTaken, colleague: Colleague) -> dict[str, Any]:
    """Whose it is, as far as he may know; and which address it was."""
    identity = problem.identity
    known = visible_customers(colleague).filter(pk=identity.customer_id).exists()
    return {"taken": identity, "owner": identity.customer if known else None}


def _form(
    request: HttpRequest, form: CustomerForm, *, customer: Customer | None, **more: Any
) -> HttpResponse:
    context = {"section": "customers", "form": form, "customer": customer, **more}
    return render(
        request, "desk/customers/form.html", context, status=422 if form.is_bound else 200
    )
