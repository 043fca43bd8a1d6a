"""A colleague says who somebody is: a second address is his too, or a link is his again."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ascolto.administration.services import merging
from ascolto.cases.models import Case, Conversation, MatterLink, Message
from ascolto.cases.services.telling import held, tell
from ascolto.people.models import Customer, Identity, Merge
from ascolto.people.queries import records_of
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import history_of

CONFIRMED, DOUBTED = "cases.writer_confirmed", "cases.writer_doubted"
VOUCHED = "un collega ha confermato che è la stessa persona"


@transaction.atomic
def confirm_writer(message: Message, *, by: Colleague, now: datetime) -> None:
    """Who wrote from another address is the customer: his words count as his, and he can be
    answered there. What he writes from it later is known.

    A record that holds nothing but this address is read as the customer's from now on; one with
    matters of its own stays, because two people may share one desk. `doubt_writer` undoes it.
    """
    case, thread = held(message.case), message.conversation
    if message.proof != Message.Proof.OTHER_ADDRESS:
        return
    strange = Message.objects.filter(
        case=case, conversation=thread, proof=Message.Proof.OTHER_ADDRESS
    )
    ids = list(strange.order_by("pk").values_list("pk", flat=True))
    Message.objects.filter(pk__in=ids).update(proof=Message.Proof.TOKEN)
    merge = _join(thread.identity, case, by=by, now=now)
    tell(
        CONFIRMED,
        case,
        at=now,
        by=by,
        address=thread.identity.value,
        thread=thread.pk,
        messages=[str(pk) for pk in ids],
        merge=merge.pk if merge else 0,
    )


@transaction.atomic
def doubt_writer(case: Case, thread_id: int, *, by: Colleague, now: datetime) -> None:
    """It was not him: the words are a stranger's again, and the records are two as before."""
    case = held(case)
    facts = _confirmed(case, thread_id)
    if facts is None:
        return
    ids = [int(pk) for pk in facts["messages"]]
    Message.objects.filter(pk__in=ids, case=case).update(proof=Message.Proof.OTHER_ADDRESS)
    merge = Merge.objects.filter(pk=facts["merge"], undone_at=None).first()
    if merge is not None:
        merging.unmerge_customers(merge, by=by, now=now)
    tell(DOUBTED, case, at=now, by=by, address=facts["address"], thread=thread_id)


@transaction.atomic
def welcome_again(case: Case, identity: Identity, *, by: Colleague, now: datetime) -> bool:
    """Who said "this isn't me" gets links to this case again: it was a mistake, and a colleague
    knows. The old links stay dead; the next message carries a new one. Whether he had said so."""
    case = held(case)
    gone, _ = MatterLink.objects.filter(
        case__in=_with_its_parts(case), identity=identity, revoked_at__isnull=False
    ).delete()
    if gone:
        tell("cases.link_given_again", case, at=now, by=by, address=identity.value)
    return bool(gone)


def _confirmed(case: Case, thread_id: int) -> dict[str, Any] | None:
    deeds = history_of(case.reference, kinds=[CONFIRMED, DOUBTED])
    last = next((one for one in reversed(deeds) if one.facts["thread"] == thread_id), None)
    return last.facts if last is not None and last.kind == CONFIRMED else None


def _join(identity: Identity, case: Case, *, by: Colleague, now: datetime) -> Merge | None:
    other = Customer.objects.get(pk=identity.customer_id)
    if other.pk in records_of(case.customer_id):
        return None
    elsewhere = Case.objects.filter(customer__in=records_of(other.pk)).exists()
    spoke = Conversation.objects.filter(identity__customer=other.pk).exclude(case=case).exists()
    alone = Identity.objects.filter(customer=other).count() == 1
    if elsewhere or spoke or not alone:
        return None
    return merging.merge_customers(other, into=case.customer, reason=VOUCHED, by=by, now=now)


def _with_its_parts(case: Case) -> list[int]:
    return [case.pk, *Case.objects.filter(merged_into=case).values_list("pk", flat=True)]
