"""Which case a message belongs to, and what proves it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from ascolto.cases.models import Case, Conversation, Message
from ascolto.cases.services.hearing import locked_cases
from ascolto.channels.models import Channel, Item, Outgoing
from ascolto.channels.policy import NETWORKS, is_ours
from ascolto.timeline.references import NotAReference, referred

LATE_PARENT = timedelta(days=30)

Quoted = tuple[int | None, str]  # an identity, and a Message-ID it wrote or answered


@dataclass(frozen=True, slots=True)
class Place:
    case: Case
    proof: str  # one of Message.Proof


@dataclass(frozen=True, slots=True)
class Ours:
    """A message of ours that somebody quotes."""

    case_id: int
    identity_id: int


@dataclass(frozen=True, slots=True)
class Said:
    """A message that stands in a case, or will. `rank` tells apart those of one moment."""

    at: datetime
    rank: int
    case: Case


class Threads:
    """All that the database knows of the threads of some items, asked at once.

    Whoever finds a place for an item says so with `placed`, so that those after it are found
    beside it. The cases that may be meant are locked.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self._ours = _quoted_of_ours(items)
        written = _own_messages(items)
        parents = _late_children(items)
        meant = {ours.case_id for ours in self._ours.values()}
        meant |= {case_id for *_, case_id in written} | {row[-1] for row in parents}
        self._cases = locked_cases(meant | set(_pages(items)))
        answered = [ours.case_id for ours in self._ours.values()]
        self._known, self._strangers = _known_in(answered, items)
        self._wrote: defaultdict[Quoted, list[Said]] = defaultdict(list)
        for identity_id, message_id, at, pk, case_id in written:
            self._wrote[identity_id, message_id].append(Said(at, pk, self._cases[case_id]))
        self._children: defaultdict[Quoted, list[tuple[datetime, Said]]] = defaultdict(list)
        for identity_id, references, heard_at, at, pk, case_id in parents:
            for quoted in references:
                said = Said(at, pk, self._cases[case_id])
                self._children[identity_id, quoted].append((heard_at, said))
        self._rank = 1 << 62  # what is placed now is younger than all that stands there

    def find(self, item: Item) -> Place | None:
        """The case an item belongs to, by the strongest proof there is, or None for a new one.

        1. It was written on the page of a case. 2. It quotes a Message-ID of ours, which nobody
        can guess. 3. It continues what the same address wrote before: shown as unverified. A
        From address alone, or a number in a subject, is never a proof.
        """
        return (
            self._by_page(item)
            or self._by_token(item)
            or self._by_own_thread(item)
            or self._by_late_parent(item)
        )

    def placed(self, item: Item, case: Case, *, proof: str) -> None:
        """This item will stand in this case, for this reason."""
        self._rank += 1
        said = Said(item.heard_at, self._rank, case)
        if item.message_id:
            self._wrote[item.identity_id, item.message_id].append(said)
        for quoted in item.references:
            self._children[item.identity_id, quoted].append((item.heard_at, said))
        speaks = self._strangers if proof == Message.Proof.OTHER_ADDRESS else self._known
        speaks.add((case.pk, item.identity_id))

    def _by_page(self, item: Item) -> Place | None:
        if item.channel.kind != Channel.Kind.PORTAL:
            return None
        case = self._cases.get(item.reading.get("case", 0))
        return Place(case, Message.Proof.PORTAL) if case else None

    def _by_token(self, item: Item) -> Place | None:
        for quoted in item.references:
            ours = self._ours.get(quoted)
            case = self._cases.get(ours.case_id) if ours else None
            if ours is None or case is None:
                continue
            writer = (case.pk, item.identity_id)
            known = ours.identity_id == item.identity_id or (
                writer in self._known and writer not in self._strangers
            )
            return Place(case, Message.Proof.TOKEN if known else Message.Proof.OTHER_ADDRESS)
        return None

    def _by_own_thread(self, item: Item) -> Place | None:
        before = [
            said
            for quoted in item.references
            for said in self._wrote.get((item.identity_id, quoted), ())
        ]
        if not before:
            return None
        newest = max(before, key=lambda said: (said.at, said.rank))
        return Place(newest.case, Message.Proof.SAME_ADDRESS)

    def _by_late_parent(self, item: Item) -> Place | None:
        """The answer came before what it answers: the later one joins the case of the earlier."""
        if not item.message_id:
            return None
        answers = [
            said
            for heard_at, said in self._children.get((item.identity_id, item.message_id), ())
            if heard_at > item.heard_at - LATE_PARENT
        ]
        if not answers:
            return None
        oldest = min(answers, key=lambda said: (said.at, said.rank))
        return Place(oldest.case, Message.Proof.SAME_ADDRESS)


