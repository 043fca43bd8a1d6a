"""Settings of the drafts: by whom they are prepared, and all that was ever told to him."""

from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from ascolto.administration.services import drafter as deeds
from ascolto.desk.guards import colleague_of
from ascolto.desk.settings.guard import leads_only
from ascolto.knowledge.drafting import DraftFailed, Ground
from ascolto.knowledge.models import DraftAsked, Drafter
from ascolto.knowledge.services.drafting import ask_for_draft, door
from ascolto.timeline.queries import history_of

SHOWN = 30
WHY: dict[str, Promise] = {
    "off": gettext_lazy("Le bozze sono spente."),
    "unreachable": gettext_lazy("Chi prepara le bozze non ha risposto in tempo."),
    "refused": gettext_lazy("L’indirizzo di chi prepara le bozze non si può chiamare da qui."),
    "key": gettext_lazy("La chiave di chi prepara le bozze non è più buona."),
    "unreadable": gettext_lazy("La bozza è arrivata in una forma che non si legge."),
    "no_answer": gettext_lazy("Nelle fonti non c’è la risposta: nessuna bozza."),
}


class DrafterForm(forms.Form):
    url = forms.CharField(
        max_length=300,
        label=gettext_lazy("Indirizzo"),
        help_text=gettext_lazy("Di un’interfaccia come quella di OpenAI, fino a /v1."),
    )
    model = forms.CharField(max_length=120, label=gettext_lazy("Modello"))
    key = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Chiave"),
        help_text=gettext_lazy("Si tiene cifrata e non si rilegge. Vuota: resta quella di prima."),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    is_on = forms.BooleanField(required=False, label=gettext_lazy("Chiedi bozze"))

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip().rstrip("/")
        parts = urlsplit(url)
        private = parts.hostname in settings.SOURCE_PRIVATE_HOSTS
        if not parts.hostname or not (parts.scheme == "https" or (private and parts.scheme)):
            raise forms.ValidationError(
                _("Scrivi l’indirizzo intero, che comincia con https://."), code="address"
            )
        return url


@leads_only
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest) -> HttpResponse:
    known = Drafter.objects.filter(pk=1).first()
    initial = {"url": known.url, "model": known.model, "is_on": known.is_on} if known else {}
    form = DrafterForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        deeds.save_drafter(**form.cleaned_data, by=colleague_of(request), now=timezone.now())
        on = form.cleaned_data["is_on"]
        messages.success(request, _("Salvato: le bozze si chiedono.") if on else _("Spento."))
        return redirect("desk:settings_drafter")
    context = {
        "section": "preferences",
        "place": "drafter",
        "form": form,
        "known": known,
        "asked": DraftAsked.objects.select_related("by").order_by("-at", "-pk")[:SHOWN],
        "history": history_of(deeds.SUBJECT, limit=20)[::-1],
    }
    status = 422 if form.is_bound else 200
    return render(request, "desk/knowledge/drafter.html", context, status=status)


@leads_only
@require_POST
def try_out(request: HttpRequest) -> HttpResponse:
    """A question of nobody's, with a source of ours that answers it."""
    ground = Ground("article:0", _("Orari"), _("Rispondiamo dalle 9 alle 18."))
    question = _("A che ora rispondete?")
    try:
        draft = ask_for_draft(
            question,
            [ground],
            names=[],
            language="it",
            case_id=0,
            through=door(private_ok_for=settings.SOURCE_PRIVATE_HOSTS),
            by=colleague_of(request),
            now=timezone.now(),
        )
    except DraftFailed as problem:
        messages.error(request, str(WHY[problem.why]))
    else:
        messages.success(request, _("Risponde: «%(words)s»") % {"words": draft.text[:300]})
    return redirect("desk:settings_drafter")
