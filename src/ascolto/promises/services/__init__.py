"""What happens to promises: one verb a file."""

from ascolto.promises.services.ending import end, keep, waive, waive_one, withdraw
from ascolto.promises.services.giving import Unclear, give_word
from ascolto.promises.services.pausing import (
    NoReason,
    go_on,
    hours_of,
    pause,
    pause_all,
    resume,
    resume_all,
)
from ascolto.promises.services.reviving import revive
from ascolto.promises.services.starting import (
    About,
    Clock,
    clocks_of,
    hand_over,
    start,
    start_many,
    terms_of,
)
from ascolto.promises.services.sweeping import SWEPT_AT_ONCE, sweep

__all__ = [
    "SWEPT_AT_ONCE",
    "About",
    "Clock",
    "NoReason",
    "Unclear",
    "clocks_of",
    "end",
    "give_word",
    "go_on",
    "hand_over",
    "hours_of",
    "keep",
    "pause",
    "pause_all",
    "resume",
    "resume_all",
    "revive",
    "start",
    "start_many",
    "sweep",
    "terms_of",
    "waive",
    "waive_one",
    "withdraw",
]
