"""Teams and what they promise, said as hours, and shown with an example that was reckoned."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ascolto.administration.services import teams as deeds
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.durations import DurationField
from ascolto.desk.settings.example import worked_example
from ascolto.desk.settings.guard import leads_only
from ascolto.desk.settings.saving import mark, say_saved
from ascolto.staff.models import Calendar, Colleague, Team
from ascolto.staff.services import NameTaken
from ascolto.timeline.queries import history_of
from ascolto.timeline.references import reference


class TeamForm(forms.Form):
    name = forms.CharField(max_length=80, label=gettext_lazy("Nome della squadra"))
    members = forms.ModelMultipleChoiceField(
        queryset=Colleague.objects.filter(left_at=None).order_by("name"),
        required=False,
        label=gettext_lazy("Chi ne fa parte"),
        widget=forms.CheckboxSelectMultiple,
    )
    is_reserved = forms.BooleanField(
        required=False, label=gettext_lazy("Riservata: la vedono solo i suoi e i responsabili")
    )
    calendar = forms.ModelChoiceField(
        queryset=Calendar.objects.order_by("name"),
        empty_label=None,
        label=gettext_lazy("Orario"),
    )
    first_answer = DurationField(label=gettext_lazy("Prima risposta entro, in ore d’apertura"))
    next_answer = DurationField(label=gettext_lazy("Risposte seguenti entro"))
    update = DurationField(
        required=False,
        label=gettext_lazy("Un aggiornamento almeno ogni"),
        help_text=gettext_lazy("Vuoto: questo orologio non c’è."),
    )
    resolution = DurationField(
        required=False,
        label=gettext_lazy("Soluzione entro"),
        help_text=gettext_lazy("Vuoto: questo orologio non c’è."),
    )
    warn_percent = forms.IntegerField(
        min_value=1,
        max_value=99,
        initial=75,
        label=gettext_lazy("Avvisa quando è passato, in percento"),
    )
    escalates_to = forms.ModelChoiceField(
        queryset=Colleague.objects.filter(left_at=None).order_by("name"),
        required=False,
        empty_label=gettext_lazy("nessuno"),
        label=gettext_lazy("A chi sale ciò che scade"),
    )

    def wanted(self) -> deeds.Wanted:
        asked = {**self.cleaned_data, "members": list(self.cleaned_data["members"])}
        return deeds.Wanted(**asked)


def _as_it_is(team: Team) -> dict[str, object]:
    return {
        "name": team.name,
        "members": team.members.filter(left_at=None),
        "is_reserved": team.is_reserved,
        "calendar": team.calendar,
        "first_answer": team.first_answer_minutes,
        "next_answer": team.next_answer_minutes,
        "update": team.update_minutes,
        "resolution": team.resolution_minutes,
        "warn_percent": team.warn_percent,
        "escalates_to": team.escalates_to,
    }


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    teams = Team.objects.select_related("calendar", "escalates_to").prefetch_related("members")
    context = {"section": "preferences", "place": "teams", "teams": teams.order_by("name")}
    return render(request, "desk/settings/teams.html", context)


@leads_only
@require_safe
def new(request: HttpRequest) -> HttpResponse:
    ours = {"first_answer": 240, "next_answer": 480, "calendar": Calendar.objects.first()}
    return _form(request, None, TeamForm(initial=ours))


@leads_only
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    form = TeamForm(request.POST)
    if not form.is_valid():
        return _form(request, None, form)
    try:
        team = deeds.add_team(form.wanted(), by=colleague_of(request), now=timezone.now())
    except NameTaken:
        form.add_error("name", _("C’è già una squadra con questo nome."))
        return _form(request, None, form)
    sentence = _("La squadra %(name)s c’è.") % {"name": team.name}
    say_saved(request, sentence, subject="", before={})
    return redirect("desk:settings_team", team.pk)


@leads_only
@require_safe
def one(request: HttpRequest, team_id: int) -> HttpResponse:
    team = _found(team_id)
    return _form(request, team, TeamForm(initial=_as_it_is(team)))


@leads_only
@require_POST
def save(request: HttpRequest, team_id: int) -> HttpResponse:
    team = _found(team_id)
    form = TeamForm(request.POST)
    if not form.is_valid():
        return _form(request, team, form)
    before = deeds.team_state(team)
    try:
        deeds.change_team(team, form.wanted(), by=colleague_of(request), now=timezone.now())
    except NameTaken:
        form.add_error("name", _("C’è già una squadra con questo nome."))
        return _form(request, team, form)
    sentence = _("Squadra salvata. Gli orologi già partiti tengono l’ora promessa.")
    say_saved(request, sentence, subject=reference("team", team.pk), before=before)
    return redirect("desk:settings_team", team.pk)


def _found(team_id: int) -> Team:
    return get_object_or_404(Team.objects.select_related("calendar", "escalates_to"), pk=team_id)


def _form(request: HttpRequest, team: Team | None, form: TeamForm) -> HttpResponse:
    now = timezone.now()
    context = {
        "section": "preferences",
        "place": "teams",
        "team": team,
        "form": form,
        "mark": mark(deeds.team_state(team)) if team else "",
        "example": worked_example(team.calendar, team.first_answer_minutes, now=now)
        if team
        else "",
        "history": history_of(reference("team", team.pk), limit=20)[::-1] if team else [],
    }
    status = 422 if form.errors else 200
    return render(request, "desk/settings/team.html", context, status=status)
