"""What is done on a customer's page: ways to recognise him, what he told us, notes."""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ascolto.administration.services import identities as recognising
from ascolto.administration.services import remembering
from ascolto.desk.customers.editing import taken_by
from ascolto.desk.customers.guards import editor_of, records_or_404
from ascolto.desk.customers.page import done
from ascolto.desk.guards import signed_in
from ascolto.people.models import CustomerNote, Identity, Statement
from ascolto.people.policy import Sender, guessed_kind
from ascolto.people.services import NotAnIdentity

Kept = TypeVar("Kept", bound=Model)


@signed_in
@require_POST
def add_identity(request: HttpRequest, customer_id: int) -> HttpResponse:
    by, customer = editor_of(request), records_or_404(request, customer_id)[0]
    value = request.POST.get("value", "").replace("\x00", "").strip()
    sender = Sender(guessed_kind(value), value)
    try:
        recognising.add_identity(customer, sender, by=by, now=timezone.now())
    except NotAnIdentity:
        said = _("Questo non è un indirizzo, un numero o un profilo: scrivilo per intero.")
        return done(request, customer.pk, status=422, identity_error=said, identity_value=value)
    except recognising.IdentityTaken as taken:
        return done(request, customer.pk, status=422, identity_value=value, **taken_by(taken, by))
    return done(request, customer.pk)


@signed_in
@require_POST
def verify_identity(request: HttpRequest, customer_id: int, identity_id: int) -> HttpResponse:
    by, identity = (
        editor_of(request),
        _of(request, customer_id, Identity.objects.all(), identity_id),
    )
    reason = request.POST.get("reason", "").replace("\x00", "")
    try:
        recognising.verify_identity(identity, reason=reason, by=by, now=timezone.now())
    except recognising.NoReason:
        said = _("Scrivi come sai che è suo: resta nella storia della scheda.")
        return done(request, customer_id, status=422, verify_error=said, verify_id=identity.pk)
    return done(request, customer_id)


@signed_in
@require_POST
def remove_identity(request: HttpRequest, customer_id: int, identity_id: int) -> HttpResponse:
    by, identity = (
        editor_of(request),
        _of(request, customer_id, Identity.objects.all(), identity_id),
    )
    try:
        recognising.remove_identity(identity, by=by, now=timezone.now())
    except recognising.IdentityInUse:
        said = _("%s resta: ci sono messaggi arrivati o partiti da lì.") % identity.value
        return done(request, customer_id, status=409, identity_error=said)
    return done(request, customer_id)


@signed_in
@require_POST
def add_statement(request: HttpRequest, customer_id: int) -> HttpResponse:
    by, customer = editor_of(request), records_or_404(request, customer_id)[0]
    text, where = (request.POST.get(name, "").replace("\x00", "") for name in ("text", "where"))
    try:
        remembering.add_statement(customer, text, where=where, by=by, now=timezone.now())
    except remembering.NothingSaid:
        said = _("Scrivi che cosa ha detto, con le sue parole.")
        return done(request, customer.pk, status=422, statement_error=said)
    return done(request, customer.pk)


@signed_in
@require_POST
def withdraw_statement(request: HttpRequest, customer_id: int, statement_id: int) -> HttpResponse:
    by = editor_of(request)
    statement = _of(request, customer_id, Statement.objects.all(), statement_id)
    remembering.withdraw_statement(statement, by=by, now=timezone.now())
    return done(request, customer_id)


@signed_in
@require_POST
def add_note(request: HttpRequest, customer_id: int) -> HttpResponse:
    by, customer = editor_of(request), records_or_404(request, customer_id)[0]
    text = request.POST.get("text", "").replace("\x00", "")
    try:
        remembering.add_note(customer, text, by=by, now=timezone.now())
    except remembering.NothingSaid:
        said = _("La nota è vuota: scrivi che cosa devono sapere i colleghi.")
        return done(request, customer.pk, status=422, note_error=said)
    return done(request, customer.pk)


@signed_in
@require_POST
def withdraw_note(request: HttpRequest, customer_id: int, note_id: int) -> HttpResponse:
    by = editor_of(request)
    note = _of(request, customer_id, CustomerNote.objects.all(), note_id)
    remembering.withdraw_note(note, by=by, now=timezone.now())
    return done(request, customer_id)


def _of(request: HttpRequest, customer_id: int, kept: QuerySet[Kept], pk: int) -> Kept:
    """One thing of this customer, on whichever of his records it stands."""
    records = records_or_404(request, customer_id)
    found = kept.filter(pk=pk, customer__in=records).first()
    if found is None:
        raise Http404(pk)
    return found
