"""Letters to colleagues, such as a new password's link, sent from a worker.

A mail server may take two minutes, and a page that waits for it only when an address is known
would tell a stranger which addresses are.
"""

import msgspec

from ascolto.channels.services import house_mail
from ascolto.channels.services.house_mail import Letter
from ascolto.kit.secrets import seal, unseal
from ascolto.kit.work import later


def send_later(letter: Letter) -> None:
    """Have a worker send it. In the queue it is sealed: its link is as good as a password."""
    sealed = seal(msgspec.json.encode(letter).decode())
    later("desk.send_letter", sealed=sealed.decode())


def send(sealed: str) -> bool:
    """Send it; whether it left. Raises `NotNow`: try again later."""
    return house_mail.send(msgspec.json.decode(unseal(sealed.encode()), type=Letter))
