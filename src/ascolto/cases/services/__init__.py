"""What happens to a matter: one verb a file."""

from ascolto.cases.services.addresses import NotAnAddress, TooManyCopies, addresses_in
from ascolto.cases.services.answering import (
    NothingToSay,
    NotHis,
    NoWayToAnswer,
    SomethingCame,
    TooLate,
    answer,
    answer_failed,
    answer_left,
    undo_answer,
)
from ascolto.cases.services.calls import Nobody, note_call
from ascolto.cases.services.drafting import (
    TooLarge,
    attach_file,
    detach_file,
    discard_draft,
    save_draft,
)
from ascolto.cases.services.fields import MissingFields
from ascolto.cases.services.forwarding import ToTheCustomer, forward
from ascolto.cases.services.hearing import hear, open_case
from ascolto.cases.services.linking import issue_link, link_for, opened_by_customer, revoke_link
from ascolto.cases.services.manners import InPublicThere, NoFilesThere, TooLateThere, TooLong
from ascolto.cases.services.moving import (
    NoReason,
    NotATeamMate,
    ask_help,
    assign,
    reopen,
    resolve,
    transfer,
    undo_resolve,
)
from ascolto.cases.services.noting import add_note
from ascolto.cases.services.presence import be_present, leave, see_mentions
from ascolto.cases.services.promising import (
    NoSuchPromise,
    NotYours,
    keep_promise,
    pause_clock,
    promise,
    resume_clock,
    waive_promise,
    was_promised,
)

__all__ = [
    "InPublicThere",
    "MissingFields",
    "NoFilesThere",
    "NoReason",
    "NoSuchPromise",
    "NoWayToAnswer",
    "Nobody",
    "NotATeamMate",
    "NotAnAddress",
    "NotHis",
    "NotYours",
    "NothingToSay",
    "SomethingCame",
    "ToTheCustomer",
    "TooLarge",
    "TooLate",
    "TooLateThere",
    "TooLong",
    "TooManyCopies",
    "add_note",
    "addresses_in",
    "answer",
    "answer_failed",
    "answer_left",
    "ask_help",
    "assign",
    "attach_file",
    "be_present",
    "detach_file",
    "discard_draft",
    "forward",
    "hear",
    "issue_link",
    "keep_promise",
    "leave",
    "link_for",
    "note_call",
    "open_case",
    "opened_by_customer",
    "pause_clock",
    "promise",
    "reopen",
    "resolve",
    "resume_clock",
    "revoke_link",
    "save_draft",
    "see_mentions",
    "transfer",
    "undo_answer",
    "undo_resolve",
    "waive_promise",
    "was_promised",
]
