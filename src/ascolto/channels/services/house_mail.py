"""Letters of the house to its own colleagues: a new password's link, an alert.

They are nobody's case, and leave by the company's first mailbox, from a worker.
"""

import logging
from dataclasses import dataclass

from ascolto.channels.models import Channel
from ascolto.channels.policy import new_message_id
from ascolto.channels.ports import Parcel, Refused
from ascolto.channels.registry import carrier_for
from ascolto.staff.queries import company

logger = logging.getLogger("ascolto.letters")


@dataclass(frozen=True, slots=True)
class Letter:
    address: str
    subject: str
    text: str


def send(letter: Letter) -> bool:
    """Whether it left. Raises `NotNow`: try again later."""
    mailbox = Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None).order_by("pk").first()
    if mailbox is None:
        logger.error("a letter to a colleague cannot leave: there is no mailbox")
        return False
    parcel = Parcel(
        message_id=new_message_id(mailbox.address),
        from_address=mailbox.address,
        from_name=company().name,
        to_address=letter.address,
        to_name="",
        subject=letter.subject,
        text=letter.text,
        automatic=True,
    )
    try:
        carrier_for(mailbox).carry(parcel)
    except Refused:
        logger.exception("a letter to a colleague was refused")
        return False
    return True
