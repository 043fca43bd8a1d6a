"""What is done to all the chosen cases of a list at once, and how far it is."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Bulk, Case
from ascolto.cases.queries.views import choices
from ascolto.cases.services import bulk as services
from ascolto.desk.guards import colleague_of, is_part, number_in, signed_in
from ascolto.staff.models import Team
from ascolto.staff.queries import colleagues

WHY = {
    services.UNSEEN: gettext_lazy("non lo vedi più"),
    services.WAITS: gettext_lazy("il cliente aspetta: per chiuderlo serve un motivo"),
    services.LACKS: gettext_lazy("mancano dati che servono per risolverlo"),
    services.NOT_A_MATE: gettext_lazy("quella persona non è in quella squadra"),
    services.CHANGED: gettext_lazy("nel frattempo è passato di mano"),
    services.RESOLVED: gettext_lazy("è già risolto"),
    services.TOO_LATE: gettext_lazy("l’ora del ritorno è già passata"),
    services.RETIRED_TAG: gettext_lazy("quell’etichetta è stata tolta da chi dirige"),
    services.NO_TAG: gettext_lazy("ha già il massimo delle etichette"),
}


@signed_in
@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """What to do with the cases that were ticked in a list."""
    chosen = [number for one in request.GET.getlist("scelti") if (number := number_in(one))]
    seen = visible_cases(colleague_of(request)).filter(pk__in=chosen[: services.MOST])
    return _choice(request, list(seen.select_related("customer").order_by("pk")))


def _choice(request: HttpRequest, chosen: list[Case], *, problem: str = "") -> HttpResponse:
    """What can be done to them: below the list they were ticked in, or on a page of its own."""
    in_place = is_part(request)
    context = {
        "section": "inbox",
        "chosen": chosen,
        "choices": choices(),
        "priorities": list(reversed(Case.Priority.choices)),
        "in_place": in_place,
        "problem": problem,
    }
    template = "_choose.html" if in_place else "choose.html"
    return render(request, f"desk/organising/{template}", context, status=422 if problem else 200)


@signed_in
@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Do one thing to the cases that were ticked."""
    me, now = colleague_of(request), timezone.now()
    deed = request.POST.get("che", "")
    chosen = [number for one in request.POST.getlist("scelti") if (number := number_in(one))]
    arguments = _arguments(request, deed, now=now)
    problem = _("Scegli che cosa fare, e compila quello che serve.") if arguments is None else ""
    if arguments is not None:
        try:
            made = services.start_bulk(deed, chosen, arguments=arguments, by=me, now=now)
            return _in_place(request, made) if is_part(request) else redirect("desk:bulk", made.pk)
        except services.NothingChosen:
            problem = _("Scegli almeno un caso della lista.")
    if is_part(request):
        seen = visible_cases(me).filter(pk__in=chosen[: services.MOST])
        known = list(seen.select_related("customer").order_by("pk"))
        return _choice(request, known, problem=problem)
    messages.error(request, problem)
    return redirect("desk:inbox")


@signed_in
@require_safe
def show(request: HttpRequest, bulk_id: int) -> HttpResponse:
    """How far it is, and what was refused, and why. Only for who asked for it."""
    return _progress(request, get_object_or_404(Bulk, pk=bulk_id, by=colleague_of(request)))


def _in_place(request: HttpRequest, found: Bulk) -> HttpResponse:
    """How far it is, below the list. The address says it too: who loads it anew finds it again."""
    response = _progress(request, found)
    response["HX-Push-Url"] = reverse("desk:bulk", args=[found.pk])
    return response


def _progress(request: HttpRequest, found: Bulk) -> HttpResponse:
    lines = found.cases.all()
    refused = list(lines.exclude(refused="").select_related("case").order_by("case"))
    done = lines.filter(done_at__isnull=False).count()
    context = {
        "section": "inbox",
        "bulk": found,
        "done": done,
        "undone": lines.filter(undone_at__isnull=False).count(),
        "settled": done + len(refused),
        "refused": [(one.case, WHY.get(one.refused, one.refused)) for one in refused],
        "runs": (found.undone_at if found.undo_asked_at else found.finished_at) is None,
    }
    part = "desk/organising/_bulk.html"
    return render(request, part if is_part(request) else "desk/organising/bulk.html", context)


@signed_in
@require_POST
def undo(request: HttpRequest, bulk_id: int) -> HttpResponse:
    found = get_object_or_404(Bulk, pk=bulk_id, by=colleague_of(request))
    services.ask_undo(found, now=timezone.now())
    if is_part(request):
        return _in_place(request, Bulk.objects.get(pk=found.pk))
    return redirect(reverse("desk:bulk", args=[found.pk]))


def _arguments(request: HttpRequest, deed: str, *, now: datetime) -> Mapping[str, Any] | None:
    """What the deed needs to know; None if it is none, or not all of it is there."""
    said = request.POST
    words, reason = said.get("etichetta", "").strip()[:60], said.get("reason", "").strip()[:200]
    team_id, _colon, colleague_id = said.get("a", "").partition(":")
    to = colleagues().filter(pk=number_in(colleague_id)).first()
    team = Team.objects.filter(pk=number_in(team_id)).first()
    known: dict[str, Mapping[str, Any] | None] = {
        "ASSIGN": {"colleague": to.pk if to else None} if to or said.get("a") == "0" else None,
        "TRANSFER": {"team": team.pk, "colleague": to.pk if to else None, "reason": reason}
        if team and reason
        else None,
        "RESOLVE": {"reason": reason},
        "SNOOZE": _until(said.get("data", ""), now=now),
        "TAG": {"tag": words} if words else None,
        "UNTAG": {"tag": words} if words else None,
        "PRIORITISE": _priority(said.get("priorita", "")),
    }
    return known.get(deed)


def _until(written: str, *, now: datetime) -> Mapping[str, Any] | None:
    try:
        moment = timezone.make_aware(datetime.fromisoformat(written))
    except (ValueError, OverflowError):
        return None
    return {"until": moment.isoformat()} if moment > now else None


def _priority(written: str) -> Mapping[str, Any] | None:
    wanted = [one for one in Case.Priority.values if str(one) == written]
    return {"priority": wanted[0]} if wanted else None
