"""Words written once and said often: one's own, a team's, and everybody's."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ascolto.administration.services import macros as deeds
from ascolto.desk.guards import colleague_of, signed_in
from ascolto.desk.setup_forms import LANGUAGES
from ascolto.knowledge.models import Macro
from ascolto.knowledge.policy import FIELDS
from ascolto.staff.models import Colleague, Team

EVERYBODY, MINE = "tutti", "mia"
SHOWN = 300
SHOWN_RETIRED = 30


class MacroForm(forms.Form):
    title = forms.CharField(max_length=80, label=gettext_lazy("Nome, per ritrovarla"))
    text = forms.CharField(
        required=False,
        max_length=10_000,
        label=gettext_lazy("Testo"),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    language = forms.ChoiceField(choices=LANGUAGES, label=gettext_lazy("Lingua"))
    whose = forms.ChoiceField(label=gettext_lazy("Di chi è"))
    tags = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Etichette che mette"),
        help_text=gettext_lazy("Separate da virgole."),
    )
    resolve = forms.BooleanField(
        required=False, label=gettext_lazy("Risolve il caso quando la risposta parte")
    )

    def __init__(self, *args: Any, by: Colleague, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["whose"]
        teams = Team.objects.order_by("name")
        teams = teams if by.leads else teams.filter(members=by)
        choices = [(MINE, _("solo mia"))]
        choices += [(str(team.pk), team.name) for team in teams]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(EVERYBODY, _("di tutti")), *choices] if by.leads else choices

    def owner_and_team(self, by: Colleague) -> tuple[Colleague | None, Team | None]:
        whose = self.cleaned_data["whose"]
        if whose in {MINE, EVERYBODY}:
            return (by if whose == MINE else None), None
        return None, Team.objects.get(pk=int(whose))

    def deeds(self, before: dict[str, Any]) -> dict[str, Any]:
        """What happens besides; what this form does not know of stays as it was."""
        kept = {name: what for name, what in before.items() if name not in {"tags", "resolve"}}
        tags = [tag.strip() for tag in self.cleaned_data["tags"].split(",") if tag.strip()]
        if tags:
            kept["tags"] = tags
        if self.cleaned_data["resolve"]:
            kept["resolve"] = True
        return kept


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return _page(request, None, MacroForm(by=colleague_of(request)))


@signed_in
@require_safe
def one(request: HttpRequest, macro_id: int) -> HttpResponse:
    me = colleague_of(request)
    macro = get_object_or_404(_his(me), pk=macro_id)
    tags = macro.deeds.get("tags")
    initial = {
        "title": macro.title,
        "text": macro.text,
        "language": macro.language,
        "whose": MINE if macro.owner_id else str(macro.team_id or EVERYBODY),
        "tags": ", ".join(map(str, tags)) if isinstance(tags, list) else "",
        "resolve": bool(macro.deeds.get("resolve")),
    }
    return _page(request, macro, MacroForm(by=me, initial=initial))


@signed_in
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    return _save(request, None)


@signed_in
@require_POST
def save(request: HttpRequest, macro_id: int) -> HttpResponse:
    return _save(request, get_object_or_404(_his(colleague_of(request)), pk=macro_id))


def _save(request: HttpRequest, macro: Macro | None) -> HttpResponse:
    me = colleague_of(request)
    form = MacroForm(request.POST, by=me)
    if not form.is_valid():
        return _page(request, macro, form)
    owner, team = form.owner_and_team(me)
    asked = form.cleaned_data
    try:
        kept = deeds.save_macro(
            macro=macro,
            title=asked["title"],
            text=asked["text"],
            language=asked["language"],
            deeds=form.deeds(macro.deeds if macro else {}),
            owner=owner,
            team=team,
            by=me,
            now=timezone.now(),
        )
    except deeds.UnknownField as problem:
        named = ", ".join(f"{{{name}}}" for name in problem.args)
        form.add_error("text", _("Niente riempirebbe %(fields)s.") % {"fields": named})
        return _page(request, macro, form)
    except deeds.EmptyMacro:
        form.add_error("text", _("Scrivi un testo, o scegli qualcosa che accade."))
        return _page(request, macro, form)
    messages.success(request, _("«%(name)s» è salvata: si trova con /.") % {"name": kept.title})
    return redirect("desk:settings_macros")


@signed_in
@require_POST
def retire(request: HttpRequest, macro_id: int) -> HttpResponse:
    me = colleague_of(request)
    macro = get_object_or_404(_his(me), pk=macro_id)
    deeds.retire_macro(macro, by=me, now=timezone.now())
    messages.success(request, _("«%(name)s» non si propone più.") % {"name": macro.title})
    return redirect("desk:settings_macros")


@signed_in
@require_POST
def restore(request: HttpRequest, macro_id: int) -> HttpResponse:
    me = colleague_of(request)
    macro = get_object_or_404(_his(me, retired=True), pk=macro_id)
    deeds.restore_macro(macro, by=me, now=timezone.now())
    messages.success(request, _("«%(name)s» si propone di nuovo.") % {"name": macro.title})
    return redirect("desk:settings_macros")


def _his(colleague: Colleague, *, retired: bool = False) -> QuerySet[Macro]:
    """What he may change: his own, his teams'; for who leads also everybody's."""
    teams = Team.objects.all() if colleague.leads else Team.objects.filter(members=colleague)
    may = Q(owner=colleague) | Q(team__in=teams.values("pk"))
    if colleague.leads:
        may |= Q(owner=None, team=None)
    return Macro.objects.filter(may, retired_at__isnull=not retired)


def _page(request: HttpRequest, macro: Macro | None, form: MacroForm) -> HttpResponse:
    macros = _his(colleague_of(request)).select_related("team").order_by("title", "pk")
    context = {
        "section": "preferences",
        "place": "macros",
        "macros": macros[:SHOWN],
        "retired": _his(colleague_of(request), retired=True).order_by("-retired_at")[
            :SHOWN_RETIRED
        ],
        "known": macro,
        "form": form,
        "fields": [f"{{{name}}}" for name in FIELDS],
    }
    status = 422 if form.errors else 200
    return render(request, "desk/settings/macros.html", context, status=status)
