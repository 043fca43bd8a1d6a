from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from ascolto.cases.models import Case, Conversation, Message
from ascolto.cases.services.snoozing import woken
from ascolto.cases.services.standing import save_standing, show_words
from ascolto.cases.services.ticking import clocks_for
from ascolto.channels.models import Item
from ascolto.people.models import Identity
from ascolto.promises import services as promises
from ascolto.promises.services import About
from ascolto.staff.models import Team
from ascolto.timeline.services import Happened, record_many

NO_SUBJECT = "Senza oggetto"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a new case starts with."""

    team: Team
    subject: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """An item on its way into a case: one of `locked_cases`, or the `new_case` that it opens."""

    case: Case
    item: Item
    proof: str

    @property
    def opens(self) -> bool:
        return self.proof == Message.Proof.OPENED


def new_case(item: Item, opening: Opening) -> Case:
    """A case that begins with this item. It is stored when its first message is heard."""
    return Case(
        customer=_identity(item).customer,
        subject=_subject(opening.subject, item.text),
        team=opening.team,
        opened_at=item.heard_at,
        last_at=item.heard_at,
        last_channel_kind=item.channel.kind,
    )


def locked_cases(case_ids: Collection[int], *, follow: bool = True) -> dict[int, Case]:
    """Those of these cases that exist, held until we commit: nobody else changes them.

    Taken in the order of their ids, so that two who want the same ones do not deadlock. The number
    of a case that was merged finds the one it is part of, unless one does not `follow`.
    """
    if not case_ids:
        return {}
    cases = Case.objects.select_for_update(of=("self",)).select_related("team", "customer")
    found = {case.pk: case for case in cases.filter(pk__in=case_ids).order_by("pk")}
    merged = {pk: case.merged_into_id for pk, case in found.items() if case.merged_into_id}
    if not follow or not merged:
        return found
    into = locked_cases([pk for pk in merged.values() if pk not in found])
    for pk, target in merged.items():
        head = found.get(target) or into[target]
        while head.merged_into_id:  # merged more than once
            known = head.merged_into_id
            head = found.get(known) or into.get(known) or locked_cases([known])[known]
        found[pk] = head
    return found


@transaction.atomic(savepoint=False)
def open_case(item: Item, opening: Opening) -> Message:
    """Open a case with this item as its first message, and start the first-answer clock."""
    return hear_many([Hearing(new_case(item, opening), item, Message.Proof.OPENED)])[0]


@transaction.atomic(savepoint=False)
def hear(case: Case, item: Item, *, proof: str) -> Message:
    """Put what a customer said into his case. A resolved case opens again. Safe to run twice."""
    known = Message.objects.filter(item=item).first()
    if known is not None:
        return known
    return hear_many([Hearing(locked_cases([case.pk])[case.pk], item, proof)])[0]


@transaction.atomic(savepoint=False)
def hear_many(hearings: Sequence[Hearing]) -> list[Message]:
    """`hear` for many items that stand in no case yet, in the order given.

    New cases are stored with their first message. Several hearings of one case share one `Case`.
    """
    opened = [hearing.case for hearing in hearings if hearing.opens]
    new = {id(case) for case in opened}
    old = list({one.case.pk: one.case for one in hearings if id(one.case) not in new}.values())
    first: dict[int, Hearing] = {}
    for hearing in hearings:
        first.setdefault(id(hearing.case), hearing)
    clocks = clocks_for([(one.case, one.item.heard_at) for one in first.values()], old)
    reopened = [_take_in(hearing) for hearing in hearings]
    awake = _wake(hearings)
    Case.objects.bulk_create(opened)
    save_standing(old)
    messages = _store(hearings, old)
    promises.start_many(
        [(About(case.reference, case.customer_id), clock) for case, clock in clocks]
    )
    record_many([*_told(hearings, reopened), *awake])
    return messages


def _take_in(hearing: Hearing) -> bool:
    """Show on the case what was heard; whether it had been resolved and is open again."""
    case, item = hearing.case, hearing.item
    show_words(case, item.text or item.subject, channel_kind=item.channel.kind, at=item.heard_at)
    case.waiting_since = case.waiting_since or item.heard_at
    if case.resolved_at is None:
        return False
    case.resolved_at = case.resolved_by = None
    return True


def _wake(hearings: Sequence[Hearing]) -> list[Happened]:
    """Cases put away come back, but for those that were to sleep through this."""
    news = []
    for hearing in hearings:
        case = hearing.case
        if case.snoozed_until is not None and not case.sleeps_through:
            case.snoozed_until = None
            news.append(woken(case, cause="customer", at=hearing.item.heard_at))
    return news


def _store(hearings: Sequence[Hearing], old: Sequence[Case]) -> list[Message]:
    threads = _conversations(hearings, old)
    return Message.objects.bulk_create(
        Message(
            case=hearing.case,
            conversation=threads[_thread(hearing)],
            item=hearing.item,
            proof=hearing.proof,
            at=hearing.item.heard_at,
            subject=hearing.item.subject[:300],
            text=hearing.item.text,
        )
        for hearing in hearings
    )


Thread = tuple[int, int, int | None]  # case, channel, identity


def _thread(hearing: Hearing) -> Thread:
    return hearing.case.pk, hearing.item.channel_id, hearing.item.identity_id


def _conversations(hearings: Sequence[Hearing], old: Sequence[Case]) -> dict[Thread, Conversation]:
    """The conversation of each hearing; new ones are safe to make, since the cases are ours."""
    threads: dict[Thread, Conversation] = {}
    if old:
        for known in Conversation.objects.filter(case__in=old):
            threads[known.case_id, known.channel_id, known.identity_id] = known
    missing = {
        _thread(one): Conversation(
            case=one.case,
            channel=one.item.channel,
            identity=one.item.identity,
            opened_at=one.item.heard_at,
        )
        for one in reversed(hearings)  # the first hearing of a thread is the one that opened it
        if _thread(one) not in threads
    }
    Conversation.objects.bulk_create(reversed(missing.values()))
    return threads | missing


def _told(hearings: Sequence[Hearing], reopened: Sequence[bool]) -> list[Happened]:
    news = []
    for hearing, again in zip(hearings, reopened, strict=True):
        if hearing.opens:
            news.append(_news("cases.opened", hearing))
        if again:
            news.append(_news("cases.reopened", hearing))
        news.append(_news("cases.heard", hearing))
    return news


def _news(kind: str, hearing: Hearing) -> Happened:
    case, item = hearing.case, hearing.item
    return Happened(
        kind,
        item.heard_at,
        case.reference,
        item.identity.customer_id if item.identity else case.customer_id,
        team_id=case.team_id,
        facts={"item": item.pk},
    )


def _identity(item: Item) -> Identity:
    if item.identity is None:
        raise ValueError("a case is somebody's: the item has no identity")
    return item.identity


def _subject(subject: str, text: str) -> str:
    words = " ".join(subject.split()) or " ".join(text.split())[:80]
    return words[:300] or NO_SUBJECT
