"""`/customers/{customer}/…`: what he told us, notes, the ways to reach him, records joined."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.responses import Status

from ascolto.administration.services import identities, merging, remembering
from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.customers import IdentityIn, not_by_helpers, one_of
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.shapes import CustomerOut, IdentityOut, customer_out
from ascolto.api.v1.words import STORABLE, Id, Line, Text, WhyIn, answers
from ascolto.people.models import Customer, CustomerNote, Identity, Merge, Statement
from ascolto.people.policy import Sender
from ascolto.people.queries import identities_of, records_of
from ascolto.staff.models import Colleague
from ascolto.triage.apart import separate

router = Router(tags=["customers"])
AT_ONCE = 500


class StatementIn(Schema):
    """`where` he said it: "telefono"."""

    text: Annotated[str, Field(max_length=500, pattern=STORABLE)]
    where: Annotated[str, Field(max_length=80, pattern=STORABLE)] = ""


class StatementOut(Schema):
    id: int
    text: str
    where: str
    at: datetime
    withdrawn_at: datetime | None


class CustomerNoteIn(Schema):
    text: Text


class CustomerNoteOut(Schema):
    id: int
    text: str
    author: int
    at: datetime
    withdrawn_at: datetime | None


class MergeIn(Schema):
    """From now on the customer is read as part of `into`."""

    into: Id
    reason: Line


class MergeOut(Schema):
    id: int
    absorbed: int
    into: int
    merged_at: datetime
    undone_at: datetime | None


@router.get("/{int:customer}/statements", response=answers(200, list[StatementOut]))
def statements(request: HttpRequest, customer: Id) -> list[Any]:
    """What he told us about himself, newest first."""
    found = one_of(colleague_of(request), customer)
    told = Statement.objects.filter(customer__in=records_of(found.pk))
    return list(told.order_by("-at", "-pk")[:AT_ONCE])


@router.post("/{int:customer}/statements", response=answers(201, StatementOut))
def state(request: HttpRequest, customer: Id, said: StatementIn) -> Status[Any]:
    """Write down what he said, in his words."""
    found, by = _to_change(request, customer)
    with refused():
        made = remembering.add_statement(
            found, said.text, where=said.where, by=by, now=timezone.now()
        )
    return Status(201, made)


@router.delete("/{int:customer}/statements/{int:statement}", response=answers(200, StatementOut))
def withdraw_statement(request: HttpRequest, customer: Id, statement: Id) -> Any:
    """It holds no longer. It stays, with who withdrew it."""
    found, by = _to_change(request, customer)
    told = Statement.objects.filter(customer__in=records_of(found.pk), pk=statement).first()
    if told is None:
        raise ApiError(404)
    remembering.withdraw_statement(told, by=by, now=timezone.now())
    return Statement.objects.get(pk=told.pk)


@router.get("/{int:customer}/notes", response=answers(200, list[CustomerNoteOut]))
def notes(request: HttpRequest, customer: Id) -> list[dict[str, Any]]:
    """What colleagues should know of him, newest first."""
    found = one_of(colleague_of(request), customer)
    written = CustomerNote.objects.filter(customer__in=records_of(found.pk))
    return [_note(note) for note in written.order_by("-at", "-pk")[:AT_ONCE]]


@router.post("/{int:customer}/notes", response=answers(201, CustomerNoteOut))
def add_note(request: HttpRequest, customer: Id, written: CustomerNoteIn) -> Status[dict[str, Any]]:
    """A word among colleagues."""
    found, by = _to_change(request, customer)
    with refused():
        note = remembering.add_note(found, written.text, by=by, now=timezone.now())
    return Status(201, _note(note))


@router.delete("/{int:customer}/notes/{int:note}", response=answers(200, CustomerNoteOut))
def withdraw_note(request: HttpRequest, customer: Id, note: Id) -> dict[str, Any]:
    """It is shown no more. That it was written stays in his history."""
    found, by = _to_change(request, customer)
    written = CustomerNote.objects.filter(customer__in=records_of(found.pk), pk=note).first()
    if written is None:
        raise ApiError(404)
    remembering.withdraw_note(written, by=by, now=timezone.now())
    return _note(CustomerNote.objects.get(pk=written.pk))


@router.post("/{int:customer}/identities", response=answers(201, IdentityOut))
def add_identity(request: HttpRequest, customer: Id, wanted: IdentityIn) -> Status[Any]:
    """From now on he is recognised by it."""
    found, by = _to_change(request, customer)
    sender = Sender(wanted.kind, wanted.value)
    with refused():
        made = identities.add_identity(found, sender, by=by, now=timezone.now())
    return Status(201, made)


@router.post("/{int:customer}/identities/{int:identity}/verify", response=answers(200, IdentityOut))
def verify(request: HttpRequest, customer: Id, identity: Id, why: WhyIn) -> Any:
    """Vouch that it is his, and say how one knows."""
    found, by = _to_change(request, customer)
    his = _identity(found, identity)
    with refused():
        return identities.verify_identity(his, reason=why.reason, by=by, now=timezone.now())


@router.delete("/{int:customer}/identities/{int:identity}", response=answers(200, CustomerOut))
def remove_identity(request: HttpRequest, customer: Id, identity: Id) -> dict[str, Any]:
    """Forget an address that was never used."""
    found, by = _to_change(request, customer)
    his = _identity(found, identity)
    with refused():
        identities.remove_identity(his, by=by, now=timezone.now())
    return customer_out(found, identities_of(found.pk))


@router.post("/{int:customer}/merge", response=answers(201, MergeOut))
def merge(request: HttpRequest, customer: Id, wanted: MergeIn) -> Status[dict[str, Any]]:
    """Read two records of one customer as one. It can be undone."""
    found, by = _to_change(request, customer)
    into = one_of(by, wanted.into)
    with refused():
        made = merging.merge_customers(
            found, into=into, reason=wanted.reason, by=by, now=timezone.now()
        )
    return Status(201, _merge(made))


@router.delete("/{int:customer}/merge", response=answers(200, MergeOut))
def unmerge(request: HttpRequest, customer: Id) -> dict[str, Any]:
    """Read him apart again from the record he was merged into."""
    found, by = _to_change(request, customer)
    known = Merge.objects.filter(absorbed=found, undone_at=None).first()
    if known is None:
        raise ApiError(404, sentence="He is not part of another record.")
    separate(known, by=by, now=timezone.now())
    known.refresh_from_db()
    return _merge(known)


def _to_change(request: HttpRequest, customer: int) -> tuple[Customer, Colleague]:
    by = colleague_of(request)
    not_by_helpers(by)
    return one_of(by, customer), by


def _identity(customer: Customer, identity: int) -> Identity:
    his = Identity.objects.filter(customer__in=records_of(customer.pk), pk=identity).first()
    if his is None:
        raise ApiError(404, sentence="He has no such identity.")
    return his


def _note(note: CustomerNote) -> dict[str, Any]:
    return {
        "id": note.pk,
        "text": note.text,
        "author": note.author_id,
        "at": note.at,
        "withdrawn_at": note.withdrawn_at,
    }


def _merge(merge: Merge) -> dict[str, Any]:
    return {
        "id": merge.pk,
        "absorbed": merge.absorbed_id,
        "into": merge.into_id,
        "merged_at": merge.merged_at,
        "undone_at": merge.undone_at,
    }
