"""Who can do what, and how well each thing is covered."""

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ascolto.administration.services import skills as deeds
from ascolto.cases.models import MessageReading
from ascolto.cases.queries.loads import open_cases_of
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.desk.settings.saving import mark, say_saved
from ascolto.staff import queries
from ascolto.staff.models import Colleague, Competence, Skill
from ascolto.staff.services import NameTaken
from ascolto.timeline.references import reference

LEVELS = [
    ("", gettext_lazy("no")),
    ("can", gettext_lazy("sa fare")),
    ("learns", gettext_lazy("impara")),
]
MOST_LANGUAGES = 10
TOPICS = [(one.value, one.label) for one in MessageReading.Topic if one != "other"]


@dataclass(frozen=True, slots=True)
class Row:
    colleague: Colleague
    levels: list[str]  # one for each competence: "can", "learns" or ""
    load: int


@dataclass(frozen=True, slots=True)
class Cover:
    able: int
    learning: int


class AbilityForm(forms.Form):
    languages = forms.CharField(
        max_length=60,
        required=False,
        label=gettext_lazy("Lingue in cui sa rispondere"),
        help_text=gettext_lazy("Le sigle separate da virgole, come it, en."),
    )
    most_cases = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1000,
        label=gettext_lazy("Casi aperti al massimo"),
        help_text=gettext_lazy("Vuoto: nessun limite."),
    )

    def __init__(self, data: object = None, *, colleague: Colleague) -> None:
        known = {
            f"c{one.competence_id}": "learns" if one.is_learning else "can"
            for one in Skill.objects.filter(colleague=colleague)
        }
        ours = {"languages": ", ".join(colleague.languages), "most_cases": colleague.most_cases}
        super().__init__(data, initial={**known, **ours})  # type: ignore[arg-type] # a QueryDict or nothing
        self.competences = list(Competence.objects.order_by("name"))
        for one in self.competences:
            self.fields[f"c{one.pk}"] = forms.ChoiceField(
                choices=LEVELS, required=False, label=one.name
            )

    def clean_languages(self) -> list[str]:
        parts = str(self.cleaned_data["languages"]).replace(",", " ").lower().split()
        plain = all(len(part) == 2 and part.isascii() and part.isalpha() for part in parts)  # noqa: PLR2004 # ISO 639-1
        if not plain or len(parts) > MOST_LANGUAGES:
            raise forms.ValidationError(_("Scrivi le sigle di due lettere: it, en."))
        return list(dict.fromkeys(parts))

    def ability(self) -> deeds.Ability:
        levels = {one.pk: self.cleaned_data[f"c{one.pk}"] for one in self.competences}
        return deeds.Ability(
            {pk: level == "learns" for pk, level in levels.items() if level},
            self.cleaned_data["languages"],
            self.cleaned_data["most_cases"],
        )


class TopicsForm(forms.Form):
    topics = forms.MultipleChoiceField(
        choices=TOPICS,
        required=False,
        label=gettext_lazy("Temi"),
    )


class CompetenceForm(forms.Form):
    name = forms.CharField(max_length=80, label=gettext_lazy("Nome della competenza"))


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return _matrix(request, CompetenceForm())


def _matrix(request: HttpRequest, form: CompetenceForm, *, status: int = 200) -> HttpResponse:
    competences = list(Competence.objects.order_by("name"))
    here = list(queries.colleagues())
    loads = open_cases_of(here)
    known = {
        (one.colleague_id, one.competence_id): "learns" if one.is_learning else "can"
        for one in Skill.objects.filter(colleague__in=here)
    }
    rows = [
        Row(who, [known.get((who.pk, one.pk), "") for one in competences], loads.get(who.pk, 0))
        for who in here
    ]
    covers = [
        Cover(
            sum(row.levels[at] == "can" for row in rows),
            sum(row.levels[at] == "learns" for row in rows),
        )
        for at in range(len(competences))
    ]
    context = {
        "section": "preferences",
        "place": "skills",
        "competences": competences,
        "rows": rows,
        "covers": covers,
        "form": form,
        "topics": TOPICS,
    }
    status = 422 if form.errors else status
    return render(request, "desk/settings/skills.html", context, status=status)


@leads_only
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    form = CompetenceForm(request.POST)
    if not form.is_valid():
        return _matrix(request, form)
    try:
        made = deeds.add_competence(
            form.cleaned_data["name"], by=colleague_of(request), now=timezone.now()
        )
    except NameTaken:
        form.add_error("name", _("C’è già una competenza con questo nome."))
        return _matrix(request, form)
    messages.success(request, _("%(name)s c’è: ora di’ chi la sa fare.") % {"name": made.name})
    return redirect("desk:settings_skills")


@leads_only
@require_POST
def cover(request: HttpRequest, competence_id: int) -> HttpResponse:
    """Which topics a competence covers."""
    competence = get_object_or_404(Competence, pk=competence_id)
    form = TopicsForm(request.POST)
    if not form.is_valid():
        return _matrix(request, CompetenceForm(), status=422)
    deeds.set_topics(
        competence, form.cleaned_data["topics"], by=colleague_of(request), now=timezone.now()
    )
    messages.success(request, _("Temi di %(name)s salvati.") % {"name": competence.name})
    return redirect("desk:settings_skills")


@leads_only
@require_POST
def remove(request: HttpRequest, competence_id: int) -> HttpResponse:
    competence = get_object_or_404(Competence, pk=competence_id)
    deeds.remove_competence(competence, by=colleague_of(request), now=timezone.now())
    messages.success(request, _("La competenza %(name)s non c’è più.") % {"name": competence.name})
    return redirect("desk:settings_skills")


@leads_only
@require_safe
def one(request: HttpRequest, colleague_id: int) -> HttpResponse:
    colleague = get_object_or_404(queries.colleagues(), pk=colleague_id)
    return _one(request, colleague, AbilityForm(colleague=colleague))


def _one(request: HttpRequest, colleague: Colleague, form: AbilityForm) -> HttpResponse:
    context = {
        "section": "preferences",
        "place": "skills",
        "colleague": colleague,
        "form": form,
        "mark": mark(deeds.ability_state(colleague)),
    }
    status = 422 if form.errors else 200
    return render(request, "desk/settings/skill.html", context, status=status)


@leads_only
@require_POST
def save(request: HttpRequest, colleague_id: int) -> HttpResponse:
    colleague = get_object_or_404(queries.colleagues(), pk=colleague_id)
    form = AbilityForm(request.POST, colleague=colleague)
    if not form.is_valid():
        return _one(request, colleague, form)
    before = deeds.ability_state(colleague)
    deeds.set_ability(colleague, form.ability(), by=colleague_of(request), now=timezone.now())
    sentence = _("Competenze di %(name)s salvate.") % {"name": colleague.name}
    say_saved(request, sentence, subject=reference("colleague", colleague.pk), before=before)
    return redirect("desk:settings_skills")
