from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from ascolto.cases.models import Case, Conversation, Draft, DraftFile, Message
from ascolto.cases.policy import FORWARD_KEY
from ascolto.cases.queries.ways import is_way_to_answer, way_to_answer
from ascolto.cases.services.acknowledging import did_not_arrive, took_back
from ascolto.cases.services.drafting import restore_draft
from ascolto.cases.services.manners import InPublicThere, mind_manners, setting_of, worded
from ascolto.cases.services.pointing import point_to
from ascolto.cases.services.promising import take_back_words
from ascolto.cases.services.saying import errand_of, put_into
from ascolto.cases.services.standing import STANDING, show_clock, show_words
from ascolto.cases.services.turns import (
    said_something,
    show_newest_words,
    start_clock_if_silent,
    take_turn,
    wait_again,
)
from ascolto.channels import services as channels
from ascolto.channels.models import Evidence, Outgoing
from ascolto.promises import services as promises
from ascolto.promises.queries import ANSWERS
from ascolto.staff.models import Colleague
from ascolto.timeline.services import Fact, record


class NothingToSay(Exception):
    """An answer needs words or a file."""


class NoWayToAnswer(Exception):
    """None of the customer's conversations is on a channel that carries answers."""


class SomethingCame(Exception):
    """Somebody spoke after the author looked. `args` are the case and its newest message."""


class NotHis(Exception):
    """It is somebody else's answer, and not for him to stop."""


class TooLate(Exception):
    """The message has left, or is leaving: it cannot be called back."""


@transaction.atomic
def answer(  # noqa: PLR0913 # an answer is where, who, what, with which files, after what, when
    case: Case,
    *,
    author: Colleague,
    text: str,
    now: datetime,
    files: Sequence[DraftFile] = (),
    conversation: Conversation | None = None,
    cc: Sequence[str] = (),
    leaves_at: datetime | None = None,
    seen: int = 0,
    takes: bool = True,
    private: bool = False,
) -> Message:
    """Answer the customer. It leaves after the author's undo time; his draft is used up.

    A case that is nobody's is the author's by it, unless he only writes to many (`takes`).

    `seen` is the newest message its author had before him; 0 if nobody can tell. Of two answers
    sent at once by people who saw the same, the second stops with `SomethingCame`.

    With `leaves_at` it waits until then, and so does the customer: his clocks run on. Raises what
    the channel's manners say: `TooLong`, `NoFilesThere`, `TooLateThere`; and `InPublicThere`
    where it was to be `private`, and he has spoken in public since, or was told nothing after all.
    """
    if not text.strip() and not files:
        raise NothingToSay(case.number)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if seen:
        _refuse_if_newer(case, seen)
    thread = conversation or way_to_answer(case)
    if thread is None or not is_way_to_answer(thread, case):
        raise NoWayToAnswer(case.number)
    text = text.strip()
    setting = setting_of(thread)
    if private and setting.public:
        raise InPublicThere(thread.channel.title)
    said = worded(thread, text, public=setting.public)
    mind_manners(thread, said, files=files, setting=setting, now=leaves_at or now)
    undo = timedelta(seconds=author.undo_seconds)
    wait = max(undo, leaves_at - now) if leaves_at else undo
    outgoing = channels.queue(
        errand_of(thread, author=author, text=text, files=files, cc=cc, now=now),
        now=now,
        wait=wait,
    )
    message = put_into(thread, outgoing, at=now)
    Draft.objects.filter(
        case=case, author=author, kind=Draft.Kind.REPLY, conversation=conversation
    ).delete()
    if wait == undo:
        case.waiting_since = None
    show_clock(case)
    if takes and case.assignee_id is None:
        case.assignee = author
    show_words(case, text, channel_kind=thread.channel.kind, at=now)
    case.save(update_fields=[*STANDING, "assignee"])
    kind = "cases.answered" if wait == undo else "cases.answer_scheduled"
    _tell(kind, case, at=now, by=author, message=message.pk)
    return message


def _refuse_if_newer(case: Case, seen: int) -> None:
    newer = Message.objects.filter(case=case, pk__gt=seen).order_by("-pk").first()
    if newer is not None:
        raise SomethingCame(case.number, newer.pk)


