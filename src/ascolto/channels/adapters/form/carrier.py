"""Answers to what came by a form, a webhook or the customer's page leave by e-mail."""

from dataclasses import dataclass, replace

from ascolto.channels.models import Channel
from ascolto.channels.ports import Carrier, NotNow, Parcel, Refused, Sent
from ascolto.channels.queries import mailbox_for
from ascolto.channels.registry import carrier_for
from ascolto.people.policy import normal_form


@dataclass(frozen=True, slots=True)
class ByMail:
    """Hands each parcel to the carrier of a mailbox, under the mailbox's address."""

    channel: Channel

    def carry(self, parcel: Parcel) -> Sent:
        if normal_form("EMAIL", parcel.to_address) is None:
            raise Refused(f"«{parcel.to_address[:80]}» non è un indirizzo e-mail")
        mailbox = mailbox_for(self.channel)
        if mailbox is None:
            raise NotNow("nessuna casella e-mail aperta da cui mandare la risposta")
        return carrier_for(mailbox).carry(replace(parcel, from_address=mailbox.address))


def by_mail(channel: Channel) -> Carrier:
    """A carrier for a channel that only listens."""
    return ByMail(channel)
