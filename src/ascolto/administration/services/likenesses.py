"""What a colleague answered to "they seem to be one person", and the answer taken back."""

from datetime import datetime

from django.db import transaction

from ascolto.administration.services.merging import tell_of
from ascolto.people.likeness import services as likeness
from ascolto.people.models import Likeness, Merge
from ascolto.staff.models import Colleague
from ascolto.timeline.references import reference
from ascolto.timeline.services import record


@transaction.atomic
def confirm_likeness(likeness_id: int, *, by: Colleague, now: datetime) -> Merge:
    """They are one person; both histories say so, and by what it was recognised.

    Raises `likeness.AlreadyAnswered`, `people.services.AlreadyMerged`.
    """
    merge = likeness.confirm(likeness_id, by=by, now=now)
    reason = "; ".join(merge.evidence)[:300]
    tell_of("people.merged", merge, by=by, now=now, reason=reason)
    return merge


@transaction.atomic
def refuse_likeness(likeness_id: int, *, by: Colleague, now: datetime) -> Likeness:
    """They are two people. Raises `likeness.AlreadyAnswered`."""
    answered = likeness.refuse(likeness_id, by=by, now=now)
    _tell("people.likeness_refused", answered, by=by, now=now)
    return answered


@transaction.atomic
def undo_likeness(likeness_id: int, *, by: Colleague, now: datetime) -> Merge | None:
    """Take the answer back. The merge that was undone with it, if there was one."""
    undone = likeness.undo(likeness_id, by=by, now=now)
    if undone is not None:
        tell_of("people.unmerged", undone, by=by, now=now)
    else:
        answered = Likeness.objects.select_related("left", "right").get(pk=likeness_id)
        _tell("people.likeness_reopened", answered, by=by, now=now)
    return undone


def _tell(kind: str, answered: Likeness, *, by: Colleague, now: datetime) -> None:
    for mine, other in ((answered.left, answered.right), (answered.right, answered.left)):
        record(
            kind,
            at=now,
            subject=reference("customer", mine.pk),
            customer_id=mine.pk,
            by=by,
            other=other.name,
            other_id=other.pk,
        )
