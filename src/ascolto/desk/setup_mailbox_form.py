from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.channels.adapters.email.dkim import BadKey
from ascolto.channels.adapters.email.settings import BadSettings
from ascolto.desk.setup_mailbox_keeping import Wanted

SECURITY = [
    ("tls", gettext_lazy("TLS dall’inizio (993 e 465)")),
    ("starttls", gettext_lazy("STARTTLS (143 e 587)")),
    ("plain", gettext_lazy("nessuna, solo su questa macchina")),
]
SELECTOR = "ascolto"


class MailboxForm(forms.Form):
    """What a mailbox needs to be told. Ports are those of the security chosen, unless named."""

    address = forms.EmailField(label=gettext_lazy("Indirizzo"))
    imap = forms.CharField(max_length=253, label=gettext_lazy("Posta in arrivo (IMAP)"))
    imap_port = forms.IntegerField(
        required=False, min_value=1, max_value=65535, label=gettext_lazy("Porta IMAP, se diversa")
    )
    smtp = forms.CharField(max_length=253, label=gettext_lazy("Posta in uscita (SMTP)"))
    smtp_port = forms.IntegerField(
        required=False, min_value=1, max_value=65535, label=gettext_lazy("Porta SMTP, se diversa")
    )
    security = forms.ChoiceField(choices=SECURITY, label=gettext_lazy("Sicurezza"))
    user = forms.CharField(
        max_length=320,
        required=False,
        label=gettext_lazy("Utente, se non è l’indirizzo"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    password = forms.CharField(
        max_length=500,
        strip=False,
        label=gettext_lazy("Chiave per applicazioni"),
        help_text=gettext_lazy(
            "La password della casella, o quella per le app se il fornitore la vuole."
        ),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    only_new = forms.BooleanField(
        required=False,
        initial=True,
        label=gettext_lazy("Comincia dai messaggi nuovi e lascia stare quelli vecchi"),
    )

    def wanted(self, *, dkim_key: str) -> Wanted | None:
        """The mailbox as its adapter is told it; None if it cannot be meant."""
        asked = self.cleaned_data
        user = asked["user"] or asked["address"]
        settings: dict[str, object] = {
            "imap": self._server("imap", user),
            "smtp": self._server("smtp", user),
            "start": "NEW" if asked["only_new"] else "ALL",
            "dkim": {"domain": asked["address"].rpartition("@")[2], "selector": SELECTOR},
        }
        secret = {
            "imap_password": asked["password"],
            "smtp_password": asked["password"],
            "dkim_key": dkim_key,
        }
        wanted = Wanted(asked["address"], settings, secret)
        try:
            wanted.told()
        except (BadSettings, BadKey) as problem:
            self.add_error(None, _("Così non si può: %(why)s") % {"why": problem})
            return None
        return wanted

    def _server(self, name: str, user: str) -> dict[str, object]:
        asked = self.cleaned_data
        server: dict[str, object] = {
            "host": asked[name].strip(),
            "security": asked["security"],
            "user": user,
        }
        if asked[f"{name}_port"]:
            server["port"] = asked[f"{name}_port"]
        return server
