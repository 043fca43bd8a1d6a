"""The rules: what is alerted, to whom, by which ways, and where it goes if nobody takes it."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ascolto.alerts import services
from ascolto.alerts.models import Notice, Rule
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.listening.models import Monitor
from ascolto.staff.models import Team


class RuleForm(forms.Form):
    kind = forms.ChoiceField(choices=Rule.Kind.choices, label=gettext_lazy("Quando"))
    least_reach = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1_000_000_000,
        label=gettext_lazy("Quante persone lo seguono, almeno"),
        help_text=gettext_lazy("Solo per chi è molto seguito."),
    )
    monitors = forms.ModelMultipleChoiceField(
        queryset=Monitor.objects.none(),
        required=False,
        label=gettext_lazy("Solo per questi monitor"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nessuno scelto: per tutti."),
    )
    team = forms.ModelChoiceField(
        queryset=Team.objects.none(),
        required=False,
        empty_label=gettext_lazy("la squadra di cui si tratta"),
        label=gettext_lazy("Avvisa chi è di turno in"),
    )
    ways = forms.MultipleChoiceField(
        choices=Notice.Way.choices,
        label=gettext_lazy("Come"),
        widget=forms.CheckboxSelectMultiple,
    )
    urgent = forms.BooleanField(
        required=False, label=gettext_lazy("Urgente: anche nelle ore di silenzio")
    )
    escalate_minutes = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=10_080,
        label=gettext_lazy("Se nessuno lo prende, dopo quanti minuti avvisa altri"),
        help_text=gettext_lazy("Vuoto: mai."),
    )
    escalate_to = forms.ModelChoiceField(
        queryset=Team.objects.none(),
        required=False,
        empty_label=gettext_lazy("chi guida"),
        label=gettext_lazy("Gli altri sono"),
    )

    def __init__(self, data: object = None, *, rule: Rule | None = None) -> None:
        super().__init__(data, initial=_initial(rule))  # type: ignore[arg-type] # a QueryDict or nothing
        for name in ("team", "escalate_to"):
            self.fields[name].queryset = Team.objects.order_by("name")  # type: ignore[attr-defined] # a choice of models
        monitors = Monitor.objects.filter(retired_at=None).order_by("name")
        self.fields["monitors"].queryset = monitors  # type: ignore[attr-defined] # as above

    def wanted(self) -> services.Wanted:
        told = self.cleaned_data
        return services.Wanted(
            kind=told["kind"],
            ways=told["ways"],
            team=told["team"],
            monitors=[one.pk for one in told["monitors"]],
            least_reach=told["least_reach"],
            urgent=told["urgent"],
            escalate_minutes=told["escalate_minutes"],
            escalate_to=told["escalate_to"],
        )


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    rules = Rule.objects.filter(retired_at=None).select_related("team", "escalate_to")
    names = dict(Monitor.objects.values_list("pk", "name"))
    context = {
        "section": "preferences",
        "place": "alerts",
        "rules": [
            (rule, [names[pk] for pk in rule.monitors if pk in names])
            for rule in rules.order_by("-urgent", "pk")
        ],
    }
    return render(request, "desk/alerts/rules.html", context)


@leads_only
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, rule_id: int | None = None) -> HttpResponse:
    rule = get_object_or_404(Rule, pk=rule_id, retired_at=None) if rule_id else None
    form = RuleForm(request.POST or None, rule=rule)
    if request.method == "POST" and form.is_valid():
        me, now = colleague_of(request), timezone.now()
        try:
            if rule is None:
                services.make_rule(form.wanted(), by=me, now=now)
            else:
                services.change_rule(rule, form.wanted(), by=me, now=now)
        except services.BadRule as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Salvato: vale dal prossimo allarme."))
            return redirect("desk:settings_alerts")
    context = {"section": "preferences", "place": "alerts", "rule": rule, "form": form}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound else HTTPStatus.OK
    return render(request, "desk/alerts/rule.html", context, status=status)


@leads_only
@require_POST
def pause(request: HttpRequest, rule_id: int) -> HttpResponse:
    rule = get_object_or_404(Rule, pk=rule_id, retired_at=None)
    paused = rule.paused_at is None
    services.pause_rule(rule, paused=paused, by=colleague_of(request), now=timezone.now())
    done = _("In pausa: non avvisa nessuno.") if paused else _("Ripresa.")
    messages.success(request, done)
    return redirect("desk:settings_alerts")


@leads_only
@require_POST
def retire(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Removing it, and taking that back."""
    rule = get_object_or_404(Rule, pk=rule_id)
    retired = request.POST.get("annulla") != "1"
    services.retire_rule(rule, retired=retired, by=colleague_of(request), now=timezone.now())
    if retired:
        messages.success(request, _("Tolta. Gli allarmi già dati restano."))
    else:
        messages.success(request, _("Rimessa."))
    return redirect("desk:settings_alerts")


def _initial(rule: Rule | None) -> dict[str, object]:
    if rule is None:
        return {"ways": [Notice.Way.SCREEN, Notice.Way.PUSH], "escalate_minutes": 15}
    return {
        "kind": rule.kind,
        "least_reach": rule.least_reach,
        "monitors": rule.monitors,
        "team": rule.team_id,
        "ways": rule.ways,
        "urgent": rule.urgent,
        "escalate_minutes": rule.escalate_minutes,
        "escalate_to": rule.escalate_to_id,
    }
