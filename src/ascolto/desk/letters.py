"""Letters of the house to its own colleagues, such as a new password's link.

They leave from a worker: a mail server may take two minutes, and a page that waits for it only
when an address is known would tell a stranger which addresses are.
"""

import logging
from dataclasses import dataclass

import msgspec

from ascolto.channels.models import Channel
from ascolto.channels.policy import new_message_id
from ascolto.channels.ports import Parcel, Refused
from ascolto.channels.registry import carrier_for
from ascolto.kit.secrets import seal, unseal
from ascolto.kit.work import later
from ascolto.staff.queries import company

logger = logging.getLogger("ascolto.letters")


@dataclass(frozen=True, slots=True)
class Letter:
    address: str
    subject: str
    text: str


def send_later(letter: Letter) -> None:
    """Have a worker send it. In the queue it is sealed: its link is as good as a password."""
    sealed = seal(msgspec.json.encode(letter).decode())
    later("desk.send_letter", sealed=sealed.decode())


def send(sealed: str) -> bool:
    """Send it by the company's first mailbox; whether it left. Raises `NotNow`: try again later."""
    letter = msgspec.json.decode(unseal(sealed.encode()), type=Letter)
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
