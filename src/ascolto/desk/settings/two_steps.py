"""Which roles sign in with two steps, from when, and who of them does not yet."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ascolto.administration.services import factors as deeds
from ascolto.administration.services.changing import NotAllowed
from ascolto.desk.guards import colleague_of
from ascolto.desk.security.factors import due, without_factor
from ascolto.desk.settings.guard import leads_only
from ascolto.desk.settings.saving import mark, say_saved
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company
from ascolto.timeline.queries import history_of


class RuleForm(forms.Form):
    roles = forms.MultipleChoiceField(
        choices=Colleague.Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Chi entra con due passi"),
        help_text=gettext_lazy("Nessuna scelta: ognuno decide per sé."),
    )
    grace = forms.IntegerField(
        min_value=0,
        max_value=deeds.LONGEST_GRACE,
        label=gettext_lazy("Giorni per prepararsi"),
        help_text=gettext_lazy(
            "Passati questi, senza secondo passo non si va oltre la pagina che lo chiede."
        ),
    )


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    house = company()
    form = RuleForm(initial={"roles": house.factor_roles, "grace": house.factor_grace_days})
    return _page(request, form)


@leads_only
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    before = deeds.factor_state(company())
    try:
        deeds.ask_for_factors(
            form.cleaned_data["roles"],
            grace_days=form.cleaned_data["grace"],
            by=colleague_of(request),
            now=timezone.now(),
        )
    except NotAllowed:
        form.add_error("roles", _("Che cosa serve a un titolare lo decide un titolare."))
        return _page(request, form)
    sentence = _("Salvato: chi non l’ha ancora lo trova al prossimo ingresso.")
    say_saved(request, sentence, subject=deeds.SUBJECT, before=before)
    return redirect("desk:settings_security")


def _page(request: HttpRequest, form: RuleForm) -> HttpResponse:
    house = company()
    missing = [(one, due(one, house)) for one in without_factor()]
    context = {
        "section": "preferences",
        "place": "security",
        "form": form,
        "mark": mark(deeds.factor_state(house)),
        "missing": [(one, moment) for one, moment in missing if moment],
        "now": timezone.now(),
        "is_on": bool(house.factor_roles),
        "history": history_of(deeds.SUBJECT, limit=20)[::-1],
    }
    status = 422 if form.errors else 200
    return render(request, "desk/security/rule.html", context, status=status)
