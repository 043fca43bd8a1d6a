"""The second factor of colleagues: by allauth, with our seal, our address and our words."""

from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.adapter import get_adapter as mfa
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ascolto.desk.security.factors import is_asked, is_last
from ascolto.kit.secrets import seal, unseal
from ascolto.kit.tokens import token_hash
from ascolto.staff.queries import company

REMEMBERED = 4  # codes: more than are right at any one time


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc] # allauth brings no types
    """What opens a door is stored sealed, and keys are bound to our own address."""

    error_messages = {  # noqa: RUF012 # allauth reads it once
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy(
            "Non è il codice giusto, o è già stato usato. Aspetta il prossimo e riprova."
        ),
        "cannot_delete_authenticator": gettext_lazy(
            "Il tuo ruolo entra con due passi: prima di togliere questo aggiungine un altro."
        ),
    }

    def encrypt(self, text: str) -> str:
        return seal(text).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text.encode("ascii"))

    def get_totp_issuer(self) -> str:
        return f"Ascolto {company().name}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """T33: whatever Host the request claims, a key is made for our own address."""
        return {"id": urlsplit(settings.PUBLIC_URL).hostname or "localhost", "name": "Ascolto"}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last one stays with who needs one: else he would be locked out by his own click."""
        return not (is_asked(authenticator.user) and is_last(authenticator))

    def generate_authenticator_name(
        self,
        user: Any,
        type: Authenticator.Type,  # noqa: A002 # allauth's
    ) -> str:
        known = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return _("Chiave %d") % (int(known) + 1)


class _OnceOnly:
    """A code from the app is right for a minute and a half, and good for one time.

    Kept in the database: a cache forgets when the process starts again, and each has its own.
    """

    authenticator: Any

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc] # of the form it is mixed into
        if self.authenticator.type == Authenticator.Type.TOTP:
            self._use_up(code)
        return code

    def _use_up(self, code: str) -> None:
        mark = token_hash("".join(code.split())).hex()
        with transaction.atomic():
            kept = Authenticator.objects.select_for_update().get(pk=self.authenticator.pk)
            used = kept.data.get("used", [])
            if mark in used:
                raise mfa().validation_error("incorrect_code")
            kept.data["used"] = [mark, *used][:REMEMBERED]
            kept.save(update_fields=["data"])


class CodeForm(_OnceOnly, AuthenticateForm):  # type: ignore[misc] # allauth brings no types
    pass


class CodeAgainForm(_OnceOnly, ReauthenticateForm):  # type: ignore[misc] # as above
    pass
