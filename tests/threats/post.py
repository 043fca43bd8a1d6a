"""A post office that keeps the very bytes that would go over the wire."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from ascolto.channels import registry
from ascolto.channels.adapters.email import outside
from ascolto.channels.adapters.email.compose import compose
from ascolto.channels.models import Channel
from ascolto.channels.ports import Carrier, Parcel, Sent


@dataclass
class PostOffice:
    sent: list[bytes] = field(default_factory=list)

    def carry(self, parcel: Parcel) -> Sent:
        self.sent.append(compose(parcel))
        return Sent("SMTP_ACCEPTED", "250 ok")


@contextmanager
def post_office() -> Iterator[PostOffice]:
    """All mailboxes send by it."""
    office = PostOffice()

    def carrier(_channel: Channel) -> Carrier:
        return office

    registry.register(Channel.Kind.EMAIL, reader=outside.reader, carrier=carrier)
    try:
        yield office
    finally:
        registry.register(Channel.Kind.EMAIL, reader=outside.reader, carrier=outside.carrier_of)


def opened(raw: bytes) -> EmailMessage:
    message = message_from_bytes(raw, policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message
