"""Deeds of listening: one verb a file."""

from ascolto.listening.services.alerting import alert
from ascolto.listening.services.answering import answers_left
from ascolto.listening.services.hearing import hear_posts
from ascolto.listening.services.monitors import (
    NameTaken,
    Wanted,
    change_monitor,
    make_monitor,
    pause_monitor,
    retire_monitor,
)
from ascolto.listening.services.passing_on import (
    CannotRepost,
    carry_repost,
    repost,
    undo_repost,
    withdraw_repost,
)
from ascolto.listening.services.settling import answered, assign, opened, rekind, settle
from ascolto.listening.services.thanking import CannotThank, thank
from ascolto.listening.services.waves import dismiss_wave, sweep_waves

__all__ = [
    "CannotRepost",
    "CannotThank",
    "NameTaken",
    "Wanted",
    "alert",
    "answered",
    "answers_left",
    "assign",
    "carry_repost",
    "change_monitor",
    "dismiss_wave",
    "hear_posts",
    "make_monitor",
    "opened",
    "pause_monitor",
    "rekind",
    "repost",
    "retire_monitor",
    "settle",
    "sweep_waves",
    "thank",
    "undo_repost",
    "withdraw_repost",
]
