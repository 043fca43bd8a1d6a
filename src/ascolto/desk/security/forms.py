from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.integrations import policy
from ascolto.integrations.models import Token

FAMILIES = [
    ("cases.*", gettext_lazy("Casi: aperti, passati, risolti, riaperti")),
    ("channels.*", gettext_lazy("Canali: arrivi, invii, guasti")),
    ("promises.*", gettext_lazy("Promesse e orologi")),
    ("people.*", gettext_lazy("Clienti")),
    ("portal.*", gettext_lazy("Quello che i clienti fanno nella loro pagina")),
    ("administration.*", gettext_lazy("Impostazioni e colleghi")),
]
SCOPES = [
    (Token.Scope.READ, gettext_lazy("Leggere")),
    (Token.Scope.WRITE, gettext_lazy("Scrivere: rispondere, annotare, spostare casi")),
    (Token.Scope.ADMIN, gettext_lazy("Amministrare")),
]
LASTING = [
    ("90", gettext_lazy("90 giorni")),
    ("365", gettext_lazy("Un anno")),
    ("", gettext_lazy("Finché qualcuno non la revoca")),
]


class KindsForm(forms.Form):
    """Nothing chosen means everything, and the page says so."""

    families = forms.MultipleChoiceField(
        choices=FAMILIES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Che cosa racconta"),
        help_text=gettext_lazy("Nessuna scelta: tutto."),
    )
    others = forms.CharField(
        required=False,
        max_length=600,
        label=gettext_lazy("Altri fatti, per nome"),
        help_text=gettext_lazy("Separati da spazi, per esempio: cases.opened cases.resolved"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def clean_others(self) -> list[str]:
        kinds = str(self.cleaned_data["others"]).replace(",", " ").split()
        wrong = [kind for kind in kinds if not policy.is_kind(kind)]
        if wrong:
            said = _("Un fatto si scrive come «cases.opened», non «%(kind)s».")
            raise forms.ValidationError(said % {"kind": wrong[0][:60]})
        return kinds

    def kinds(self) -> list[str]:
        return [*self.cleaned_data["families"], *self.cleaned_data["others"]]

    @staticmethod
    def initial_of(kinds: list[str]) -> dict[str, Any]:
        """How the kinds that were chosen before stand in the form."""
        known = {family for family, _words in FAMILIES}
        return {
            "families": [kind for kind in kinds if kind in known],
            "others": " ".join(kind for kind in kinds if kind not in known),
        }


class WebhookForm(KindsForm):
    title = forms.CharField(max_length=80, label=gettext_lazy("Nome"))
    url = forms.CharField(
        max_length=policy.LONGEST_URL,
        label=gettext_lazy("Indirizzo"),
        help_text=gettext_lazy("Di solito https://…; riceve una richiesta POST per ogni fatto."),
        widget=forms.URLInput(attrs={"autocomplete": "off"}),
    )
    field_order = ("title", "url", "families", "others")

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"])
        if not policy.is_address(url):
            raise forms.ValidationError(
                _("Scrivi un indirizzo intero, che comincia con https:// o http://.")
            )
        return url


class TokenForm(forms.Form):
    name = forms.CharField(
        max_length=80,
        label=gettext_lazy("A che cosa serve"),
        help_text=gettext_lazy("Per esempio il nome del programma che la usa."),
    )
    scopes = forms.MultipleChoiceField(
        choices=SCOPES,
        widget=forms.CheckboxSelectMultiple,
        initial=[Token.Scope.READ],
        label=gettext_lazy("Che cosa può fare"),
        error_messages={"required": gettext_lazy("Scegli che cosa può fare.")},
    )
    lasting = forms.ChoiceField(
        choices=LASTING, required=False, initial="365", label=gettext_lazy("Quanto vale")
    )

    def lasts(self) -> timedelta | None:
        days = self.cleaned_data["lasting"]
        return timedelta(days=int(days)) if days else None
