"""What customers see of the company: its name, its language, its colour."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ascolto.administration.services import company as deeds
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.desk.settings.saving import mark, say_saved
from ascolto.desk.setup_forms import LANGUAGES
from ascolto.staff.queries import company
from ascolto.timeline.queries import history_of


class CompanyForm(forms.Form):
    name = forms.CharField(max_length=120, label=gettext_lazy("Nome, come lo leggono i clienti"))
    language = forms.ChoiceField(choices=LANGUAGES, label=gettext_lazy("Lingua di chi arriva"))
    colour = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        label=gettext_lazy("Colore delle pagine dei clienti"),
        widget=forms.TextInput(attrs={"type": "color"}),
        error_messages={"invalid": gettext_lazy("Scrivi il colore così: #0f5d61.")},
    )


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    ours = company()
    return _page(request, CompanyForm(initial=dict(deeds.company_state(ours))))


@leads_only
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    form = CompanyForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    before = deeds.company_state(company())
    asked = form.cleaned_data
    try:
        deeds.change_company(
            name=asked["name"],
            language=asked["language"],
            colour=asked["colour"],
            by=colleague_of(request),
            now=timezone.now(),
        )
    except deeds.UnreadableColour as problem:
        form.add_error("colour", _too_light(problem.contrast))
        return _page(request, form)
    sentence = _("Salvato: i clienti lo vedono da subito.")
    say_saved(request, sentence, subject=deeds.SUBJECT, before=before)
    return redirect("desk:settings_company")


def _too_light(contrast: float) -> str:
    return _(
        "Su questo colore le parole bianche non si leggono: il contrasto è %(has)s, ne serve 4,5. "
        "Scegline uno più scuro."
    ) % {"has": number_format(contrast, 1)}


def _page(request: HttpRequest, form: CompanyForm) -> HttpResponse:
    ours = company()
    context = {
        "section": "preferences",
        "place": "company",
        "form": form,
        "company": ours,
        "mark": mark(deeds.company_state(ours)),
        "history": history_of(deeds.SUBJECT, limit=20)[::-1],
    }
    status = 422 if form.errors else 200
    return render(request, "desk/settings/company.html", context, status=status)
