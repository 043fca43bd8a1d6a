"""Whose turn it is in a case: ours, if he has said something that no answer of ours reached.

While the turn is his, the clocks of the update and of the solution rest: he is the one to move.
A word that we gave and have not kept yet leaves the turn with us.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from ascolto.cases.models import CallRequest, Case, Message, OtherMatter
from ascolto.cases.policy import FORWARD_KEY
from ascolto.cases.services.standing import STANDING, show_clock, show_words
from ascolto.channels.models import Evidence
from ascolto.promises import services as promises
from ascolto.promises.models import Promise
from ascolto.promises.policy.resting import HIS_TURN
from ascolto.promises.queries import ANSWERS, running
from ascolto.staff.models import Colleague
from ascolto.timeline.services import record

FROM_OPENING = (Promise.Kind.UPDATE, Promise.Kind.RESOLUTION)


def take_turn(case: Case, *, at: datetime) -> None:
    """Reckon whose turn it is, and let the clocks follow. Caller holds the case, and saves."""
    show_turn(case)
    follow_turn(case, at=at)
    show_clock(case)


def show_turn(case: Case) -> None:
    """Since when he waits, and on which clock. What is on its way counts as said. Caller saves."""
    resolved = case.resolved_at is not None
    case.waiting_since = None if resolved else heard_after(case, _ours(case))
    show_clock(case)


def follow_turn(case: Case, *, at: datetime) -> None:
    """Let the clocks rest, or go on, that depend on whose turn it is. Caller holds the case."""
    if case.resolved_at is not None:
        return
    clocks = list(running(case.reference))
    ours = case.waiting_since is not None or any(one.kind == Promise.Kind.WORD for one in clocks)
    resting = [one for one in clocks if one.paused_at and one.pause_reason == HIS_TURN]
    ticking = [one for one in clocks if one.kind in FROM_OPENING and one.paused_at is None]
    if ours and resting:
        promises.resume_all(case.reference, reason=HIS_TURN, at=at)
    elif not ours and ticking:
        kinds = FROM_OPENING
        promises.pause_all(case.reference, kinds=kinds, reason=HIS_TURN, at=at)


def start_again(case: Case, *, at: datetime) -> None:
    """The clocks of a case that was over and is open again. Caller holds the case."""
    about = promises.About(case.reference, case.customer_id)
    promises.start(about, kinds=FROM_OPENING, team=case.team, now=at)


def said_something(case: Case, *, at: datetime) -> None:
    """A word of ours left `at` this moment: the silence begins anew. Safe to run twice.

    The clock that such a word started is not stopped by it.
    """
    update = (Promise.Kind.UPDATE,)
    promises.end(case.reference, kinds=update, at=at, before=at)
    if case.resolved_at is None:
        about = promises.About(case.reference, case.customer_id)
        promises.start(about, kinds=update, team=case.team, now=at)


def answered_by_voice(case: Case, *, by: Colleague, now: datetime) -> None:
    """He was spoken with: an answer like one that left. Caller holds the case; it is saved."""
    promises.end(case.reference, kinds=ANSWERS, at=now, by=by)
    said_something(case, at=now)
    take_turn(case, at=now)
    case.save(update_fields=STANDING)


def start_clock_if_silent(case: Case) -> None:
    """What he said after the last answer that left has a clock of its own. Caller holds the case.

    Answers may overtake each other: the newest that left counts, not the one that left last.
    """
    since = heard_after(case, _ours(case).filter(outgoing__sent_at__isnull=False))
    if case.resolved_at is None and since is not None:
        _start(case, at=since)


def wait_again(case: Case, *, at: datetime) -> None:
    """What we said does not reach him: it is our turn again, in a case that is open. Caller saves.

    The clock that stopped when the message left is over; a new one starts `at` this moment,
    because until now nobody could know.
    """
    if heard_after(case, _ours(case)) is not None:
        if case.resolved_at is not None:
            case.resolved_at = case.resolved_by = None
            record(
                "cases.reopened",
                at=at,
                subject=case.reference,
                customer_id=case.customer_id,
                team_id=case.team_id,
            )
            start_again(case, at=at)
        if not running(case.reference).filter(kind__in=ANSWERS).exists():
            _start(case, at=at)
    take_turn(case, at=at)


def show_newest_words(case: Case) -> None:
    """The last words of a case of which some were taken back. The caller saves.

    Receipts are nobody's words.
    """
    newest = (
        Message.objects.select_related("conversation__channel")
        .filter(case=case)
        .exclude(outgoing__automatic=True)
        .order_by("-at", "-pk")
        .first()
    )
    if newest is None:
        began = OtherMatter.objects.filter(case=case).select_related("message").first()
        if began is not None:  # with words that stand in another case
            case.last_at = case.opened_at
            kind = case.last_channel_kind
            show_words(case, began.words, channel_kind=kind, at=case.opened_at)
    else:
        case.last_at = newest.at
        kind = newest.conversation.channel.kind
        show_words(case, newest.text or newest.subject, channel_kind=kind, at=newest.at)


def heard_after(case: Case, said: QuerySet[Message]) -> datetime | None:
    """When he first spoke after the newest of these messages of ours, if he did."""
    heard = Message.objects.filter(case=case, item__isnull=False)
    last = said.order_by("-at").values_list("at", flat=True).first()
    called = _answered_calls(heard).order_by("-at").values_list("at", flat=True).first()
    back = _called_back(case)
    answered = max((at for at in (last, called, back) if at is not None), default=None)
    if answered is not None:
        heard = heard.filter(at__gt=answered)
    elif OtherMatter.objects.filter(case=case).exists():
        return case.opened_at  # with words that stand in another case
    return heard.order_by("at").values_list("at", flat=True).first()


def _answered_calls(heard: QuerySet[Message]) -> QuerySet[Message]:
    """Telephone calls in which he was answered at once: what he had said before is answered too."""
    return heard.filter(proof=Message.Proof.CALL, item__reading__answered=True)


def _called_back(case: Case) -> datetime | None:
    """When he was last called because he had asked for it."""
    made = CallRequest.objects.filter(case=case, called_at__isnull=False)
    return made.order_by("-called_at").values_list("called_at", flat=True).first()


def _ours(case: Case) -> QuerySet[Message]:
    """What we said that reaches him as far as we know: not called back, given up, or sent back."""
    came_back = Evidence.objects.filter(outgoing=OuterRef("outgoing"), grade=Evidence.Grade.N)
    return Message.objects.filter(
        ~Exists(came_back),
        case=case,
        outgoing__verdict="SEND",
        outgoing__automatic=False,
        outgoing__cancelled_at=None,
        outgoing__failed_at=None,
    ).exclude(outgoing__key__startswith=FORWARD_KEY)


def _start(case: Case, *, at: datetime) -> None:
    about = promises.About(case.reference, case.customer_id)
    promises.start(about, kinds=[Promise.Kind.NEXT_ANSWER], team=case.team, now=at)
