"""Fields of a case: what this company wants to know."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ascolto.cases.models import Field
from ascolto.cases.services import vocabulary as deeds
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.desk.settings.saving import mark, say_saved
from ascolto.timeline.references import reference


class FieldForm(forms.Form):
    title = forms.CharField(max_length=80, label=gettext_lazy("Nome del campo"))
    kind = forms.ChoiceField(choices=Field.Kind.choices, label=gettext_lazy("Tipo"))
    choices = forms.CharField(
        required=False,
        max_length=5000,
        label=gettext_lazy("Scelte, una per riga"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    needed_to_resolve = forms.BooleanField(
        required=False, label=gettext_lazy("Serve per risolvere un caso")
    )
    position = forms.IntegerField(
        min_value=0, max_value=999, initial=0, label=gettext_lazy("Posto nell’elenco")
    )

    def asked(self) -> deeds.Asked:
        said = self.cleaned_data
        lines = [line.strip()[:200] for line in said["choices"].splitlines()]
        choices = [line for line in lines if line]
        return deeds.Asked(**{**said, "choices": choices})


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    return _page(request, None, FieldForm())


@leads_only
@require_safe
def one(request: HttpRequest, field_id: int) -> HttpResponse:
    known = get_object_or_404(Field, pk=field_id)
    form = FieldForm(
        initial={
            "title": known.title,
            "kind": known.kind,
            "choices": "\n".join(known.choices),
            "needed_to_resolve": known.needed_to_resolve,
            "position": known.position,
        }
    )
    return _page(request, known, form)


@leads_only
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    return _save(request, None)


@leads_only
@require_POST
def save(request: HttpRequest, field_id: int) -> HttpResponse:
    return _save(request, get_object_or_404(Field, pk=field_id))


def _save(request: HttpRequest, known: Field | None) -> HttpResponse:
    form = FieldForm(request.POST)
    if not form.is_valid():
        return _page(request, known, form)
    before = deeds.field_state(known) if known else {}
    by = colleague_of(request)
    try:
        field = deeds.save_field(known, form.asked(), by=by, now=timezone.now())
    except deeds.NoChoices:
        form.add_error("choices", _("Una scelta ha bisogno di almeno una riga."))
        return _page(request, known, form)
    sentence = _("Il campo %(name)s è salvato.") % {"name": field.title}
    say_saved(request, sentence, subject=reference("field", field.pk), before=before)
    return redirect("desk:settings_fields")


@leads_only
@require_POST
def retire(request: HttpRequest, field_id: int) -> HttpResponse:
    known = get_object_or_404(Field, pk=field_id)
    deeds.retire_field(known, by=colleague_of(request), now=timezone.now())
    told = {"name": known.title}
    messages.success(request, _("%(name)s non si chiede più; quello che c’è scritto resta.") % told)
    return redirect("desk:settings_fields")


def _page(request: HttpRequest, known: Field | None, form: FieldForm) -> HttpResponse:
    if known is not None:
        form.fields["kind"].disabled = True
        form.initial["kind"] = known.kind
    context = {
        "section": "preferences",
        "place": "fields",
        "fields": Field.objects.order_by("retired_at", "position", "title"),
        "known": known,
        "form": form,
        "mark": mark(deeds.field_state(known)) if known else "",
    }
    status = 422 if form.errors else 200
    return render(request, "desk/settings/fields.html", context, status=status)
