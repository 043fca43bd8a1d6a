"""The two doors of the e-mail adapter, as the registry wants them."""

import atexit

from ascolto.channels.adapters.email.guard import GuardedReader
from ascolto.channels.adapters.email.reader import EmailReader
from ascolto.channels.adapters.email.settings import parse
from ascolto.channels.adapters.email.smtp import SmtpCarrier
from ascolto.channels.models import Channel
from ascolto.channels.ports import Carrier, NotNow, Parcel, Reader, Sent
from ascolto.kit.secrets import unseal


class NothingLeaves:
    """The post office of a company of fiction: it takes every parcel, and no wire is touched."""

    def carry(self, parcel: Parcel) -> Sent:
        return Sent(kind="SMTP_ACCEPTED", detail=f"posta di prova, non è uscito: {parcel.subject}")


class NoWayOut:
    """A mailbox that only listens: what it should send waits until somebody mends it."""

    def carry(self, parcel: Parcel) -> Sent:  # noqa: ARG002 # there is nobody to give it to
        raise NotNow("la casella non ha un server di posta in uscita")


_guarded = GuardedReader()
atexit.register(_guarded.close)


def reader() -> Reader:
    """All readers of a process share one guarded child, which ends with it."""
    return EmailReader(_guarded)


def carrier_of(channel: Channel) -> Carrier:
    """The mailbox's own SMTP server; for the demo company, a post that nothing ever leaves."""
    if channel.settings.get("demo"):
        return NothingLeaves()
    secret = unseal(bytes(channel.secret)) if channel.secret else "{}"
    settings = parse(channel.address, channel.settings, secret.encode())
    if settings.smtp is None:
        return NoWayOut()
    return SmtpCarrier(settings.smtp, signer=settings.signer)