def _pages(items: Iterable[Item]) -> Iterable[int]:
    for item in items:
        case_id = item.reading.get("case") if item.channel.kind == Channel.Kind.PORTAL else None
        if isinstance(case_id, int):
            yield case_id


def _quoted_of_ours(items: Iterable[Item]) -> dict[str, Ours]:
    ids = {quoted for item in items for quoted in item.references if is_ours(quoted)}
    # A network names our words by itself, and says so when somebody answers them.
    carried = {
        quoted for item in items if item.channel.kind in NETWORKS for quoted in item.references
    }
    if not ids and not carried:
        return {}
    rows = Outgoing.objects.filter(Q(message_id__in=ids) | Q(carried_as__in=carried))
    found: dict[str, Ours] = {}
    for message_id, carried_as, subject, identity_id, case_id in rows.values_list(
        "message_id", "carried_as", "subject_ref", "identity_id", "message__case"
    ):
        try:  # where the message stands now: cases are merged, and split
            ours = Ours(case_id or referred(subject, kind="case"), identity_id)
        except NotAReference:
            continue
        found |= dict.fromkeys(filter(None, (message_id, carried_as)), ours)
    return found


Writer = tuple[int, int | None]  # a case, and an identity that speaks in it


def _known_in(case_ids: Sequence[int], items: Sequence[Item]) -> tuple[set[Writer], set[Writer]]:
    """Which of the writers speak in these cases already, and which came in as strangers.

    Who quoted a message of ours from another address was not proven by that, and not by doing
    it again either.
    """
    if not case_ids:
        return set(), set()
    writers = {item.identity_id for item in items}
    strange = Message.objects.filter(conversation=OuterRef("pk"), proof=Message.Proof.OTHER_ADDRESS)
    threads = Conversation.objects.filter(case__in=case_ids, identity__in=writers)
    rows = list(threads.values_list("case_id", "identity_id", Exists(strange)))
    known: set[Writer] = {(case_id, identity_id) for case_id, identity_id, _ in rows}
    return known, {(case_id, identity_id) for case_id, identity_id, other in rows if other}


def _own_messages(items: Sequence[Item]) -> list[tuple[int, str, datetime, int, int]]:
    quoted = {one for item in items for one in item.references}
    if not quoted:
        return []
    writers = {item.identity_id for item in items if item.references}
    messages = Message.objects.filter(item__identity__in=writers, item__message_id__in=quoted)
    return list(
        messages.values_list("item__identity_id", "item__message_id", "at", "pk", "case_id")
    )


def _late_children(
    items: Sequence[Item],
) -> list[tuple[int, list[str], datetime, datetime, int, int]]:
    named = [item for item in items if item.message_id]
    if not named:
        return []
    since = min(item.heard_at for item in named) - LATE_PARENT
    messages = Message.objects.filter(
        item__identity__in={item.identity_id for item in named},
        item__heard_at__gt=since,
        item__references__has_any_keys=[item.message_id for item in named],
    )
    return list(
        messages.values_list(
            "item__identity_id", "item__references", "item__heard_at", "at", "pk", "case_id"
        )
    )
