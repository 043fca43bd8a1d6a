"""A message was misread: a colleague says what it is, beside the message itself."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Message, MessageReading
from ascolto.cases.services import exposure
from ascolto.cases.services.readings import (
    Understood,
    correct_reading,
    undo_correction,
)
from ascolto.desk.case import done
from ascolto.desk.guards import colleague_of, signed_in
from ascolto.desk.organising.sheets import sheet
from ascolto.triage.handing import better_team


@signed_in
@require_safe
def choose(request: HttpRequest, message_id: int) -> HttpResponse:
    """The sheet with what was understood, to be put right."""
    return _sheet(request, _message(request, message_id))


@signed_in
@require_POST
def correct(request: HttpRequest, message_id: int) -> HttpResponse:
    """Keep what he says, and propose another team if it is a matter of another one."""
    message = _message(request, message_id)
    said, me, now = request.POST, colleague_of(request), timezone.now()
    understood = Understood(
        kind=said.get("genere", ""),
        topic=said.get("argomento", ""),
        needs_care="cura" in said,
        angry="rabbia" in said,
        churn_threat="lascia" in said,
        escalation_threat="altrove" in said,
    )
    try:
        changed = correct_reading(message, understood, by=me, now=now)
    except ValueError:
        return _sheet(request, message, problem=_("Scegli un genere e un argomento della lista."))
    if not changed:
        return done(request, message.case)
    address = reverse("desk:undo_reading", args=[message.pk])
    undo = {"words": _("Lettura corretta: la prossima volta si legge meglio."), "address": address}
    moved = better_team(message.case, understood.topic, now=now) if "topic" in changed else None
    return done(request, message.case, undo={**undo, "label": _("Annulla")}, handover=moved)


@signed_in
@require_POST
def undo(request: HttpRequest, message_id: int) -> HttpResponse:
    message = _message(request, message_id)
    undo_correction(message, by=colleague_of(request), now=timezone.now())
    return done(request, message.case)


@signed_in
@require_POST
def unfold(request: HttpRequest, message_id: int) -> HttpResponse:
    """Open what was folded away for its insults: it counts as read by him."""
    message = _message(request, message_id)
    exposure.unfold(message, by=colleague_of(request), now=timezone.now())
    return done(request, message.case)


def _message(request: HttpRequest, message_id: int) -> Message:
    """One that was read, in a case he may see."""
    seen = visible_cases(colleague_of(request)).values("pk")
    read = Message.objects.filter(case__in=seen, item__isnull=False, reading__isnull=False)
    known = read.select_related("reading", "item", "case__team", "case__customer")
    return get_object_or_404(known, pk=message_id)


def _sheet(request: HttpRequest, message: Message, *, problem: str = "") -> HttpResponse:
    return sheet(
        request,
        message.case,
        "reading",
        status=422 if problem else 200,
        message=message,
        reading=message.reading,
        kinds=MessageReading.Kind.choices,
        topics=MessageReading.Topic.choices,
        problem=problem,
    )