@transaction.atomic
def undo_answer(message_id: int, *, by: Colleague, now: datetime) -> Draft | None:
    """Call an answer back before it leaves: text, files and place are a draft again, as they were.

    Its author may; and, while it waits for an hour that he chose, somebody who leads, which the
    history says. The draft is the author's in any case: the words are his. Of an acknowledgement,
    which one click wrote, there is none.
    """
    message = (
        Message.objects.select_for_update(of=("self",))
        .select_related("outgoing__identity", "outgoing__author", "case")
        .get(pk=message_id)
    )
    outgoing = message.outgoing
    author = outgoing.author if outgoing is not None else None
    if outgoing is None or author is None or not _may_stop(outgoing, author, by=by):
        raise NotHis(message_id)
    if not channels.cancel(outgoing, now=now):
        raise TooLate(message_id)
    if outgoing.automatic:
        took_back(message, by=by, now=now)
        return None
    case = Case.objects.select_for_update(of=("self",)).get(pk=message.case_id)
    draft = restore_draft(case, outgoing, author=author, now=now)
    if draft.kind == Draft.Kind.REPLY:
        draft.to = f"t{message.conversation_id}"
        draft.save(update_fields=["to"])
    take_back_words(case, by=author, made_at=message.at, now=now)
    message.delete()
    show_newest_words(case)
    wait_again(case, at=now)
    case.save(update_fields=STANDING)
    stopped = "cases.answer_withdrawn" if author.pk == by.pk else "cases.answer_stopped"
    _tell(stopped, case, at=now, by=by, author=author.name)
    return draft


def _may_stop(outgoing: Outgoing, author: Colleague, *, by: Colleague) -> bool:
    waits = outgoing.not_before - outgoing.queued_at > timedelta(seconds=author.undo_seconds)
    return author.pk == by.pk or (by.leads and waits)


@transaction.atomic
def answer_left(outgoing_id: int) -> None:
    """The answer is on its way: the clocks stop at the moment it left. Safe to run twice."""
    message = _answer_of(outgoing_id)
    if message is None or message.outgoing is None or message.outgoing.sent_at is None:
        return
    case = Case.objects.select_for_update(of=("self",)).get(pk=message.case_id)
    promises.end(
        case.reference, kinds=ANSWERS, at=message.outgoing.sent_at, by=message.outgoing.author
    )
    start_clock_if_silent(case)
    point_to(message, now=message.outgoing.sent_at)
    said_something(case, at=message.outgoing.sent_at)
    take_turn(case, at=message.outgoing.sent_at)
    case.save(update_fields=STANDING)


@transaction.atomic
def answer_failed(outgoing_id: int) -> None:
    """The answer does not arrive: the customer waits again, also if the case was resolved.

    If a clock runs still, that one; else a new one, from the moment we know. Safe to run twice.
    """
    did_not_arrive(outgoing_id)
    message = _answer_of(outgoing_id)
    if message is None or message.outgoing is None:
        return
    case = Case.objects.select_for_update(of=("self",)).get(pk=message.case_id)
    wait_again(case, at=_failed_at(message.outgoing) or message.at)
    case.save(update_fields=STANDING)


def _failed_at(outgoing: Outgoing) -> datetime | None:
    """When we heard that it does not arrive."""
    came_back = Evidence.objects.filter(outgoing=outgoing, grade=Evidence.Grade.N)
    return outgoing.failed_at or came_back.order_by("at").values_list("at", flat=True).first()


def _answer_of(outgoing_id: int) -> Message | None:
    return (
        Message.objects.select_related("outgoing__author", "case__team__calendar")
        .filter(outgoing=outgoing_id, outgoing__automatic=False)
        .exclude(outgoing__key__startswith=FORWARD_KEY)  # it went to somebody else
        .first()
    )


def _tell(kind: str, case: Case, *, at: datetime, by: Colleague, **facts: Fact) -> None:
    record(
        kind,
        at=at,
        subject=case.reference,
        customer_id=case.customer_id,
        by=by,
        team_id=case.team_id,
        **facts,
    )
