"""«Trova un’impostazione»: by what its page is called, and by what can be filled in there."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from ascolto.desk.guards import colleague_of, signed_in
from ascolto.desk.security.forms import TokenForm, WebhookForm
from ascolto.desk.settings import automatic, company, fields, hours, macros, people, tags, teams
from ascolto.desk.settings.places import Place, places_of
from ascolto.desk.settings.two_steps import RuleForm
from ascolto.desk.setup_forms import InviteForm
from ascolto.desk.setup_mailbox_form import MailboxForm

LONGEST = 80
# What stands in a page's forms is found by itself; this is what stands only in its words.
ALSO: dict[str, Sequence[Promise]] = {
    "channels": (gettext_lazy("caselle, moduli, webhook in entrata, ricevuta automatica, guasti"),),
    "hours": (gettext_lazy("feste, chiusure, mezza giornata, ferie, santo patrono, provincia"),),
    "teams": (gettext_lazy("orologi, promesse, avvisi, chi viene avvisato, riservata"),),
    "people": (gettext_lazy("colleghi, inviti, ruoli, chi se ne va"),),
    "skills": (gettext_lazy("lingue, carico massimo, chi sa fare che cosa"),),
    "register": (gettext_lazy("chi ha cambiato che cosa, storia delle modifiche"),),
    "exchange": (
        gettext_lazy("clienti e casi da CSV, JSON, Excel; file, colonne, righe rifiutate"),
    ),
    "templates": (gettext_lazy("ricevuta, accesso del cliente, avvisi ai colleghi, oggetto"),),
    "tags": (gettext_lazy("rinomina, unisci, togli, rimetti"),),
    "access": (
        gettext_lazy("parola d’ordine, password, secondo passo, codici, chiavi, sessioni, uscire"),
    ),
    "tokens": (gettext_lazy("API, token, programmi, permessi, scadenza"),),
    "security": (gettext_lazy("secondo fattore, due passi, obbligo, MFA, passkey, recupero"),),
    "preferences": (
        gettext_lazy("tema chiaro e scuro, lingua, tasti, firma, tempo per ripensarci, densità"),
    ),
    "reading": (gettext_lazy("modello, correzioni, imparare, tornare indietro"),),
    "macros": (gettext_lazy("macro, modelli di risposta, scorciatoie"),),
}
FORMS: dict[str, Sequence[type[Form]]] = {
    "company": (company.CompanyForm,),
    "channels": (MailboxForm,),
    "hours": (hours.WeekForm, hours.ClosureForm),
    "teams": (teams.TeamForm,),
    "people": (InviteForm, people.ColleagueForm),
    "tags": (tags.NameForm,),
    "fields": (fields.FieldForm,),
    "macros": (macros.MacroForm,),
    "templates": (automatic.TextForm,),
    "security": (RuleForm,),
    "tokens": (TokenForm,),
    "webhooks": (WebhookForm,),
}


@dataclass(frozen=True, slots=True)
class Found:
    place: Place
    labels: list[str]  # what on its page was meant; empty when its name was


@signed_in
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """The pages of settings in which all the words stand. Only those he may open."""
    said = request.GET.get("q", "")[:LONGEST].strip()
    places = [one for group in places_of(colleague_of(request)) for one in group.places]
    context = {
        "section": "preferences",
        "place": "find",
        "sought": said,
        "found": found_among(places, said) if said else [],
    }
    return render(request, "desk/settings/find.html", context)


def found_among(places: Iterable[Place], said: str) -> list[Found]:
    """Pages called so come first, then those where something is called so."""
    words = _plain(said).split()
    named, within = [], []
    for place in places:
        if all(word in _plain(place.name) for word in words):
            named.append(Found(place, []))
            continue
        labels = [one for one in _labels(place.key) if any(word in _plain(one) for word in words)]
        everything = _plain(" ".join([place.name, *labels]))
        if labels and all(word in everything for word in words):
            within.append(Found(place, labels[:4]))
    return [*named, *within]


def _labels(key: str) -> Iterator[str]:
    for form in FORMS.get(key, ()):
        for name, field in form.base_fields.items():
            yield str(field.label or name)
    yield from map(str, ALSO.get(key, ()))


def _plain(text: str) -> str:
    """Without capitals and accents, and with one kind of apostrophe."""
    apart = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
