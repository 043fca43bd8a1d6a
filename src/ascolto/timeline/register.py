"""The register: every deed of administration and access, newest first, page by page."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ascolto.timeline.models import Entry
from ascolto.timeline.queries import Deed, as_deed

PAGE = 50


@dataclass(frozen=True, slots=True)
class Filter:
    """What is looked for. `kinds` are names, or beginnings of names that end in a dot."""

    kinds: Collection[str]
    by: int | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    deeds: list[Deed]
    older: int | None  # where the next page begins: an id, before which it looks


def register(wanted: Filter, *, before: int | None = None, limit: int = PAGE) -> Page:
    """Two queries. Deeds of administration are no customer's, and the index of customers has
    those together, in the order of time: so a long history of cases does not slow this down.
    """
    entries = Entry.objects.select_related("by").filter(_of_kinds(wanted.kinds), customer=None)
    if wanted.by is not None:
        entries = entries.filter(by=wanted.by)
    if wanted.since is not None:
        entries = entries.filter(at__gte=wanted.since)
    if wanted.until is not None:
        entries = entries.filter(at__lt=wanted.until)
    last = Entry.objects.filter(pk=before).first() if before is not None else None
    if last is not None:
        entries = entries.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    found = list(entries.order_by("-at", "-pk")[: limit + 1])
    deeds = [as_deed(entry) for entry in found[:limit]]
    return Page(deeds, deeds[-1].id if len(found) > limit else None)


def _of_kinds(kinds: Collection[str]) -> Q:
    found = Q(kind__in=[kind for kind in kinds if not kind.endswith(".")])
    for kind in kinds:
        if kind.endswith("."):
            found |= Q(kind__startswith=kind)
    return found
