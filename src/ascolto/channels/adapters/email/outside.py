"""The two doors of the e-mail adapter, as the registry wants them."""

import atexit
from dataclasses import dataclass

from ascolto.channels.adapters.email.guard import GuardedReader
from ascolto.channels.adapters.email.reader import EmailReader
from ascolto.channels.adapters.email.settings import BadSettings, parse
from ascolto.channels.adapters.email.smtp import SmtpCarrier
from ascolto.channels.models import Channel
from ascolto.channels.ports import Carrier, NotNow, Parcel, Reader, Sent
from ascolto.kit.secrets import WrongKey, unseal


class NothingLeaves:
    """The post office of a company of fiction: it takes every parcel, and no wire is touched."""

    def carry(self, parcel: Parcel) -> Sent:
        return Sent(kind="SMTP_ACCEPTED", detail=f"posta di prova, non è uscito: {parcel.subject}")


@dataclass(frozen=True, slots=True)
class NoWayOut:
    """A mailbox that cannot send: what it should send waits until somebody mends it."""

    why: str

    def carry(self, parcel: Parcel) -> Sent:  # noqa: ARG002 # there is nobody to give it to
        raise NotNow(self.why)


_guarded = GuardedReader()
atexit.register(_guarded.close)


def reader() -> Reader:
    """All readers of a process share one guarded child, which ends with it."""
    return EmailReader(_guarded)


def carrier_of(channel: Channel) -> Carrier:
    """The mailbox's own SMTP server; for the demo company, a post that nothing ever leaves."""
    if channel.settings.get("demo"):
        return NothingLeaves()
    try:
        secret = unseal(bytes(channel.secret)) if channel.secret else "{}"
        settings = parse(channel.address, channel.settings, secret.encode())
    except (BadSettings, WrongKey) as problem:
        return NoWayOut(str(problem))
    if settings.smtp is None:
        return NoWayOut("la casella non ha un server di posta in uscita")
    return SmtpCarrier(settings.smtp, signer=settings.signer)
