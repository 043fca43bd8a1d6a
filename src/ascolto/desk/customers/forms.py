"""What is asked about a customer."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ascolto.administration.services.customers import Details
from ascolto.people.models import Customer
from ascolto.people.policy import Sender, normal_form

LANGUAGES = [("it", "Italiano"), ("en", "English")]


class CustomerForm(forms.Form):
    name = forms.CharField(label=_("Nome"), max_length=200)
    kind = forms.ChoiceField(label=_("Tipo"), choices=Customer.Kind.choices)
    language = forms.ChoiceField(label=_("Lingua in cui gli si scrive"), choices=LANGUAGES)
    about = forms.CharField(
        label=_("Chi è"),
        max_length=200,
        required=False,
        help_text=_("In una riga: «Fotografo, Ivrea»."),
    )
    since = forms.DateField(
        label=_("Cliente dal"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def details(self) -> Details:
        return Details(**{name: self.cleaned_data[name] for name in CustomerForm.base_fields})


class NewCustomerForm(CustomerForm):
    """With the first ways to recognise him; more are added on his page."""

    email = forms.CharField(
        label=_("E-mail"),
        max_length=320,
        required=False,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("Telefono"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )

    def clean_email(self) -> str:
        return self._normal("EMAIL", "email", _("Questo non è un indirizzo e-mail."))

    def clean_phone(self) -> str:
        return self._normal("PHONE", "phone", _("Questo non è un numero di telefono."))

    def identities(self) -> list[Sender]:
        written: list[tuple[str, Any]] = [
            ("EMAIL", self.cleaned_data["email"]),
            ("PHONE", self.cleaned_data["phone"]),
        ]
        return [Sender(kind, value) for kind, value in written if value]

    def _normal(self, kind: str, name: str, problem: Any) -> str:
        value = str(self.cleaned_data[name]).strip()
        if value and normal_form(kind, value) is None:
            raise forms.ValidationError(problem)
        return value
