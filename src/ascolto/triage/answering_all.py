"""One answer written for everybody who asks the same, and said to each by name, once."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from django.db import transaction
from django.db.models import Q, QuerySet

from ascolto.cases.access import visible_team_ids
from ascolto.cases.models import Message
from ascolto.cases.services.answering import NothingToSay, NoWayToAnswer
from ascolto.cases.services.answering import answer as answer_in_case
from ascolto.cases.services.manners import NoFilesThere, TooLateThere, TooLong
from ascolto.channels.models import Outgoing
from ascolto.channels.registry import can_carry
from ascolto.kit.work import later, later_at
from ascolto.knowledge.policy import FIELDS, expand
from ascolto.listening import services as listening
from ascolto.listening.models import AnswerToAll, Cause, Mention
from ascolto.listening.services.speaking import as_said, held_to_speak, our_answers, speak
from ascolto.reading.abuse import is_abusive
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.references import reference
from ascolto.timeline.services import Fact, Happened, record_many

AT_ONCE = 25  # answers written in one transaction
EXAMPLES = 2
STANDING = Mention.Standing
OPEN = {STANDING.WAITING, STANDING.CASE}
REFUSALS = (
    listening.CannotAnswer,
    listening.InACase,
    listening.TooLong,
    NothingToSay,
    NoWayToAnswer,
    NoFilesThere,
    TooLateThere,
    TooLong,
)


class LeftOut(Enum):
    """Why a comment gets no answer of its own."""

    ANSWERED = "answered"  # he has an answer of ours, or one is on its way
    SAME_PERSON = "same_person"  # he is answered under another comment of his
    GONE = "gone"  # he deleted it, or it was put aside
    NO_WAY = "no_way"  # nothing can be written there


@dataclass(frozen=True, slots=True)
class Addressed:
    """What one of them will read."""

    mention_id: int
    author: str
    words: str


@dataclass(frozen=True, slots=True)
class AnswerPreview:
    """Whom an answer to all is for: counted, with the first two as they will be, and who is not."""

    many: int
    examples: Sequence[Addressed] = ()
    left_out: dict[LeftOut, int] = field(default_factory=dict)


class NobodyToAnswer(Exception):
    """All of them have an answer, or none can be written there."""


class TooLateToCallBack(Exception):
    """The first of its answers is on its way."""


def preview_answer(
    cause: Cause, text: str, *, by: Colleague, is_update: bool = False
) -> AnswerPreview:
    """Whom it would reach, and whom not, and why. What a reserved team hears, of which `by` is
    not, is left to that team, and not counted. Five queries."""
    chosen, left_out = _choose(cause, by, is_update=is_update)
    said = [addressed(one, text, by) for one in chosen[:EXAMPLES]]
    return AnswerPreview(len(chosen), said, dict(left_out))


@transaction.atomic
def answer_all(
    cause: Cause, text: str, *, by: Colleague, now: datetime, is_update: bool = False
) -> AnswerToAll:
    """Answer each of them in public, by name, after the author's undo time.

    "{nome}" in the text is each one's name. Nobody is answered twice; with `is_update` also those
    hear it who had an answer before. The same words sent twice are one answer. Raises
    `listening.services.NoWords` and `NobodyToAnswer`.
    """
    words = text.strip()
    if not words:
        raise listening.NoWords(cause.reference)
    held = Cause.objects.select_for_update(of=("self",)).get(pk=cause.pk)
    waiting = AnswerToAll.objects.filter(cause=held, called_back_at=None, finished_at=None)
    same = waiting.filter(by=by, text=words).first()
    if same is not None:
        return same
    chosen, _left_out = _choose(held, by, is_update=is_update)
    if not chosen:
        raise NobodyToAnswer(held.reference)
    leaves_at = now + timedelta(seconds=by.undo_seconds)
    made = AnswerToAll.objects.create(
        cause=held,
        text=words,
        mentions=[one.pk for one in chosen],
        is_update=is_update,
        by=by,
        asked_at=now,
        leaves_at=leaves_at,
    )
    later_at("triage.answer_all", leaves_at, answer_id=made.pk)
    _tell("listening.answered_to_all", made, now=now, people=len(chosen))
    return made


@transaction.atomic
def call_back_all(answer_id: int, *, by: Colleague, now: datetime) -> AnswerToAll:
    """Call it back before any of it leaves. Raises `listening.services.NotHis`, and
    `TooLateToCallBack`."""
    made = AnswerToAll.objects.select_for_update(of=("self",)).select_related("cause", "by")
    answer = made.get(pk=answer_id)
    if answer.by_id != by.pk:
        raise listening.NotHis(answer_id)
    if answer.done or answer.leaves_at <= now:
        raise TooLateToCallBack(answer_id)
    if answer.called_back_at is None:
        answer.called_back_at = now
        answer.save(update_fields=["called_back_at"])
        _tell("listening.answer_to_all_called_back", answer, now=now)
    return answer


def carry_answer(answer_id: int, *, now: datetime) -> None:
    """Write the next of its answers; the rest in jobs after this one. Safe to run twice."""
    if _some(answer_id, now=now):
        later("triage.answer_all", answer_id=answer_id)


@transaction.atomic
def _some(answer_id: int, *, now: datetime) -> bool:
    """Whether there are more."""
    answer = (
        AnswerToAll.objects.select_for_update(of=("self",))
        .select_related("cause", "by")
        .get(pk=answer_id)
    )
    over = answer.called_back_at is not None or answer.finished_at is not None
    if over or now < answer.leaves_at:
        return False
    ids = answer.mentions[answer.done : answer.done + AT_ONCE]
    several = _whole().in_bulk(ids)
    for pk in ids:
        if pk in several and _write(answer, several[pk], now=now):
            answer.written += 1
    answer.done += len(ids)
    if answer.done >= len(answer.mentions):
        answer.finished_at = now
        when = "told_at" if answer.is_update else "answered_at"
        Cause.objects.filter(pk=answer.cause_id).update(**{when: now})
        _tell("listening.answer_to_all_written", answer, now=now, people=answer.written)
    answer.save(update_fields=["done", "written", "finished_at"])
    return answer.finished_at is None


def _write(answer: AnswerToAll, mention: Mention, *, now: datetime) -> bool:
    """One of them; whether it went to the outbox. Where somebody was quicker, he was."""
    if not answer.is_update and (mention.answered_at or our_answers(mention).exists()):
        return False
    words = addressed(mention, answer.text, answer.by).words
    try:
        with transaction.atomic():
            if mention.standing == STANDING.CASE and _write_in_case(
                answer, mention, words, now=now
            ):
                return True
            held = held_to_speak(mention)
            key = f"to-all-{answer.pk}-{mention.pk}"
            ends, nothing = STANDING.ANSWERED, timedelta(0)
            said = as_said(held, words)
            speak(held, said, key=key, ends=ends, by=answer.by, now=now, wait=nothing)
    except REFUSALS:
        return False
    return True


def _write_in_case(answer: AnswerToAll, mention: Mention, words: str, *, now: datetime) -> bool:
    """In his case, under his comment: so that all his threads hear of it, and his clocks stop."""
    heard = Message.objects.select_related(
        "case", "conversation__channel", "conversation__identity"
    )
    message = heard.filter(item=mention.item_id).first()
    if message is None:
        return False
    answer_in_case(
        message.case,
        author=answer.by,
        text=words,
        conversation=message.conversation,
        takes=False,
        now=now,
    )
    return True


def _choose(
    cause: Cause, by: Colleague, *, is_update: bool
) -> tuple[list[Mention], Counter[LeftOut]]:
    """One comment of each person, his last one that can be answered."""
    seen = _whole().filter(cause=cause).exclude(team__in=_hidden_from(by))
    said = list(seen.order_by("-heard_at", "-pk"))
    busy = _on_the_way(said) if not is_update else set()
    left_out: Counter[LeftOut] = Counter()
    done = {_who(one) for one in said if not is_update and (one.answered_at or one.pk in busy)}
    chosen: dict[str, Mention] = {}
    for one in said:
        who = _who(one)
        why = _why_not(one, is_update=is_update, is_done=who in done, is_known=who in chosen)
        if why is None:
            chosen[who] = one
        else:
            left_out[why] += 1
    return list(reversed(chosen.values())), left_out


def _hidden_from(by: Colleague) -> list[int]:
    seen = visible_team_ids(by)
    if seen is None:
        return []
    reserved = Team.objects.filter(is_reserved=True).exclude(pk__in=seen)
    return list(reserved.values_list("pk", flat=True))


def _why_not(mention: Mention, *, is_update: bool, is_done: bool, is_known: bool) -> LeftOut | None:
    open_ones = OPEN | {STANDING.ANSWERED, STANDING.THANKED} if is_update else OPEN
    if mention.gone_at is not None or mention.standing in {STANDING.NOISE, STANDING.GONE}:
        return LeftOut.GONE
    if is_done or mention.standing not in open_ones:
        return LeftOut.ANSWERED
    if is_known:
        return LeftOut.SAME_PERSON
    if not mention.item.post.get("answerable") or not can_carry(mention.channel):
        return LeftOut.NO_WAY
    return None


def _on_the_way(said: Sequence[Mention]) -> set[int]:
    """Those that words of ours are on their way to already, by any hand."""
    of_reference = {one.reference: one.pk for one in said}
    leaving = Q(cancelled_at=None, failed_at=None, automatic=False)
    sent = Outgoing.objects.filter(leaving, subject_ref__in=of_reference)
    found = {of_reference[one] for one in sent.values_list("subject_ref", flat=True)}
    waiting = AnswerToAll.objects.filter(
        cause__in={one.cause_id for one in said}, called_back_at=None, finished_at=None
    )
    for ids in waiting.values_list("mentions", flat=True):
        found.update(ids)
    return found


def _who(mention: Mention) -> str:
    if mention.identity is not None:
        return f"customer:{mention.identity.customer_id}"
    return str(mention.item.post.get("author") or mention.author_name or mention.pk)


def addressed(mention: Mention, text: str, by: Colleague) -> Addressed:
    """By his first name; whose name is an insult, or who has none, is not named."""
    name = " ".join(mention.author_name.split()[:1])
    named = "" if is_abusive(mention.author_name) else name
    values = {"nome": named, "cliente": named and mention.author_name, "operatore": by.name}
    # Nobody else's number or subject is told in public: such a field leaves a gap.
    words = expand(text, {**dict.fromkeys(FIELDS, ""), **values}).strip()
    if not named:
        words = words.lstrip(" ,;:-")
        words = words[:1].upper() + words[1:]
    return Addressed(mention.pk, mention.author_name, words)


def _whole() -> QuerySet[Mention]:
    return Mention.objects.select_related("item", "channel", "identity__customer")


def _tell(kind: str, answer: AnswerToAll, *, now: datetime, **facts: int) -> None:
    cause = answer.cause
    said: dict[str, Fact] = {"board": cause.board_id, "answer": answer.pk, **facts}
    subject = reference("cause", cause.pk)
    record_many([Happened(kind, now, subject, None, answer.by, cause.team_id, said)])
