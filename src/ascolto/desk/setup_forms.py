"""What is asked in the set-up, and by an invitation."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.staff.models import Colleague, Team

ZONES = [
    "Europe/Rome", "Europe/London", "Europe/Paris", "Europe/Berlin", "Europe/Madrid",
    "Europe/Zurich", "Europe/Vienna", "Europe/Lisbon", "Europe/Athens", "Europe/Bucharest", "UTC",
]  # fmt: skip
LANGUAGES = [("it", "Italiano"), ("en", "English")]
ROLES = [(value, label) for value, label in Colleague.Role.choices if value != Colleague.Role.OWNER]


class PasswordForm(forms.Form):
    """Name and password of somebody who is to sign in."""

    your_name = forms.CharField(
        max_length=120,
        label=gettext_lazy("Il tuo nome e cognome"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        max_length=200,
        label=gettext_lazy("Una parola d’ordine"),
        help_text=gettext_lazy("Almeno 10 caratteri: meglio tre parole a caso che una difficile."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        known = Colleague(
            name=self.cleaned_data.get("your_name", ""), email=self.cleaned_data.get("email", "")
        )
        validate_password(password, known)
        return password


class CompanyForm(PasswordForm):
    company = forms.CharField(
        max_length=120,
        label=gettext_lazy("Nome dell’azienda, come lo leggono i clienti"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    zone = forms.ChoiceField(
        choices=[(zone, zone.replace("_", " ")) for zone in ZONES],
        label=gettext_lazy("Fuso orario"),
    )
    language = forms.ChoiceField(choices=LANGUAGES, label=gettext_lazy("Lingua delle pagine"))
    email = forms.EmailField(
        label=gettext_lazy("La tua e-mail di lavoro"),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ("company", "zone", "language", "your_name", "email", "password")

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"])
        if zone not in available_timezones():
            raise ValidationError(_("Questo fuso orario non esiste su questa macchina."))
        return zone


class TeamForm(forms.Form):
    name = forms.CharField(max_length=80, label=gettext_lazy("Nome della squadra"))
    is_reserved = forms.BooleanField(
        required=False, label=gettext_lazy("Riservata: la vedono solo i suoi e i responsabili")
    )


class InviteForm(forms.Form):
    email = forms.EmailField(label=gettext_lazy("E-mail di lavoro"))
    role = forms.ChoiceField(
        choices=ROLES, initial=Colleague.Role.AGENT, label=gettext_lazy("Che cosa fa")
    )
    teams = forms.ModelMultipleChoiceField(
        queryset=Team.objects.none(),
        required=False,
        label=gettext_lazy("Squadre"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["teams"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = Team.objects.order_by("name")
