"""How colleagues sign in: by allauth, without sign-up, with our own way of sending mail."""

from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest

from ascolto.api.form_guard import remote_of
from ascolto.channels.services.house_mail import Letter
from ascolto.desk.letters import send_later


class StaffAccounts(DefaultAccountAdapter):  # type: ignore[misc] # allauth brings no types
    """Nobody signs himself up, and links in mails name our own address, not the request's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 # allauth's
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Whose tries are counted together. Without this all who come by a proxy are one."""
        return remote_of(request)

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """T33: whatever Host the request claimed, the link goes to our own address."""
        url = str(context.get("password_reset_url", ""))
        path = url.partition("://")[2].partition("/")[2]
        super().send_password_reset_mail(
            user, email, {**context, "password_reset_url": f"{settings.PUBLIC_URL}/{path}"}
        )


class OutboxEmail(BaseEmailBackend):
    """Mail to colleagues (a password reset) leaves from a worker, by the first mailbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            for address in message.to:
                send_later(Letter(address, str(message.subject), str(message.body)))
        return len(email_messages)
