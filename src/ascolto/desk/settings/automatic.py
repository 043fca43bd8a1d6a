"""What leaves by itself, in the company's own words, seen as it will be read."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from ascolto.administration.services import templates as deeds
from ascolto.administration.services.macros import UnknownField
from ascolto.cases.services.acknowledging import our_acknowledgement
from ascolto.cases.services.pointing import our_pointer
from ascolto.cases.services.saying import our_link_line
from ascolto.desk.guards import colleague_of
from ascolto.desk.security.telling import an_example
from ascolto.desk.security.telling import our_words as our_security
from ascolto.desk.settings.guard import leads_only
from ascolto.desk.settings.saving import mark, say_saved
from ascolto.desk.setup_forms import LANGUAGES
from ascolto.knowledge.automatic import FIELDS, Words, our_sign_in
from ascolto.knowledge.models import Template
from ascolto.staff.queries import company
from ascolto.timeline.queries import history_of
from ascolto.triage.acknowledging import our_receipt

OURS: dict[str, Callable[[str], Words]] = {
    Template.Key.RECEIPT: our_receipt,
    Template.Key.LINK_LINE: lambda language: Words("", our_link_line(language)),
    Template.Key.SIGN_IN: our_sign_in,
    Template.Key.SECURITY: our_security,
    Template.Key.POINTER: our_pointer,
    Template.Key.READ_IT: our_acknowledgement,
}


@dataclass(frozen=True, slots=True)
class Text:
    key: str
    language: str
    name: str
    speech: str
    is_own: bool


class TextForm(forms.Form):
    subject = forms.CharField(max_length=200, required=False, label=gettext_lazy("Oggetto"))
    text = forms.CharField(
        max_length=4000,
        label=gettext_lazy("Testo"),
        widget=forms.Textarea(attrs={"rows": 9}),
    )


@leads_only
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    own = set(Template.objects.values_list("key", "language"))
    texts = [
        Text(key, code, str(key.label), speech, (key, code) in own)
        for key in map(Template.Key, OURS)
        for code, speech in LANGUAGES
    ]
    context = {"section": "preferences", "place": "templates", "texts": texts}
    return render(request, "desk/settings/templates.html", context)


@leads_only
@require_safe
def one(request: HttpRequest, key: str, language: str) -> HttpResponse:
    key = _known(key, language)
    words = _words_now(key, language)
    form = TextForm(initial={"subject": words.subject, "text": words.text})
    return _page(request, key, language, form, words)


@leads_only
@require_POST
def save(request: HttpRequest, key: str, language: str) -> HttpResponse:
    """With «guarda» it is only shown as it would be read."""
    key = _known(key, language)
    form = TextForm(request.POST)
    if not form.is_valid():
        return _page(request, key, language, form, _words_now(key, language))
    words = Words(form.cleaned_data["subject"], form.cleaned_data["text"])
    if "guarda" in request.POST:
        return _page(request, key, language, form, words)
    before = deeds.template_state(key, language)
    try:
        deeds.save_template(
            key,
            language,
            subject=words.subject,
            text=words.text,
            by=colleague_of(request),
            now=timezone.now(),
        )
    except UnknownField as problem:
        named = ", ".join(f"{{{name}}}" for name in problem.args)
        form.add_error("text", _("Niente riempirebbe %(fields)s.") % {"fields": named})
        return _page(request, key, language, form, words)
    sentence = _("Salvato: da adesso parte con le vostre parole.")
    say_saved(request, sentence, subject=deeds.template_subject(key, language), before=before)
    return redirect("desk:settings_template", key, language)


@leads_only
@require_POST
def drop(request: HttpRequest, key: str, language: str) -> HttpResponse:
    key = _known(key, language)
    before = deeds.template_state(key, language)
    deeds.drop_template(key, language, by=colleague_of(request), now=timezone.now())
    sentence = _("Da adesso parte con le parole di Ascolto.")
    say_saved(request, sentence, subject=deeds.template_subject(key, language), before=before)
    return redirect("desk:settings_template", key, language)


def _known(key: str, language: str) -> str:
    if key not in OURS or language not in dict(LANGUAGES):
        raise Http404
    return key


def _words_now(key: str, language: str) -> Words:
    state = deeds.template_state(key, language)
    if state["text"]:
        return Words(state["subject"], state["text"])
    return OURS[key](language)


def _page(
    request: HttpRequest, key: str, language: str, form: TextForm, words: Words
) -> HttpResponse:
    if key in {Template.Key.LINK_LINE, Template.Key.POINTER, Template.Key.READ_IT}:
        del form.fields["subject"]
    state = deeds.template_state(key, language)
    sample = {
        "caso": "C-1284",
        "squadra": _("Assistenza"),
        "azienda": company().name,
        "collega": colleague_of(request).name,
        "canale": "Bluesky",
        "nome": "Giulia",
        **an_example(),
    }
    context = {
        "section": "preferences",
        "place": "templates",
        "key": key,
        "language": language,
        "name": Template.Key(key).label,
        "speech": dict(LANGUAGES)[language],
        "form": form,
        "is_own": bool(state["text"]),
        "mark": mark(state),
        "fields": [f"{{{name}}}" for name in FIELDS[key]],
        "sample": words.filled(sample),
        "history": history_of(deeds.template_subject(key, language), limit=20)[::-1],
    }
    status = 422 if form.errors else 200
    return render(request, "desk/settings/template.html", context, status=status)
