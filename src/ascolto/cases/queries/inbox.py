"""The inbox: fifty cases at a time, the nearest clock first, whatever the length of the list."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from django.db.models import F, Q, QuerySet

from ascolto.cases.access import Reader, visible_cases
from ascolto.cases.models import Case, Draft
from ascolto.cases.queries.counts import READERS, Counts, queue_counts, queue_of
from ascolto.cases.queries.filters import Filters, narrowed
from ascolto.kit.kept import number, numbers
from ascolto.kit.written import Written, written
from ascolto.people.policy import initials_of
from ascolto.staff.models import Colleague

PAGE = 30  # more than a screen holds; the next ones come when one gets there
QUEUES = ("mine", "team", "free", "all", "snoozed", "resolved")
_ORDER = (F("due_at").asc(nulls_last=True), "id")
# What a line shows, read as it is: of three models a case no line would need most of the columns.
_SHOWN = (
    *("id", "subject", "last_words", "last_at", "last_channel_kind", "waiting_since", "priority"),
    *("due_at", "due_from", "warn_at", "resolved_at", "snoozed_until"),
    *("customer_id", "customer__name", "team__name", "assignee_id", "assignee__name"),
)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last case of a page: the next page begins after it. Written "2026-11-17T…~4821"."""

    at: datetime | None
    id: int

    def __str__(self) -> str:
        return f"{self.at.isoformat() if self.at else ''}~{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        """None for what is no cursor: a mistyped address shows the first page."""
        moment, _, number = text.partition("~")
        try:
            at = datetime.fromisoformat(moment) if moment else None
            return cls(at, int(number)) if at is None or at.tzinfo else None
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Row:
    """One case, as a line of a list."""

    id: int
    number: str
    customer_id: int
    customer: str
    initials: str
    subject: str
    last_words: str
    last_at: datetime
    channel_kind: str
    team: str
    assignee: str
    is_mine: bool
    waiting_since: datetime | None
    due_at: datetime | None
    due_from: datetime | None
    warn_at: datetime | None
    resolved_at: datetime | None
    snoozed_until: datetime | None
    priority: int
    draft_saved_at: datetime | None


@dataclass(frozen=True, slots=True)
class InboxPage:
    rows: list[Row] = field(default_factory=list)
    next_cursor: Cursor | None = None
    counts: Counts = field(default_factory=Counts)


def inbox(
    colleague: Colleague,
    queue: str,
    *,
    after: Cursor | None,
    now: datetime,
    filters: Filters | None = None,
) -> InboxPage:
    """One page of a queue, one of `QUEUES`. Three queries; four where the clocks end.

    `filters` narrow the list, not the counts: those say how much waits in the whole queues.
    """
    if filters or after is not None:
        found = queue_of(colleague, queue)
        if filters:
            found = narrowed(found, filters, colleague=colleague, now=now)
        cases = _after(found, queue, after)
    else:
        rows = _first_page(Reader.of(colleague), queue, PAGE + 1).rows()
        cases = [dict(zip(_SHOWN, row, strict=True)) for row in rows]
    moment = {"resolved": "resolved_at", "snoozed": "snoozed_until"}.get(queue, "due_at")
    shown = cases[:PAGE]
    more = len(cases) > PAGE
    return InboxPage(
        rows=_rows(shown, colleague),
        next_cursor=Cursor(shown[-1][moment], shown[-1]["id"]) if more else None,
        counts=queue_counts(colleague),
    )


def _rows(cases: list[dict[str, Any]], colleague: Colleague) -> list[Row]:
    """Lines of a list, with the colleague's own drafts. One query."""
    asked = {"me": colleague.pk, "cases": [case["id"] for case in cases]}
    drafts = dict(_drafts().rows(**asked))
    return [_row(case, colleague, drafts.get(case["id"])) for case in cases]


@cache
def _drafts() -> Written:
    begun = Draft.objects.filter(author=number("me"), case__any_of=numbers("cases"))
    return written(begun.exclude(text="").values_list("case_id", "saved_at"))


def next_clock(colleague: Colleague, *, now: datetime) -> datetime | None:
    """When the next clock of a case he sees runs out."""
    upcoming = visible_cases(colleague).filter(resolved_at=None, due_at__gt=now).order_by("due_at")
    return upcoming.values_list("due_at", flat=True).first()


def group_of(row: Row, *, now: datetime, midnight: datetime) -> str:
    """Under which heading a line stands; `midnight` is the end of today where the company is."""
    if row.resolved_at is not None:
        return "resolved"
    if row.snoozed_until is not None:
        return "snoozed_today" if row.snoozed_until < midnight else "snoozed"
    if row.due_at is None:
        return "later" if row.waiting_since else "theirs"
    return group_at(row.due_at, now=now, midnight=midnight)


