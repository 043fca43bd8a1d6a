"""Everything the page of one case shows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from ascolto.cases.access import Reader, visible_cases
from ascolto.cases.models import (
    CallRequest,
    Case,
    Conversation,
    Draft,
    Follower,
    Message,
    Presence,
)
from ascolto.cases.queries.around import Around, around
from ascolto.cases.queries.exposure import folded_for
from ascolto.cases.queries.history import History, history
from ascolto.cases.queries.message_rows import NEWEST_ONES, MessageRow, Stretch
from ascolto.cases.queries.presence import others_here
from ascolto.cases.queries.ways import Way, listening_in, threads_of, ways_to_answer
from ascolto.kit.kept import Kept, number, numbers
from ascolto.people.models import Identity
from ascolto.people.queries import identities_of
from ascolto.pressure.models import Unreachable
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague

OTHERS = 6  # other cases of the same customer shown beside this one
READERS = 500  # for whom its queries are kept


@dataclass(frozen=True, slots=True)
class Earlier:
    """A stretch of the past of a case, to be read above the newest of it."""

    case: Case
    history: History
    folded: frozenset[int]


@dataclass(frozen=True, slots=True)
class CasePage:
    case: Case
    around: Around
    identities: list[Identity]
    unreachable: list[Unreachable]
    clocks: list[Promise]
    history: History
    folded: frozenset[int]  # messages whose insults this colleague has not opened
    way: Conversation | None  # where an answer would go; None: nowhere
    ways: list[Way]  # where else it could
    drafts: dict[str, Draft]
    beside: list[Draft]  # what colleagues are writing here
    here: list[Presence]  # who else has the case open
    others: list[Case]
    followers: list[Follower]
    calls: list[CallRequest]  # he asked to be called, and nobody has yet

    @property
    def records(self) -> set[int]:
        """The records read as this customer that something is known of."""
        return {self.case.customer_id, *(identity.customer_id for identity in self.identities)}

    @property
    def has_networks(self) -> bool:
        """Whether an answer may leave by a network, where others may read it."""
        return any(way.is_network for way in self.ways)

    @property
    def reply(self) -> Draft | None:
        return self.drafts.get(Draft.Kind.REPLY)

    @property
    def note(self) -> Draft | None:
        return self.drafts.get(Draft.Kind.NOTE)

    @property
    def call(self) -> Draft | None:
        return self.drafts.get(Draft.Kind.CALL)

    @property
    def chosen_way(self) -> str:
        """What the choice of the way stands at: an answer called back goes where it was going."""
        called_back = self.reply.to if self.reply else ""
        known = {one.value for one in self.ways}
        return called_back if called_back in known else f"t{self.way.pk}" if self.way else ""

    @property
    def scheduled(self) -> list[MessageRow]:
        """Answers that wait for an hour somebody chose."""
        return [row for row in self.history.messages if row.is_scheduled]

    @property
    def overtaken(self) -> MessageRow | None:
        """A scheduled answer after which the customer has written: it may not fit any more."""
        heard = max((row.at for row in self.history.messages if row.was_heard), default=None)
        waiting = [row for row in self.scheduled if heard is not None and row.at < heard]
        return waiting[0] if waiting else None

    @property
    def has_other_readers(self) -> bool:
        """Whether his newest mail went to others too, so that all could be answered."""
        heard = [row.message.item for row in self.history.messages if row.message.item]
        return bool(heard) and len(heard[-1].to) + len(heard[-1].cc) > 1

    @property
    def to_forward(self) -> int:
        """What a key forwards: the newest words that a person outside wrote."""
        heard = (row.message.pk for row in reversed(self.history.messages) if row.was_heard)
        return next(heard, 0)

    @property
    def seen(self) -> int:
        """The newest message on the page. Who answers says up to where he has read."""
        return max((row.message.pk for row in self.history.messages), default=0)

    def to_call_back(self, colleague: Colleague, now: datetime) -> list[MessageRow]:
        """His own answers that have not left yet."""
        return [
            row
            for row in self.history.messages
            if row.message.author_id == colleague.pk and row.is_waiting(now)
        ]


def case_page(
    case_id: int, colleague: Colleague, stretch: Stretch = NEWEST_ONES, *, now: datetime
) -> CasePage | None:
    """The page of a case, or None when there is none this colleague may see.

    A dozen queries, however long the case is, and one more for each kind of thing that stands
    around it.
    """
    reader = Reader.of(colleague)
    found = _case_seen_by(reader).rows(case=case_id)
    if not found:
        return None
    (case,) = found
    identities = identities_of(case.customer_id)
    there = around(case, identities)
    told = history(case, stretch, there=there, now=now)
    drafts = drafts_in(case, there)
    bounced = Unreachable.objects.filter
    lost = there.some(
        "unreachable", lambda: bounced(identity__in=identities, reached_again_at=None)
    )
    threads = threads_of(case)
    return CasePage(
        case=case,
        around=there,
        identities=identities,
        unreachable=lost,
        clocks=sorted(
            (promise for promise in told.promises if promise.ended_at is None),
            key=lambda promise: promise.due_at,
        ),
        history=told,
        folded=_folded(told, colleague),
        way=listening_in(case, threads),
        ways=ways_to_answer(case, identities, {one.identity_id for one in lost}, threads=threads),
        drafts={
            draft.kind: draft
            for draft in drafts
            if draft.author_id == colleague.pk and draft.conversation_id is None
        },
        beside=_beside(drafts, colleague),
        here=there.some("presences", lambda: others_here(case, colleague, now=now)),
        others=_others_seen_by(reader).rows(
            case=case.pk,
            records=[case.customer_id, *(one.customer_id for one in identities)],
        ),
        followers=there.some("followers", lambda: _FOLLOWERS.rows(case=case.pk)),
        calls=there.some("call requests", lambda: _CALLS.rows(case=case.pk)),
    )


def earlier_in(case_id: int, colleague: Colleague, *, before: int, now: datetime) -> Earlier | None:
    """What stands before this message, or None when there is no case this colleague may see.

    Fourteen queries at most.
    """
    found = _case_seen_by(Reader.of(colleague)).rows(case=case_id)
    if not found:
        return None
    (case,) = found
    told = history(case, Stretch(before=before), there=around(case, ()), now=now)
    return Earlier(case, told, _folded(told, colleague))


def drafts_in(case: Case, there: Around = Around()) -> list[Draft]:  # noqa: B008 # never changes
    """All that is being written in a case, with its files. Two queries at most."""
    found = Draft.objects.select_related("author").prefetch_related("files").filter
    return there.some("drafts", lambda: found(case=case).order_by("-saved_at", "id"))


def drafts_beside(case: Case, colleague: Colleague) -> list[Draft]:
    """What the others are writing in this case: to be read, not to be written in."""
    return _beside(drafts_in(case), colleague)


def _folded(told: History, colleague: Colleague) -> frozenset[int]:
    return folded_for(colleague, [row.message for row in told.messages if row.was_heard])


def _beside(drafts: list[Draft], colleague: Colleague) -> list[Draft]:
    return [one for one in drafts if one.author_id != colleague.pk and one.text.strip()]


def last_words_of(case: Case, colleague: Colleague) -> str | None:
    """The text of the newest message of this case, if this colleague wrote it."""
    newest = Message.objects.filter(case=case).order_by("-pk").first()
    return newest.text if newest is not None and newest.author_id == colleague.pk else None


_FOLLOWERS = Kept(
    lambda: Follower.objects.select_related("colleague").filter(case=number("case")).order_by("id")
)
_CALLS = Kept(lambda: CallRequest.objects.filter(case=number("case"), done_at=None).order_by("id"))


@lru_cache(maxsize=READERS)
def _case_seen_by(reader: Reader) -> Kept[Case]:
    whole = ("customer", "team", "assignee", "resolved_by")
    return Kept(
        lambda: visible_cases(reader.colleague()).select_related(*whole).filter(pk=number("case"))
    )


@lru_cache(maxsize=READERS)
def _others_seen_by(reader: Reader) -> Kept[Case]:
    return Kept(
        lambda: (
            visible_cases(reader.colleague())
            .filter(customer__any_of=numbers("records"))
            .exclude(pk=number("case"))
            .order_by("-last_at")[:OTHERS]
        )
    )
