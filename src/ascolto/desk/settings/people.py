"""Who works here: seats kept, roles, teams, goodbyes and returns."""

from typing import TypeVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from ascolto.administration.policy import Refusal
from ascolto.administration.services import colleagues as deeds
from ascolto.administration.services.changing import NotAllowed
from ascolto.cases.queries.loads import open_cases_of
from ascolto.cases.services.parting import part_with
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.desk.settings.saving import mark, say_saved
from ascolto.desk.setup_forms import ROLES, InviteForm
from ascolto.staff import queries
from ascolto.staff.models import Colleague, Invitation, Team
from ascolto.staff.services import AlreadyHere
from ascolto.timeline.queries import history_of
from ascolto.timeline.references import reference

AnyForm = TypeVar("AnyForm", bound=forms.Form)


class ColleagueForm(forms.Form):
    role = forms.ChoiceField(choices=ROLES, label=gettext_lazy("Che cosa fa"))
    teams = forms.ModelMultipleChoiceField(
        queryset=Team.objects.order_by("name"),
        required=False,
        label=gettext_lazy("Squadre"),
        widget=forms.CheckboxSelectMultiple,
    )


def _offer_roles(form: AnyForm, by: Colleague) -> AnyForm:
    """Only an owner is offered the owner's role; the deed itself refuses it once more."""
    field = form.fields["role"]
    if isinstance(field, forms.ChoiceField) and by.role == Colleague.Role.OWNER:
        field.choices = list(Colleague.Role.choices)
    return form


def said(problem: NotAllowed) -> str:
    """A refusal as a sentence."""
    if Refusal.LAST_OWNER in problem.refusals:
        return _("È l’unico titolare: prima nominane un altro, o nessuno potrebbe più entrare qui.")
    if Refusal.OWNERS_ALONE in problem.refusals:
        return _("Solo un titolare nomina, cambia o congeda un titolare.")
    return _("Questo lo può fare solo chi dirige.")


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return _page(request, _offer_roles(InviteForm(), colleague_of(request)))


def _page(
    request: HttpRequest, form: forms.Form, *, invited: str = "", link: str = "", status: int = 200
) -> HttpResponse:
    here = list(queries.colleagues().prefetch_related("teams"))
    loads = open_cases_of(here)
    context = {
        "section": "preferences",
        "place": "people",
        "here": [(one, loads.get(one.pk, 0)) for one in here],
        "seats": queries.seats_kept(now=timezone.now()).prefetch_related("teams"),
        "former": queries.former(),
        "form": form,
        "invited": invited,
        "link": link,
    }
    return render(request, "desk/settings/people.html", context, status=status)


@leads_only
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    """The link is shown on the answer to this and nowhere else, so there is no redirect."""
    by = colleague_of(request)
    form = _offer_roles(InviteForm(request.POST), by)
    if not form.is_valid():
        return _page(request, form, status=422)
    asked = form.cleaned_data
    try:
        token = deeds.invite(
            asked["email"],
            role=asked["role"],
            teams=list(asked["teams"]),
            by=by,
            now=timezone.now(),
        )
    except AlreadyHere:
        form.add_error("email", _("Chi ha questa e-mail lavora già qui."))
        return _page(request, form, status=422)
    except NotAllowed as problem:
        form.add_error("role", said(problem))
        return _page(request, form, status=422)
    link = f"{settings.PUBLIC_URL}/invito/{token}/"
    return _page(request, _offer_roles(InviteForm(), by), invited=asked["email"], link=link)


@leads_only
@require_POST
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    invitation = get_object_or_404(Invitation, pk=invitation_id)
    deeds.withdraw_invitation(invitation, by=colleague_of(request), now=timezone.now())
    messages.success(
        request, _("L’invito per %(email)s non apre più niente.") % {"email": invitation.email}
    )
    return redirect("desk:settings_people")


@leads_only
@require_safe
def one(request: HttpRequest, colleague_id: int) -> HttpResponse:
    colleague = get_object_or_404(Colleague, pk=colleague_id)
    teams = colleague.teams.all()
    form = ColleagueForm(initial={"role": colleague.role, "teams": teams})
    return _one(request, colleague, form)


def _one(request: HttpRequest, colleague: Colleague, form: ColleagueForm) -> HttpResponse:
    me = colleague_of(request)
    context = {
        "section": "preferences",
        "place": "people",
        "colleague": colleague,
        "form": _offer_roles(form, me),
        "mark": mark(deeds.colleague_state(colleague)),
        "held": open_cases_of([colleague]).get(colleague.pk, 0),
        "mine": colleague.pk == me.pk,
        "history": history_of(reference("colleague", colleague.pk), limit=20)[::-1],
    }
    status = 422 if form.errors else 200
    return render(request, "desk/settings/person.html", context, status=status)


@leads_only
@require_POST
def save(request: HttpRequest, colleague_id: int) -> HttpResponse:
    colleague = get_object_or_404(queries.colleagues(), pk=colleague_id)
    by = colleague_of(request)
    form = _offer_roles(ColleagueForm(request.POST), by)
    if not form.is_valid():
        return _one(request, colleague, form)
    before = deeds.colleague_state(colleague)
    asked = form.cleaned_data
    try:
        deeds.change_colleague(
            colleague, role=asked["role"], teams=list(asked["teams"]), by=by, now=timezone.now()
        )
    except NotAllowed as problem:
        form.add_error("role", said(problem))
        return _one(request, colleague, form)
    sentence = _("Salvato: vale da subito per %(name)s.") % {"name": colleague.name}
    subject = reference("colleague", colleague.pk)
    say_saved(request, sentence, subject=subject, before=before)
    return redirect("desk:settings_person", colleague.pk)


@leads_only
@require_POST
def leave(request: HttpRequest, colleague_id: int) -> HttpResponse:
    """Somebody leaves the company. What was his is free at once, and the page counts it."""
    colleague = get_object_or_404(queries.colleagues(), pk=colleague_id)
    try:
        parted = part_with(colleague, by=colleague_of(request), now=timezone.now())
    except NotAllowed as problem:
        messages.error(request, said(problem))
        return redirect("desk:settings_person", colleague.pk)
    freed = ngettext("%d caso è libero", "%d casi sono liberi", parted.freed) % parted.freed
    keys = ngettext("%d chiave spenta", "%d chiavi spente", parted.revoked) % parted.revoked
    messages.success(
        request,
        _("%(name)s non entra più. %(freed)s, %(keys)s.")
        % {"name": colleague.name, "freed": freed, "keys": keys},
    )
    return redirect("desk:settings_people")
