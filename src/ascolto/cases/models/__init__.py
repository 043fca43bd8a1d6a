"""Matters, what is said in them, and what colleagues prepare beside them."""

from ascolto.cases.models.case import Case, Conversation, Follower, Transfer
from ascolto.cases.models.desk import Draft, DraftFile, MatterLink, Note
from ascolto.cases.models.message import Message

__all__ = [
    "Case",
    "Conversation",
    "Draft",
    "DraftFile",
    "Follower",
    "MatterLink",
    "Message",
    "Note",
    "Transfer",
]
