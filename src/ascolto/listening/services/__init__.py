"""Deeds of listening: one verb a file."""

from ascolto.listening.services.alerting import alert
from ascolto.listening.services.answering import answers_failed, answers_left
from ascolto.listening.services.asking import ask
from ascolto.listening.services.board_deeds import (
    NeedsAReason,
    close_board,
    decide,
    give_owner,
    open_for,
)
from ascolto.listening.services.cause_deeds import (
    NotOfThisBoard,
    give_cause,
    join_causes,
    move_to_cause,
    rename_cause,
    split_cause,
)
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
from ascolto.listening.services.relaning import NoBoard, read_insult, relane
from ascolto.listening.services.settling import (
    answered,
    assign,
    opened,
    rekind,
    seen_to,
    settle,
)
from ascolto.listening.services.sorting import sort_board
from ascolto.listening.services.speaking import (
    CannotAnswer,
    InACase,
    NotHis,
    NoWords,
    SomebodyAnswered,
    TooLate,
    TooLong,
    answer,
    as_said,
    call_back,
)
from ascolto.listening.services.thanking import CannotThank, thank
from ascolto.listening.services.waves import dismiss_wave, sweep_waves

__all__ = [
    "CannotAnswer",
    "CannotRepost",
    "CannotThank",
    "InACase",
    "NameTaken",
    "NeedsAReason",
    "NoBoard",
    "NoWords",
    "NotHis",
    "NotOfThisBoard",
    "SomebodyAnswered",
    "TooLate",
    "TooLong",
    "Wanted",
    "alert",
    "answer",
    "answered",
    "answers_failed",
    "answers_left",
    "as_said",
    "ask",
    "assign",
    "call_back",
    "carry_repost",
    "change_monitor",
    "close_board",
    "decide",
    "dismiss_wave",
    "give_cause",
    "give_owner",
    "hear_posts",
    "join_causes",
    "make_monitor",
    "move_to_cause",
    "open_for",
    "opened",
    "pause_monitor",
    "read_insult",
    "rekind",
    "relane",
    "rename_cause",
    "repost",
    "retire_monitor",
    "seen_to",
    "settle",
    "sort_board",
    "split_cause",
    "sweep_waves",
    "thank",
    "undo_repost",
    "withdraw_repost",
]
