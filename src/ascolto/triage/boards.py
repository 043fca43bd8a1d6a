"""What is done with many comments under a post of ours at once, where it needs cases."""

from ascolto.triage.answering_all import (
    Addressed,
    AnswerPreview,
    LeftOut,
    NobodyToAnswer,
    TooLateToCallBack,
    answer_all,
    call_back_all,
    carry_answer,
    preview_answer,
)
from ascolto.triage.board_page import board_page, lane_page
from ascolto.triage.one_case import NobodyAsks, choose_teams, gather, lead_of, one_case

__all__ = [
    "Addressed",
    "AnswerPreview",
    "LeftOut",
    "NobodyAsks",
    "NobodyToAnswer",
    "TooLateToCallBack",
    "answer_all",
    "board_page",
    "call_back_all",
    "carry_answer",
    "choose_teams",
    "gather",
    "lane_page",
    "lead_of",
    "one_case",
    "preview_answer",
]
