import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count, DateTimeField, Q, QuerySet

from ascolto.kit.kept import Kept, number, numbers, text
from ascolto.kit.prepared import fetch
from ascolto.kit.written import Blank
from ascolto.timeline.models import Entry

PAGE = 500
WRITTEN = re.compile(r"([0-9]{1,19})\.([0-9]{1,19})")


@dataclass(frozen=True, slots=True)
class Deed:
    """One entry of the history, as everybody but the timeline itself sees it."""

    id: int
    kind: str
    at: datetime
    subject: str
    customer_id: int | None
    by_id: int | None
    by_name: str
    team_id: int | None
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """A place in the stream. Written "transaction.id", so that it can be a Last-Event-ID."""

    transaction: int
    id: int

    def __str__(self) -> str:
        return f"{self.transaction}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Cursor | None":
        found = WRITTEN.fullmatch(text)
        return cls(int(found[1]), int(found[2])) if found else None


def as_deed(entry: Entry) -> Deed:
    return Deed(
        id=entry.pk,
        kind=entry.kind,
        at=entry.at,
        subject=entry.subject,
        customer_id=entry.customer_id,
        by_id=entry.by_id,
        by_name=entry.by.name if entry.by else "",
        team_id=entry.team_id,
        facts=entry.facts,
    )


def deed(entry_id: int) -> Deed:
    return as_deed(Entry.objects.select_related("by").get(pk=entry_id))


def history_of(
    subject: str,
    *,
    kinds: Iterable[str] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = PAGE,
) -> list[Deed]:
    """What happened to one thing, oldest first: `since` a moment and before another (`until`),
    if they are given; the newest `limit` of it."""
    asked = {"subject": subject, "since": since, "until": until}
    newest = _newest_of(tuple(kinds), since is not None, until is not None, limit).rows(**asked)
    return [as_deed(entry) for entry in reversed(newest)]


@cache
def _newest_of(
    kinds: tuple[str, ...],
    is_since: bool,  # noqa: FBT001 # a key
    is_until: bool,  # noqa: FBT001 # a key
    limit: int,
) -> Kept[Entry]:
    def make() -> QuerySet[Entry]:
        entries = Entry.objects.select_related("by").filter(subject=text("subject"))
        if kinds:
            entries = entries.filter(kind__in=kinds)
        if is_since:
            entries = entries.filter(at__gte=Blank("since", DateTimeField()))
        if is_until:
            entries = entries.filter(at__lt=Blank("until", DateTimeField()))
        return entries.order_by("-at", "-id")[:limit]

    return Kept(make)


@dataclass(frozen=True, slots=True)
class Openly:
    """Kinds of deeds that everybody may know of, but for those of these teams."""

    kinds: Collection[str]
    closed_teams: Iterable[int] = ()


def how_often(subjects: Collection[str], *, kind: str) -> dict[str, int]:
    """How often each of these had a deed of this kind; without those that never had. One query."""
    rows = Entry.objects.filter(subject__in=subjects, kind=kind).order_by()
    return dict(rows.values_list("subject").annotate(Count("pk")))


def deeds_of_customers(
    customer_ids: Collection[int],
    *,
    kinds: Collection[str],
    among: "QuerySet[Any, Any] | Collection[str] | None" = None,
    openly: "Openly | None" = None,
    before: tuple[datetime, int] | None = None,
    limit: int = PAGE,
) -> list[Deed]:
    """What happened to these customers, newest first; older than `before`, a moment and an id.

    `among` narrows it to these subjects: what somebody may see is known further up. What is told
    `openly` may have any subject.
    """
    told = _told(kinds, among, openly)
    entries = Entry.objects.select_related("by").filter(told, customer__in=customer_ids)
    if before is not None:
        at, entry_id = before
        entries = entries.filter(Q(at__lt=at) | Q(at=at, id__lt=entry_id))
    return [as_deed(entry) for entry in entries.order_by("-at", "-id")[:limit]]


def deeds_of_his(
    *,
    kinds: Collection[str],
    among: "QuerySet[Any, Any]",
    openly: "Openly | None",
    is_older: bool,
    limit: int,
) -> Callable[..., list[Deed]]:
    """`deeds_of_customers`, to be kept and asked again: of these `records`; if `is_older`, before
    the moment `at` and the id `pk`."""

    def make() -> QuerySet[Entry]:
        his = Q(customer__any_of=numbers("records"))
        entries = Entry.objects.select_related("by").filter(_told(kinds, among, openly), his)
        if is_older:
            at, pk = Blank("at", DateTimeField()), number("pk")
            entries = entries.filter(Q(at__lt=at) | Q(at=at, id__lt=pk))
        return entries.order_by("-at", "-id")[:limit]

    kept = Kept(make)
    return lambda **asked: [as_deed(entry) for entry in kept.rows(**asked)]


def _told(
    kinds: Collection[str],
    among: "QuerySet[Any, Any] | Collection[str] | None",
    openly: "Openly | None",
) -> Q:
    told = Q(kind__in=kinds)
    if among is not None:
        told &= Q(subject__in=among)
    if openly is not None:
        told |= Q(kind__in=openly.kinds) & ~Q(team__in=openly.closed_teams)
    return told


# The first transaction that may still write a row this statement does not see. A snapshot knows
# those of every database on the server; one that certainly writes in another holds nothing back.
# Which database a transaction belongs to never changes, so it does not matter when that is asked:
# one that is not found any more, or is only prepared, counts as ours.
HORIZON = """(
  select least(
    pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
    min(open::text::bigint)
  )
  from pg_snapshot_xip(pg_current_snapshot()) open
  where not exists (
    select 1 from pg_stat_activity a join pg_database d on d.datname = current_database()
    where a.backend_xid = open::xid and a.datid <> d.oid
  )
)"""

STREAM = f"""
select e.transaction, e.id, e.kind, e.subject, e.team_id, e.customer_id
from timeline_entry e
where (e.transaction, e.id) > (%s, %s) and e.transaction < {HORIZON}
order by e.transaction, e.id
limit %s
"""  # noqa: S608 # put together from our own words

HEAD = f"""
select coalesce(max(transaction), 0), coalesce(max(id), 0)
from (
  select transaction, id from timeline_entry
  where transaction < {HORIZON}
  order by transaction desc, id desc limit 1
) newest
"""  # noqa: S608 # as above


def head() -> Cursor:
    """The newest place that every open transaction has let pass."""
    [(transaction, entry_id)] = fetch(HEAD, ())
    return Cursor(transaction, entry_id)


def after(place: Cursor, *, limit: int = PAGE) -> list[tuple[Cursor, Deed]]:
    """What was written after `place`, in the order of the stream, each with its own place.

    Nothing is ever skipped: what an older, open transaction may still come before is held back.
    """
    with connection.cursor() as cursor:
        cursor.execute(STREAM, (place.transaction, place.id, limit))
        places = [Cursor(row[0], row[1]) for row in cursor.fetchall()]
    entries = Entry.objects.select_related("by").in_bulk([one.id for one in places])
    return [(one, as_deed(entries[one.id])) for one in places]
