"""The facts of many cases as columns of numbers."""

from enum import IntFlag

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.void]
Numbers = NDArray[np.int32]
NEVER = -1  # instead of a time that is not known

# Positions are written in sheets: new names go to the end.
CHANNELS = (
    *("EMAIL", "WEBHOOK", "FORM", "PORTAL", "PHONE", "FEED", "BLUESKY", "MASTODON", "TELEGRAM"),
    *("X", "FACEBOOK", "INSTAGRAM", "MESSENGER", "WHATSAPP", "REVIEWS"),
)
TOPICS = (
    *("", "billing", "connectivity", "delivery_repair", "contract", "promo", "staff_service"),
    *("account_app", "other"),
)
CLOCKS = ("FIRST_ANSWER", "NEXT_ANSWER", "UPDATE", "RESOLUTION", "WORD")
# Why a clock ran out: the case changed hands meanwhile, nobody had taken it, or somebody had.
WHY = ("PASSED_ON", "NOBODY", "SOMEBODY")


class Flag(IntFlag):
    """What is so, or not, of a case."""

    RESOLVED = 1
    ANSWERED = 2
    ASKED_AGAIN = 4  # after an answer, with something of his own to ask
    SISTER_UNANSWERED = 8  # a linked case of his got no answer
    REOPENED = 16
    CAME_BACK = 32  # the same customer with the same topic, within seven days of the solution
    IN_TIME = 128  # the clock of the solution was kept
    LATE = 256  # … or broken
    COULD_RATE = 512
    WAITS = 1024  # for us, and nobody has answered
    EFFORT_TOLD = 2048  # he said how easy it was
    EASY = 4096  # … from 5 to 7 of 7


ROW = np.dtype(
    [
        ("channel", "u1"),
        ("topic", "u1"),
        ("priority", "i1"),
        ("score", "u1"),
        ("team", "<i4"),
        ("first", "<i4"),
        ("open_first", "<i4"),
        ("solved", "<i4"),
        ("open_solved", "<i4"),
        ("flags", "<i4"),
        ("broken_kinds", "u1"),
        ("broken_why", "u1"),
        ("kept", "u1"),
        ("broken", "u1"),
        ("hand_overs", "u1"),
        ("contacts", "u1"),
        ("repeats", "u1"),
    ]
)
WAIT = np.dtype([("row", "<i4"), ("seconds", "<i4"), ("open_seconds", "<i4")])


def code(names: tuple[str, ...], name: str) -> int:
    """The number of a name; of one that is not known, that of the last (or, of topics, `other`)."""
    return names.index(name) if name in names else len(names) - 1
