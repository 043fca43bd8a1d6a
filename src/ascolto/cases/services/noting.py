from datetime import datetime

from django.db import transaction

from ascolto.cases.models import Case, Draft, Note
from ascolto.cases.services.answering import NothingToSay
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record


@transaction.atomic
def add_note(case: Case, *, author: Colleague, text: str, now: datetime) -> Note:
    """Write an internal note. It never leaves the company; the draft of it is used up."""
    if not text.strip():
        raise NothingToSay(case.number)
    note = Note.objects.create(case=case, author=author, at=now, text=text.strip())
    Draft.objects.filter(case=case, author=author, kind=Draft.Kind.NOTE).delete()
    record(
        "cases.noted",
        at=now,
        subject=case.reference,
        customer_id=case.customer_id,
        by=author,
        team_id=case.team_id,
        note=note.pk,
    )
    return note
