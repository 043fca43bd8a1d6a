"""What happens to those we know: recognised, read as one, read apart again."""

from ascolto.people.services.merging import AlreadyMerged, merge, unmerge
from ascolto.people.services.pages import note_pages
from ascolto.people.services.recognising import (
    LONGEST,
    NotAnIdentity,
    Recognised,
    is_identity,
    known_many,
    recognise,
    recognise_many,
)

__all__ = [
    "LONGEST",
    "AlreadyMerged",
    "NotAnIdentity",
    "Recognised",
    "is_identity",
    "known_many",
    "merge",
    "note_pages",
    "recognise",
    "recognise_many",
    "unmerge",
]
