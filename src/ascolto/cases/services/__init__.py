"""What happens to a matter: one verb a file."""

from ascolto.cases.services.answering import (
    NothingToSay,
    NoWayToAnswer,
    SomethingCame,
    TooLate,
    answer,
    answer_failed,
    answer_left,
    undo_answer,
)
from ascolto.cases.services.drafting import (
    TooLarge,
    attach_file,
    detach_file,
    discard_draft,
    save_draft,
)
from ascolto.cases.services.hearing import hear, open_case
from ascolto.cases.services.linking import issue_link, link_for, opened_by_customer, revoke_link
from ascolto.cases.services.moving import (
    NoReason,
    NotATeamMate,
    ask_help,
    assign,
    reopen,
    resolve,
    transfer,
)
from ascolto.cases.services.noting import add_note

__all__ = [
    "NoReason",
    "NoWayToAnswer",
    "NotATeamMate",
    "NothingToSay",
    "SomethingCame",
    "TooLarge",
    "TooLate",
    "add_note",
    "answer",
    "answer_failed",
    "answer_left",
    "ask_help",
    "assign",
    "attach_file",
    "detach_file",
    "discard_draft",
    "hear",
    "issue_link",
    "link_for",
    "open_case",
    "opened_by_customer",
    "reopen",
    "resolve",
    "revoke_link",
    "save_draft",
    "transfer",
    "undo_answer",
]
