"""Whose turn it is in a case: ours, if he has said something that no answer of ours reached."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from ascolto.cases.models import Case, Message
from ascolto.cases.services.standing import show_clock, show_promise, show_words
from ascolto.channels.models import Evidence
from ascolto.promises import services as promises
from ascolto.promises.models import Promise
from ascolto.promises.queries import nearest
from ascolto.timeline.services import record


def show_turn(case: Case) -> None:
    """Since when he waits, and on which clock. What is on its way counts as said. Caller saves."""
    resolved = case.resolved_at is not None
    case.waiting_since = None if resolved else heard_after(case, _ours(case))
    if case.waiting_since is None:
        show_promise(case, None)
    else:
        show_clock(case)


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
        if nearest(case.reference) is None:
            _start(case, at=at)
    show_turn(case)


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
    if newest is not None:
        case.last_at = newest.at
        kind = newest.conversation.channel.kind
        show_words(case, newest.text or newest.subject, channel_kind=kind, at=newest.at)


def heard_after(case: Case, said: QuerySet[Message]) -> datetime | None:
    """When he first spoke after the newest of these messages of ours, if he did."""
    heard = Message.objects.filter(case=case, item__isnull=False)
    last = said.order_by("-at").values_list("at", flat=True).first()
    if last is not None:
        heard = heard.filter(at__gt=last)
    return heard.order_by("at").values_list("at", flat=True).first()


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
    )


def _start(case: Case, *, at: datetime) -> None:
    about = promises.About(case.reference, case.customer_id)
    promises.start(about, kind=Promise.Kind.NEXT_ANSWER, team=case.team, now=at)
