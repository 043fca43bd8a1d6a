"""A code by which a customer says on another channel who he is: ours, signed, and good for days.

It is given to him where we know him (in a mail, on the telephone) and he writes it where we do not
know him yet. In public it proves nothing: there anybody can copy it.
"""

import re
from datetime import date

from ascolto.kit.tokens import sign, verify

PURPOSE = "same-person"
GOOD_FOR = 3  # days after the one on which it was given
_CODE = re.compile(
    r"\basc-(?P<customer>[1-9]\d{0,17})-(?P<day>\d{6})-(?P<signature>[a-z2-7]{24})\b"
)


def code_for(customer_id: int, *, today: date) -> str:
    """A code for this customer, the same all day long."""
    day = today.toordinal()
    return f"asc-{customer_id}-{day}-{sign(PURPOSE, f'{customer_id}.{day}')}"


def customer_in(text: str, *, today: date) -> int | None:
    """The customer whose code stands in these words, if it is ours and still good."""
    for found in _CODE.finditer(text.casefold()):
        customer_id, day = int(found["customer"]), int(found["day"])
        age = today.toordinal() - day
        signed = verify(PURPOSE, f"{customer_id}.{day}", found["signature"])
        if signed and 0 <= age <= GOOD_FOR:
            return customer_id
    return None
