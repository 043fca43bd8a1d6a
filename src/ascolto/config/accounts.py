"""How colleagues sign in: by allauth, without sign-up, with our own way of sending mail."""

from collections.abc import Sequence
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest

from ascolto.channels.models import Channel
from ascolto.channels.policy import new_message_id
from ascolto.channels.ports import NotNow, Parcel, Refused
from ascolto.channels.registry import carrier_for
from ascolto.staff.queries import company


class StaffAccounts(DefaultAccountAdapter):  # type: ignore[misc] # allauth brings no types
    """Nobody signs himself up, and links in mails name our own address, not the request's."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 # allauth's
        return False

    def send_password_reset_mail(self, user: Any, email: str, context: dict[str, Any]) -> None:
        """T33: whatever Host the request claimed, the link goes to our own address."""
        url = str(context.get("password_reset_url", ""))
        path = url.partition("://")[2].partition("/")[2]
        super().send_password_reset_mail(
            user, email, {**context, "password_reset_url": f"{settings.PUBLIC_URL}/{path}"}
        )


class OutboxEmail(BaseEmailBackend):
    """Mail to colleagues (a password reset) leaves by the company's first mailbox."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        channel = Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None).order_by("pk")[:1]
        sent = 0
        for mailbox in channel:
            for message in email_messages:
                sent += self._send(mailbox, message)
        return sent

    def _send(self, mailbox: Channel, message: EmailMessage) -> int:
        done = 0
        for address in message.to:
            parcel = Parcel(
                message_id=new_message_id(mailbox.address),
                from_address=mailbox.address,
                from_name=company().name,
                to_address=address,
                to_name="",
                subject=str(message.subject),
                text=str(message.body),
                automatic=True,
            )
            try:
                carrier_for(mailbox).carry(parcel)
                done += 1
            except (NotNow, Refused):
                if not self.fail_silently:
                    raise
        return done
