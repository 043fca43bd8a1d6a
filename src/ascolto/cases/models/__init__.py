"""Matters, what is said in them, and what colleagues prepare beside them."""

from ascolto.cases.models.around import CallRequest, Effort, Presence, Rating
from ascolto.cases.models.case import Case, Conversation, Follower, Transfer
from ascolto.cases.models.desk import Draft, DraftFile, MatterLink, Mention, Note
from ascolto.cases.models.labels import CaseLink, CaseTag, Field, SavedView, Tag
from ascolto.cases.models.matter import OtherMatter
from ascolto.cases.models.message import Message
from ascolto.cases.models.moves import Bulk, BulkCase, Moved, Moving
from ascolto.cases.models.reading import Exposure, MessageReading

__all__ = [
    "Bulk",
    "BulkCase",
    "CallRequest",
    "Case",
    "CaseLink",
    "CaseTag",
    "Conversation",
    "Draft",
    "DraftFile",
    "Effort",
    "Exposure",
    "Field",
    "Follower",
    "MatterLink",
    "Mention",
    "Message",
    "MessageReading",
    "Moved",
    "Moving",
    "Note",
    "OtherMatter",
    "Presence",
    "Rating",
    "SavedView",
    "Tag",
    "Transfer",
]
