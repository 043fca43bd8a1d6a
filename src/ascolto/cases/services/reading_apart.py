"""Two records were read as one person, and are two again: each has the words that are his."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ascolto.cases.models import Case, Conversation, Message, Moving, Rating
from ascolto.cases.services.hearing import locked_cases
from ascolto.cases.services.moves import AlreadyMerged, undo_move
from ascolto.cases.services.standing import STANDING
from ascolto.cases.services.telling import tell
from ascolto.cases.services.turns import show_newest_words, start_clock_if_silent, take_turn
from ascolto.people.models import Merge
from ascolto.people.queries import heads_of, with_merged
from ascolto.promises.queries import ANSWERS
from ascolto.promises.services import carrying
from ascolto.staff.models import Colleague

# What stood in somebody's case only because the two were one person.
BY_PERSON = (Message.Proof.SAME_PERSON, Message.Proof.SAME_THREAD, Message.Proof.BY_HAND)


@transaction.atomic
def read_apart(customer_ids: Collection[int], *, now: datetime) -> list[Case]:
    """Take out of the cases of these customers what others said who are no longer read as them.

    Cases that a colleague had joined are parted; what was brought into one because the two were
    one person becomes a case of its own. Safe to run twice.
    """
    everybody = with_merged(customer_ids)
    heads = heads_of(everybody)
    by = _who_parted(everybody)
    for moving in _joined(everybody):
        if _apart(moving.origin.customer_id, moving.target.customer_id, heads) and by is not None:
            try:
                undo_move(moving, by=by, now=now)
            except AlreadyMerged:  # it was joined further since: its threads are parted below
                continue
    made = []
    for (case_id, _head), threads in _strange_threads(everybody, heads).items():
        made.append(_part(case_id, threads, by=by, now=now))
    return made


def _apart(one: int, other: int, heads: dict[int, int]) -> bool:
    return heads.get(one, one) != heads.get(other, other)


def _who_parted(records: Collection[int]) -> Colleague | None:
    undone = Merge.objects.filter(
        Q(absorbed__in=records) | Q(into__in=records), undone_by__isnull=False
    )
    newest = undone.select_related("undone_by").order_by("-undone_at").first()
    return newest.undone_by if newest else None


def _joined(records: Collection[int]) -> list[Moving]:
    joined = Moving.objects.select_related("origin", "target").filter(
        kind=Moving.Kind.MERGE,
        undone_at=None,
        origin__customer__in=records,
        target__customer__in=records,
    )
    return list(joined.order_by("-at", "-pk"))


def _strange_threads(
    records: Collection[int], heads: dict[int, int]
) -> dict[tuple[int, int], list[Conversation]]:
    """Threads in cases of somebody else, by case and by whose they are."""
    brought = Message.objects.filter(proof__in=BY_PERSON).values("conversation")
    threads = Conversation.objects.select_related("identity__customer", "case").filter(
        case__customer__in=records, identity__customer__in=records, pk__in=brought
    )
    found: defaultdict[tuple[int, int], list[Conversation]] = defaultdict(list)
    for thread in threads.order_by("pk"):
        whose = thread.identity.customer_id
        if _apart(thread.case.customer_id, whose, heads):
            found[thread.case_id, heads.get(whose, whose)].append(thread)
    return found


def _part(
    case_id: int, threads: list[Conversation], *, by: Colleague | None, now: datetime
) -> Case:
    """These threads become a case of the one whose they are, as if they had opened it."""
    origin = locked_cases([case_id], follow=False)[case_id]
    words = Message.objects.filter(conversation__in=threads).order_by("at", "pk")
    first = words.filter(item__isnull=False).select_related("item__channel").first()
    if first is None or first.item is None:
        raise ValueError(f"nobody said anything in the threads of C-{case_id}")
    new = Case.objects.create(
        customer=threads[0].identity.customer,
        subject=(first.subject or " ".join(first.text.split())[:80] or origin.subject)[:300],
        team=origin.team,
        assignee=origin.assignee,
        opened_at=first.at,
        last_at=first.at,
        last_channel_kind=first.item.channel.kind,
        priority=origin.priority,
    )
    Conversation.objects.filter(pk__in=[one.pk for one in threads]).update(case=new)
    Rating.objects.filter(message__in=words).update(case=new)
    words.update(case=new)
    Message.objects.filter(pk=first.pk).update(proof=Message.Proof.OPENED)
    _reckon(origin, at=now)
    handed: list[int] = []
    if origin.waiting_since is None:
        handed = carrying.hand_on(origin.reference, new.reference, kinds=ANSWERS)
        _reckon(origin, at=now)
    if not handed:
        start_clock_if_silent(new)
    _reckon(new, at=now)
    tell("cases.split", origin, at=now, by=by, other=new.number, came=False)
    tell("cases.split", new, at=now, by=by, other=origin.number, came=True)
    return new


def _reckon(case: Case, *, at: datetime) -> None:
    show_newest_words(case)
    take_turn(case, at=at)
    case.save(update_fields=STANDING)
