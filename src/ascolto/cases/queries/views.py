"""Saved views: lists somebody comes back to, with how much stands in each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlencode

from django.db.models import DateTimeField, Q, QuerySet
from django.utils import timezone

from ascolto.cases.access import Reader, visible_cases
from ascolto.cases.models import Case, SavedView, Tag
from ascolto.cases.queries.counts import counting, queue_of
from ascolto.cases.queries.filters import Filters, narrowed, read
from ascolto.channels.models import Channel
from ascolto.kit.kept import Kept
from ascolto.kit.written import Blank, Written
from ascolto.staff.models import Colleague, Membership, Team
from ascolto.staff.queries import colleagues, teams

MOST = 30  # views in one navigation
MOST_TAGS = 300
READERS = 200  # whose views are kept ready to be counted
# The words of an address are Italian in every language of the page.
QUEUES = {
    "miei": "mine",
    "squadra": "team",
    "liberi": "free",
    "tutti": "all",
    "rimandati": "snoozed",
    "risolti": "resolved",
}


@dataclass(frozen=True, slots=True)
class View:
    """A saved view as a line of the navigation. `count` stops at a hundred."""

    id: int
    name: str
    is_mine: bool
    is_shared: bool
    queue: str
    query: str
    filters: Filters
    count: int = 0


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list can be narrowed to."""

    teams: list[Team]
    colleagues: list[Colleague]
    tags: list[str]
    channels: list[tuple[str, str]]


def visible_views(colleague: Colleague) -> QuerySet[SavedView]:
    """His own, those shared with everybody, and those shared with a team he is in."""
    joined = Membership.objects.filter(colleague=colleague).values("team_id")
    shared = Q(is_shared=True) & (Q(team=None) | Q(team_id__in=joined))
    return SavedView.objects.filter(Q(owner=colleague) | shared)


def named_views(colleague: Colleague) -> list[View]:
    """His saved views, not counted. One query."""
    return [_line(one, colleague) for one in _views_seen_by(Reader.of(colleague)).rows()]


@lru_cache(maxsize=READERS)
def _views_seen_by(reader: Reader) -> Kept[SavedView]:
    his = visible_views(reader.colleague()).order_by("is_shared", "position", "name", "pk")
    return Kept(lambda: his[:MOST])


def views_of(colleague: Colleague, *, now: datetime) -> list[View]:
    """His saved views with their counts. One query, and one more if there are any."""
    views = named_views(colleague)
    if not views:
        return []
    asked = tuple((str(one.id), QUEUES[one.queue], one.filters) for one in views)
    zone = timezone.get_current_timezone_name()
    counts = dict(_counts_for(Reader.of(colleague), zone, asked).rows(now=now))
    return [replace(one, count=counts.get(str(one.id), 0)) for one in views]


@lru_cache(maxsize=READERS)
def _counts_for(reader: Reader, zone: str, asked: tuple[tuple[str, str, Filters], ...]) -> Written:
    """Days of a filter begin where the company is: in another `zone` it is another query."""
    colleague, now = reader.colleague(), Blank("now", DateTimeField())
    visible = visible_cases(colleague)
    found: dict[str, QuerySet[Case]] = {}
    with timezone.override(zone):
        for name, queue, filters in asked:
            cases = queue_of(colleague, queue, visible=visible)
            view = narrowed(cases, filters, colleague=colleague, now=now)
            # Among all that was ever resolved, a hundred are found soonest in no order.
            found[name] = view.order_by() if queue == "resolved" else view
        return counting(found)


def filters_in(view: SavedView) -> Filters:
    return read(_said(view))


def queue_in(view: SavedView) -> str:
    """The queue it narrows, as addresses write it."""
    queue = next(iter(_said(view).get("coda", ())), "")
    return queue if queue in QUEUES else "tutti"


def choices() -> Choices:
    """Three queries."""
    in_use = Tag.objects.filter(retired_at=None).order_by("name")
    return Choices(
        teams=list(teams()),
        colleagues=list(colleagues()),
        tags=list(in_use.values_list("name", flat=True)[:MOST_TAGS]),
        channels=[(value, str(label)) for value, label in Channel.Kind.choices],
    )


def other_cases(case: Case, found: QuerySet[Case], *, limit: int = 20) -> Sequence[Case]:
    """The customer's other cases among these, the liveliest first."""
    others = found.filter(customer=case.customer_id, merged_into=None).exclude(pk=case.pk)
    return list(others.order_by("-last_at")[:limit])


def _said(view: SavedView) -> dict[str, list[str]]:
    """What is kept, as far as it has the shape that we write."""
    kept = view.filters if isinstance(view.filters, dict) else {}
    return {
        str(name): [str(one) for one in values]
        for name, values in kept.items()
        if isinstance(values, list)
    }


def _line(view: SavedView, colleague: Colleague) -> View:
    filters = filters_in(view)
    asked = {**filters.written(), "vista": [str(view.pk)]}
    return View(
        id=view.pk,
        name=view.name,
        is_mine=view.owner_id == colleague.pk,
        is_shared=view.is_shared,
        queue=queue_in(view),
        query=urlencode(asked, doseq=True),
        filters=filters,
    )
