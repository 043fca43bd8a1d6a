"""What a customer told us about himself, and what colleagues should know of him."""

from datetime import datetime

from django.db import transaction

from ascolto.people.models import Customer, CustomerNote, Statement
from ascolto.staff.models import Colleague
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

LONGEST_STATEMENT = 500
LONGEST_NOTE = 5_000


class NothingSaid(Exception):
    """The text is empty."""


@transaction.atomic
def add_statement(
    customer: Customer, text: str, *, where: str, by: Colleague, now: datetime
) -> Statement:
    """Write down what he said, in his words, and where. Raises `NothingSaid`."""
    said = " ".join(text.split())[:LONGEST_STATEMENT]
    if not said:
        raise NothingSaid
    statement = Statement.objects.create(
        customer=customer, text=said, where=where.strip()[:80], heard_by=by, at=now
    )
    _tell("people.statement_added", customer.pk, said, by=by, now=now)
    return statement


@transaction.atomic
def withdraw_statement(statement: Statement, *, by: Colleague, now: datetime) -> None:
    """It holds no longer. The row stays, with who withdrew it and when."""
    live = Statement.objects.filter(pk=statement.pk, withdrawn_at=None)
    if live.update(withdrawn_at=now, withdrawn_by=by):
        said = statement.text
        _tell("people.statement_withdrawn", statement.customer_id, said, by=by, now=now)


@transaction.atomic
def add_note(customer: Customer, text: str, *, by: Colleague, now: datetime) -> CustomerNote:
    """A word among colleagues. Raises `NothingSaid`."""
    said = text.strip()[:LONGEST_NOTE]
    if not said:
        raise NothingSaid
    note = CustomerNote.objects.create(customer=customer, text=said, author=by, at=now)
    _tell("people.note_added", customer.pk, said, by=by, now=now)
    return note


@transaction.atomic
def withdraw_note(note: CustomerNote, *, by: Colleague, now: datetime) -> None:
    live = CustomerNote.objects.filter(pk=note.pk, withdrawn_at=None)
    if live.update(withdrawn_at=now):
        _tell("people.note_withdrawn", note.customer_id, note.text, by=by, now=now)


def _tell(kind: str, customer_id: int, text: str, *, by: Colleague, now: datetime) -> None:
    record(
        kind,
        at=now,
        subject=reference("customer", customer_id),
        customer_id=customer_id,
        by=by,
        text=text[:200],
    )
