from dataclasses import dataclass

from django.db import transaction

from ascolto.cases.models import Case, Conversation, Message
from ascolto.cases.services.standing import STANDING, show_clock, show_words
from ascolto.channels.models import Item
from ascolto.promises import services as promises
from ascolto.promises.models import Promise
from ascolto.promises.services import About
from ascolto.staff.models import Team
from ascolto.timeline.services import record

NO_SUBJECT = "Senza oggetto"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new case starts with."""

    team: Team
    subject: str


@transaction.atomic
def open_case(item: Item, opening: Opening) -> Message:
    """Open a case with this item as its first message, and start the first-answer clock."""
    identity = item.identity
    if identity is None:
        raise ValueError("a case is somebody's: the item has no identity")
    case = Case.objects.create(
        customer_id=identity.customer_id,
        subject=_subject(opening.subject, item.text),
        team=opening.team,
        opened_at=item.heard_at,
        last_at=item.heard_at,
        last_channel_kind=item.channel.kind,
    )
    record(
        "cases.opened",
        at=item.heard_at,
        subject=case.reference,
        customer_id=identity.customer_id,
        team_id=opening.team.pk,
        item=item.pk,
    )
    return hear(case, item, proof=Message.Proof.OPENED)


@transaction.atomic
def hear(case: Case, item: Item, *, proof: str) -> Message:
    """Put what a customer said into his case. A resolved case opens again. Safe to run twice."""
    known = Message.objects.filter(item=item).first()
    if known is not None:
        return known
    case = (
        Case.objects.select_for_update(of=("self",))
        .select_related("team__calendar")
        .get(pk=case.pk)
    )
    message = Message.objects.create(
        case=case,
        conversation=_conversation(case, item),
        item=item,
        proof=proof,
        at=item.heard_at,
        subject=item.subject[:300],
        text=item.text,
    )
    show_words(case, item.text or item.subject, channel_kind=item.channel.kind, at=item.heard_at)
    _start_clock(case, item)
    if case.resolved_at is not None:
        case.resolved_at = case.resolved_by = None
        _tell("cases.reopened", case, item)
    case.waiting_since = case.waiting_since or item.heard_at
    show_clock(case)
    case.save(update_fields=STANDING)
    _tell("cases.heard", case, item)
    return message


def _start_clock(case: Case, item: Item) -> None:
    """First answer until we have answered once, next answer after that.

    A clock that is running goes on: asking twice does not give us more time.
    """
    answered = Message.objects.filter(case=case, outgoing__automatic=False).exists()
    kind = Promise.Kind.NEXT_ANSWER if answered else Promise.Kind.FIRST_ANSWER
    running = Promise.objects.filter(subject=case.reference, ended_at=None).exists()
    if not running:
        promises.start(
            About(case.reference, case.customer_id), kind=kind, team=case.team, now=item.heard_at
        )


def _conversation(case: Case, item: Item) -> Conversation:
    conversation, _ = Conversation.objects.get_or_create(
        case=case,
        channel=item.channel,
        identity=item.identity,
        defaults={"opened_at": item.heard_at},
    )
    return conversation


def _tell(kind: str, case: Case, item: Item) -> None:
    record(
        kind,
        at=item.heard_at,
        subject=case.reference,
        customer_id=item.identity.customer_id if item.identity else case.customer_id,
        team_id=case.team_id,
        item=item.pk,
    )


def _subject(subject: str, text: str) -> str:
    words = " ".join(subject.split()) or " ".join(text.split())[:80]
    return words[:300] or NO_SUBJECT
