from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from ascolto.cases.models import Case, Conversation, Draft, DraftFile, Message
from ascolto.cases.services.drafting import restore_draft
from ascolto.cases.services.saying import errand_of, put_into
from ascolto.cases.services.standing import STANDING, show_clock, show_words
from ascolto.channels import services as channels
from ascolto.channels.registry import can_carry
from ascolto.people.models import Identity
from ascolto.promises import services as promises
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record

ANSWERS = (Promise.Kind.FIRST_ANSWER, Promise.Kind.NEXT_ANSWER)


class NothingToSay(Exception):
    """An answer needs words or a file."""


class NoWayToAnswer(Exception):
    """None of the customer's conversations is on a channel that carries answers."""


class TooLate(Exception):
    """The message has left, or is leaving: it cannot be called back."""


@transaction.atomic
def answer(  # an answer is where, who, what, with which files, when
    case: Case,
    *,
    author: Colleague,
    text: str,
    now: datetime,
    files: Sequence[DraftFile] = (),
    conversation: Conversation | None = None,
) -> Message:
    """Answer the customer. It leaves after the author's undo time; his draft is used up."""
    if not text.strip() and not files:
        raise NothingToSay(case.number)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    thread = conversation or way_to_answer(case)
    if thread is None or thread.case_id != case.pk:
        raise NoWayToAnswer(case.number)
    outgoing = channels.queue(
        errand_of(thread, author=author, text=text.strip(), files=files, now=now),
        now=now,
        wait=timedelta(seconds=author.undo_seconds),
    )
    message = put_into(thread, outgoing, at=now)
    Draft.objects.filter(case=case, author=author, kind=Draft.Kind.REPLY).delete()
    case.waiting_since = case.due_at = case.due_from = case.warn_at = None
    if case.assignee_id is None:
        case.assignee = author
    show_words(case, text, channel_kind=thread.channel.kind, at=now)
    case.save(update_fields=[*STANDING, "assignee"])
    _tell("cases.answered", case, at=now, by=author, message=message.pk)
    return message


def way_to_answer(case: Case) -> Conversation | None:
    """Where he is listening: the conversation he last wrote in, if answers can leave by it."""
    newest = (
        Conversation.objects.select_related("channel", "identity__customer", "case")
        .filter(case=case)
        .filter(messages__item__isnull=False)
        .exclude(messages__proof=Message.Proof.OTHER_ADDRESS)
        .order_by("-messages__at")
    )
    for thread in newest[:20]:
        if can_carry(thread.channel) and thread.identity.kind == Identity.Kind.EMAIL:
            return thread
    return None


@transaction.atomic
def undo_answer(message_id: int, *, by: Colleague, now: datetime) -> Draft:
    """Call an answer back before it leaves: the text and files are a draft again, as they were."""
    message = (
        Message.objects.select_for_update(of=("self",))
        .select_related("outgoing__identity", "case")
        .get(pk=message_id, author=by, outgoing__automatic=False)
    )
    outgoing = message.outgoing
    if outgoing is None or not channels.cancel(outgoing, now=now):
        raise TooLate(message_id)
    case = Case.objects.select_for_update(of=("self",)).get(pk=message.case_id)
    draft = restore_draft(case, outgoing, author=by, now=now)
    message.delete()
    _wait_again(case)
    _tell("cases.answer_withdrawn", case, at=now, by=by)
    return draft


@transaction.atomic
def answer_left(outgoing_id: int) -> None:
    """The answer is on its way: the clocks stop at the moment it left. Safe to run twice."""
    message = _answer_of(outgoing_id)
    if message is None or message.outgoing is None or message.outgoing.sent_at is None:
        return
    case = Case.objects.select_for_update(of=("self",)).get(pk=message.case_id)
    heard_since = Message.objects.filter(case=case, item__isnull=False, at__gt=message.at).exists()
    promises.end(
        case.reference, kinds=ANSWERS, at=message.outgoing.sent_at, by=message.outgoing.author
    )
    if heard_since:
        newest = Message.objects.filter(case=case, item__isnull=False, at__gt=message.at)
        case.waiting_since = newest.order_by("at").values_list("at", flat=True).first()
        promises.start(
            promises.About(case.reference, case.customer_id),
            kind=Promise.Kind.NEXT_ANSWER,
            team=case.team,
            now=case.waiting_since or message.at,
        )
    show_clock(case)
    case.save(update_fields=STANDING)


@transaction.atomic
def answer_failed(outgoing_id: int) -> None:
    """The answer will not arrive: the customer waits again, on the clock that never stopped."""
    message = _answer_of(outgoing_id)
    if message is not None:
        _wait_again(Case.objects.select_for_update(of=("self",)).get(pk=message.case_id))


def _answer_of(outgoing_id: int) -> Message | None:
    return (
        Message.objects.select_related("outgoing__author", "case__team__calendar")
        .filter(outgoing=outgoing_id, outgoing__automatic=False)
        .first()
    )


def _wait_again(case: Case) -> None:
    last_said = (
        Message.objects.filter(
            case=case, outgoing__sent_at__isnull=False, outgoing__automatic=False
        )
        .order_by("-at")
        .values_list("at", flat=True)
        .first()
    )
    heard = Message.objects.filter(case=case, item__isnull=False)
    if last_said is not None:
        heard = heard.filter(at__gt=last_said)
    case.waiting_since = heard.order_by("at").values_list("at", flat=True).first()
    show_clock(case)
    case.save(update_fields=STANDING)


def _tell(
    kind: str, case: Case, *, at: datetime, by: Colleague, message: int | None = None
) -> None:
    record(
        kind,
        at=at,
        subject=case.reference,
        customer_id=case.customer_id,
        by=by,
        team_id=case.team_id,
        message=message,
    )
