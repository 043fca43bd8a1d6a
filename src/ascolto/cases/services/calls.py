from datetime import datetime
from uuid import uuid4

from django.db import transaction

from ascolto.cases.models import Case, Conversation, Draft, Message
from ascolto.cases.queries.ways import outside_threads
from ascolto.cases.services.answering import NothingToSay
from ascolto.cases.services.hearing import hear
from ascolto.cases.services.turns import answered_by_voice
from ascolto.channels import services as channels
from ascolto.channels.adapters.phone.note import CallNote, to_bytes
from ascolto.channels.models import Channel
from ascolto.channels.services.reading import read_arrival
from ascolto.people.models import Identity
from ascolto.people.policy import Sender
from ascolto.people.queries import identities_of
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record

CALLS_CHANNEL = "telefono"


class Nobody(Exception):
    """Nothing is known by which the customer could have called: no number, and no address."""


@transaction.atomic
def note_call(
    case: Case, *, author: Colleague, text: str, answered: bool, now: datetime
) -> Message:
    """Write down what the customer said on the telephone. It stands in the case at once.

    It is heard like everything he says: it opens a resolved case and starts the answer clock;
    unless he was `answered` on the telephone, which stops the clocks that wait for an answer.
    """
    if not text.strip():
        raise NothingToSay(case.number)
    identity = _caller(case)
    note = CallNote(
        case_id=case.pk,
        sender=Sender(identity.kind, identity.value, case.customer.name),
        text=text.strip(),
        written_by=author.email,
        answered=answered,
    )
    accepted = channels.accept(
        calls_channel(case, now=now).pk,
        to_bytes(note),
        external_id=f"call-{uuid4().hex}",
        envelope={"colleague": author.pk},
        now=now,
    )
    item = read_arrival(accepted.arrival_id, now=now)
    if item is None:
        raise Nobody(case.number)
    message = hear(case, item, proof=Message.Proof.CALL)
    message.author = author
    message.save(update_fields=["author"])
    if answered:
        _answered(case, by=author, now=now)
    Draft.objects.filter(case=case, author=author, kind=Draft.Kind.CALL).delete()
    record(
        "cases.call_noted",
        at=now,
        subject=case.reference,
        customer_id=case.customer_id,
        by=author,
        team_id=case.team_id,
        message=message.pk,
        answered=answered,
    )
    return message


def calls_channel(case: Case, *, now: datetime) -> Channel:
    """The channel of what is said on the telephone; made with the first call."""
    known = Channel.objects.filter(kind=Channel.Kind.PHONE, closed_at=None).order_by("pk").first()
    if known is not None:
        return known
    made, _ = Channel.objects.get_or_create(
        name=CALLS_CHANNEL,
        defaults={
            "kind": Channel.Kind.PHONE,
            "title": "Telefono",
            "team": case.team,
            "acknowledges": False,  # he heard a voice
            "opened_at": now,
        },
    )
    return made


def _caller(case: Case) -> Identity:
    """His number if we know one, else the identity he last used in this case."""
    known = identities_of(case.customer_id)
    number = next((one for one in known if one.kind == Identity.Kind.PHONE), None)
    if number is not None:
        return number
    threads = Conversation.objects.filter(case=case).exclude(pk__in=outside_threads(case.pk))
    newest = threads.select_related("identity").order_by("-opened_at", "-pk").first()
    identity = newest.identity if newest else next(iter(known), None)
    if identity is None:
        raise Nobody(case.number)
    return identity


def _answered(case: Case, *, by: Colleague, now: datetime) -> None:
    held = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    answered_by_voice(held, by=by, now=now)
