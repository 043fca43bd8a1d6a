"""What a customer's page tells, and what it keeps to itself. Pure."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

MOST_LETTERS = 10  # one page, in `LETTERS_WITHIN`; more is a script or a stuck finger
LETTERS_WITHIN = timedelta(minutes=10)
MOST_MATTERS = 5  # new ones of one customer, in `MATTERS_WITHIN`
MATTERS_WITHIN = timedelta(hours=1)
MOST_LINKS, LINKS_WITHIN = 3, timedelta(minutes=30)  # sign-in mails to one address
MOST_LINKS_A_DAY, LINKS_WITHIN_A_DAY = 8, timedelta(days=1)
LINKS_FROM_A_PLACE, PLACE_WITHIN = 20, timedelta(hours=1)  # asked from one network address
LINK_LASTS = timedelta(hours=24)
VISIT_LASTS = timedelta(days=30)
MOST_FILES = 8
LONGEST_TEXT = 20_000

_MACHINE = re.compile(
    r"^(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|non[-_.]?rispondere|mailer-daemon|postmaster"
    r"|bounces?|verif\w*|accounts?[-_.]?(?:security|verification))(?:[-_.+]|@|$)",
    re.IGNORECASE,
)


class Standing(Enum):
    """The one sentence at the top of the page."""

    RESOLVED = "resolved"
    LATE = "late"
    WAITING_CLOSED = "waiting_closed"  # the clock rests: nobody works now
    WAITING = "waiting"
    PAUSED = "paused"  # the clock stands still for a reason
    ANSWERED = "answered"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Facts:
    resolved: bool
    waiting: bool
    answered: bool
    due_at: datetime | None
    open_now: bool
    paused: bool = False


def standing(facts: Facts, *, now: datetime) -> Standing:
    """Where the matter stands, for him: the bad news before the good, the certain before hopes."""
    if facts.resolved:
        return Standing.RESOLVED
    if facts.waiting:
        if facts.paused:
            return Standing.PAUSED
        if facts.due_at is not None and now > facts.due_at:
            return Standing.LATE
        return Standing.WAITING if facts.open_now else Standing.WAITING_CLOSED
    return Standing.ANSWERED if facts.answered else Standing.OPEN


def machine_address(address: str) -> bool:
    """Whether an address says of itself that nobody reads or writes there.

    What such a sender mails to a case must never be read on a customer's page: it could be the
    code by which somebody proves to a third party that he owns our address.
    """
    return _MACHINE.match(address.strip()) is not None