def group_at(due_at: datetime, *, now: datetime, midnight: datetime) -> str:
    if due_at <= now + timedelta(hours=1):
        return "hour"
    return "today" if due_at < midnight else "later"


GROUPS = ("hour", "today", "later", "theirs", "snoozed_today", "snoozed", "resolved")


def grouped(
    rows: Iterable[Row], *, now: datetime, midnight: datetime
) -> list[tuple[str, list[Row]]]:
    """The lines of a page under their headings, each heading once, none empty."""
    heaps: dict[str, list[Row]] = {name: [] for name in GROUPS}
    for row in rows:
        heaps[group_of(row, now=now, midnight=midnight)].append(row)
    return [(name, heap) for name, heap in heaps.items() if heap]


@lru_cache(maxsize=READERS)
def _first_page(reader: Reader, queue: str, wanted: int) -> Written:
    """What most lists begin with, and every page of a case: made once for each who looks."""
    found = queue_of(reader.colleague(), queue)
    if queue == "resolved":
        return written(_lines(_resolved_after(found, None)[:wanted]))
    if queue == "snoozed":
        return written(_lines(_snoozed_after(found, None)[:wanted]))
    return written(_lines(found.order_by(*_ORDER)[:wanted]))


def _after(found: QuerySet[Case], queue: str, after: Cursor | None) -> list[dict[str, Any]]:
    if queue == "resolved":
        return _read(_resolved_after(found, after)[: PAGE + 1])
    if queue == "snoozed":
        return _read(_snoozed_after(found, after)[: PAGE + 1])
    return _open_after(found, after)


def _lines(found: QuerySet[Case]) -> QuerySet[Case, dict[str, Any]]:
    """Of these few cases what a line shows.

    Which they are is found by an index alone; only then are they read. Together, a list that is
    narrowed would read each case that it leaves out.
    """
    shown = Case.objects.filter(pk__in=found.values("pk")).order_by(*found.query.order_by)
    lines: QuerySet[Case, dict[str, Any]] = shown.values(*_SHOWN)
    return lines


def _read(found: QuerySet[Case]) -> list[dict[str, Any]]:
    """One query."""
    return list(_lines(found))


def _open_after(found: QuerySet[Case], after: Cursor | None) -> list[dict[str, Any]]:
    wanted = PAGE + 1
    if after is None:
        return _read(found.order_by(*_ORDER)[:wanted])
    cases: list[dict[str, Any]] = []
    if after.at is not None:
        # Written so that the index is entered at the cursor, not walked up to it.
        later = found.filter(due_at__gte=after.at).exclude(due_at=after.at, id__lte=after.id)
        cases = _read(later.order_by("due_at", "id")[:wanted])
    if len(cases) < wanted:
        without = found.filter(due_at=None, id__gt=after.id if after.at is None else 0)
        cases += _read(without.order_by("id")[: wanted - len(cases)])
    return cases


def _resolved_after(found: QuerySet[Case], after: Cursor | None) -> QuerySet[Case]:
    newest_first = found.order_by("-resolved_at", "-id")
    if after is None or after.at is None:
        return newest_first
    before = Q(resolved_at=after.at, id__gte=after.id)
    return newest_first.filter(resolved_at__lte=after.at).exclude(before)


def _snoozed_after(found: QuerySet[Case], after: Cursor | None) -> QuerySet[Case]:
    soonest_first = found.order_by("snoozed_until", "id")
    if after is None or after.at is None:
        return soonest_first
    seen = Q(snoozed_until=after.at, id__lte=after.id)
    return soonest_first.filter(snoozed_until__gte=after.at).exclude(seen)


def _row(case: dict[str, Any], colleague: Colleague, draft_saved_at: datetime | None) -> Row:
    return Row(
        id=case["id"],
        number=f"C-{case['id']}",
        customer_id=case["customer_id"],
        customer=case["customer__name"],
        initials=initials_of(case["customer__name"]),
        subject=case["subject"],
        last_words=case["last_words"],
        last_at=case["last_at"],
        channel_kind=case["last_channel_kind"],
        team=case["team__name"],
        assignee=case["assignee__name"] or "",
        is_mine=case["assignee_id"] == colleague.pk,
        waiting_since=case["waiting_since"],
        due_at=case["due_at"],
        due_from=case["due_from"],
        warn_at=case["warn_at"],
        resolved_at=case["resolved_at"],
        snoozed_until=case["snoozed_until"],
        priority=case["priority"],
        draft_saved_at=draft_saved_at,
    )
