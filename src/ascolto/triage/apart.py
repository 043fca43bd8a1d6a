"""Records read as one are two again, and in the same moment so is what they shared."""

from datetime import datetime

from django.db import transaction

from ascolto.administration.services.likenesses import undo_likeness
from ascolto.administration.services.merging import unmerge_customers
from ascolto.cases.services.reading_apart import read_apart
from ascolto.people.models import Merge
from ascolto.staff.models import Colleague


@transaction.atomic
def separate(merge: Merge, *, by: Colleague, now: datetime) -> bool:
    """Undo a merge: each has his own history, also of what came meanwhile. False: it was before."""
    if not unmerge_customers(merge, by=by, now=now):
        return False
    read_apart([merge.absorbed_id, merge.into_id], now=now)
    return True


@transaction.atomic
def take_back(likeness_id: int, *, by: Colleague, now: datetime) -> None:
    """Take back an answer to a likeness, with all that followed from it."""
    undone = undo_likeness(likeness_id, by=by, now=now)
    if undone is not None:
        read_apart([undone.absorbed_id, undone.into_id], now=now)
