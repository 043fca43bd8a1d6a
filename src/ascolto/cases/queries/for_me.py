"""What waits for one colleague: where he was called by name, what moved in cases he follows, and
what he was asked to look at outside of any case."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Coalesce, Substr

from ascolto.alerts.queries import calls_of
from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Follower, Mention, Message
from ascolto.cases.policy import FORWARD_KEY
from ascolto.cases.queries.mentions import mentions_of
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague

SHOWN = 20  # of each kind, unless more is asked for
MOST = 300
_OF_CASES = "case:"  # how a promise speaks of one: `Case.reference`
_CASE = Cast(Substr("subject", len(_OF_CASES) + 1), BigIntegerField())


@dataclass(frozen=True, slots=True)
class Waiting:
    lines: list["ForMe"]
    more: bool  # of some kind there is more than was asked for


@dataclass(frozen=True, slots=True)
class ForMe:
    """One line. `kind`: "mention", of a case he follows "heard", "answered" or "resolved",
    "promise": one that ran out, and that he was to hear of; or "asked", which is about what stands
    at `path` under `title` and in no case.

    `who` is empty where nobody of us did it, or nobody knows.
    """

    kind: str
    case: Case | None
    at: datetime
    who: str
    words: str
    is_new: bool
    path: str = ""
    title: str = ""


def cases_for(colleague: Colleague) -> QuerySet[Case]:
    """The cases in which something waits for him to see it. Unordered."""
    called = Mention.objects.filter(colleague=colleague, seen_at=None).values("note__case")
    moved = _moved(colleague).values("case")
    late = _late(colleague).values_list(_CASE, flat=True)
    # As one list of numbers: with an "or" every case there is would be held against all three.
    return visible_cases(colleague).filter(pk__in=called.union(moved, late))


def for_me(colleague: Colleague, *, most: int = SHOWN) -> Waiting:
    """What he has not seen first, each newest first: of each kind the newest. Five queries; six
    with a promise too late."""
    several = [
        _called(colleague, most + 1),
        _of_followed_cases(colleague, most + 1),
        _of_promises(colleague, most + 1),
        _asked(colleague, most + 1),
    ]
    lines = [line for kind in several for line in kind[:most]]
    lines.sort(key=lambda line: (line.is_new, line.at), reverse=True)
    return Waiting(lines, more=any(len(kind) > most for kind in several))


def _called(colleague: Colleague, most: int) -> list[ForMe]:
    return [
        ForMe(
            kind="mention",
            case=one.note.case,
            at=one.note.at,
            who=one.note.author.name,
            words=one.note.text,
            is_new=one.seen_at is None,
        )
        for one in mentions_of(colleague, most=most)
    ]


def _of_followed_cases(colleague: Colleague, most: int) -> list[ForMe]:
    # First which, then what they say: else all of them are read to show the newest.
    news = _moved(colleague).filter(case__in=visible_cases(colleague)).order_by("-case__last_at")
    followed = list(
        Follower.objects.filter(pk__in=news.values("pk")[:most])
        .select_related("case__customer", "case__resolved_by")
        .defer("case__customer__search")
        .order_by("-case__last_at")
    )
    newest = _newest([one.case_id for one in followed], colleague)
    return [_of_followed(one, newest.get(one.case_id)) for one in followed]


def _moved(colleague: Colleague) -> QuerySet[Follower]:
    """Cases he follows in which somebody else spoke, or closed them, since he last looked."""
    seen = Coalesce("seen_at", "since")
    spoke = _spoken_by_others(colleague).filter(case=OuterRef("case"), at__gt=OuterRef("seen"))
    over = Q(case__resolved_at__gt=seen) & ~Q(case__resolved_by=colleague)
    mine = Follower.objects.filter(colleague=colleague).annotate(seen=seen)
    # Nobody spoke since where the last word is older; that is known without reading what was said.
    return mine.filter((Q(case__last_at__gt=seen) & Q(Exists(spoke))) | over)


def _late(colleague: Colleague) -> QuerySet[Promise]:
    """What ran out, was not settled since, and was to be told to him."""
    mine = Promise.objects.filter(told=colleague, told_seen_at=None, ended_at=None)
    return mine.filter(overrun_at__isnull=False, subject__startswith=_OF_CASES)


def _of_promises(colleague: Colleague, most: int) -> list[ForMe]:
    told = _late(colleague).annotate(about=_CASE).filter(about__in=visible_cases(colleague))
    late = list(told.select_related("made_by").order_by("-due_at")[:most])
    ids = [int(one.subject.removeprefix(_OF_CASES)) for one in late]
    cases = Case.objects.select_related("customer").in_bulk(ids) if ids else {}
    return [
        ForMe(
            kind="promise",
            case=cases[pk],
            at=one.due_at,
            who=one.made_by.name if one.made_by else "",
            words=one.words,
            is_new=True,
        )
        for pk, one in zip(ids, late, strict=True)
    ]


def _asked(colleague: Colleague, most: int) -> list[ForMe]:
    found = calls_of(colleague).select_related("by")
    newest = found.order_by(F("seen_at").desc(nulls_first=True), "-at")[:most]
    return [
        ForMe(
            kind="asked",
            case=None,
            at=one.at,
            who=one.by.name,
            words=one.text,
            is_new=one.seen_at is None,
            path=one.path,
            title=one.title,
        )
        for one in newest
    ]


def _spoken_by_others(colleague: Colleague) -> QuerySet[Message]:
    """Receipts are nobody's words, and what was forwarded says nothing to the customer."""
    return Message.objects.exclude(author=colleague).exclude(
        Q(outgoing__automatic=True) | Q(outgoing__key__startswith=FORWARD_KEY)
    )


def _newest(case_ids: Collection[int], colleague: Colleague) -> dict[int, Message]:
    found = (
        _spoken_by_others(colleague)
        .filter(case__in=case_ids)
        .select_related("author", "item")
        .defer("search", "item__html", "item__text", "item__quoted", "item__references")
        .order_by("case", "-at", "-pk")
        .distinct("case")
    )
    return {message.case_id: message for message in found}


def _of_followed(follower: Follower, message: Message | None) -> ForMe:
    case, seen = follower.case, follower.seen_at or follower.since
    closed = case.resolved_at
    if message is None or (closed and closed > max(seen, message.at)):
        by = case.resolved_by
        return ForMe("resolved", case, closed or case.last_at, by.name if by else "", "", True)  # noqa: FBT003 # is_new
    if message.item is not None:
        who = message.item.author_name or case.customer.name
        return ForMe("heard", case, message.at, who, message.text, True)  # noqa: FBT003 # is_new
    who = message.author.name if message.author else ""
    return ForMe("answered", case, message.at, who, message.text, True)  # noqa: FBT003 # is_new
