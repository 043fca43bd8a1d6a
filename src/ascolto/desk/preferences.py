"""One's own settings, and the hours of the teams to read."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from ascolto.desk.guards import colleague_of, signed_in
from ascolto.staff.models import Colleague
from ascolto.staff.queries import teams

UNDO = [(5, "5 s"), (10, "10 s"), (20, "20 s"), (30, "30 s"), (60, "60 s")]
LANGUAGES = [("it", "Italiano"), ("en", "English")]
THEMES = [
    ("", gettext_lazy("Come il sistema")),
    ("light", gettext_lazy("Chiaro")),
    ("dark", gettext_lazy("Scuro")),
]
DENSITIES = [
    ("comoda", gettext_lazy("Comoda")),
    ("", gettext_lazy("Normale")),
    ("compatta", gettext_lazy("Compatta")),
]


class PreferencesForm(forms.ModelForm):  # type: ignore[type-arg] # it takes none when it runs
    language = forms.ChoiceField(choices=LANGUAGES, label=gettext_lazy("Lingua delle pagine"))
    theme = forms.ChoiceField(choices=THEMES, required=False, label=gettext_lazy("Aspetto"))
    density = forms.ChoiceField(choices=DENSITIES, required=False, label=gettext_lazy("Densità"))
    undo_seconds = forms.TypedChoiceField(
        choices=UNDO, coerce=int, label=gettext_lazy("Tempo per richiamare una risposta")
    )

    class Meta:
        model = Colleague
        fields = (
            "language",
            "theme",
            "density",
            "undo_seconds",
            "signature",
            "keys_on",
            "shows_abuse",
        )
        widgets = {  # noqa: RUF012 # as below
            "signature": forms.Textarea(attrs={"rows": 3}),  # a box of one line would drop its ends
        }
        labels = {  # noqa: RUF012 # Django reads it once
            "signature": gettext_lazy("Firma sotto le risposte"),
            "keys_on": gettext_lazy("Tasti rapidi di una lettera"),
            "shows_abuse": gettext_lazy("Mostra subito anche i messaggi offensivi"),
        }


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    me = colleague_of(request)
    form = PreferencesForm(request.POST or None, instance=me)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Preferenze salvate."))
        return redirect("desk:preferences")
    context = {
        "section": "preferences",
        "place": "preferences",
        "form": form,
        "teams": teams().prefetch_related("calendar__openings"),
    }
    return render(request, "desk/preferences.html", context, status=422 if form.is_bound else 200)
