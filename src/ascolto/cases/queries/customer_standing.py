"""How things are between a customer and us, over all his cases that somebody may see."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import Count, DateTimeField, Max, Min, Q

from ascolto.cases.access import Reader
from ascolto.cases.models import CallRequest, Message
from ascolto.cases.queries.customer_timeline import READERS, cases_of, promises_of
from ascolto.cases.queries.ways import with_somebody_else
from ascolto.kit.kept import numbers
from ascolto.kit.written import Blank, Written, figures, written
from ascolto.promises.models import Promise

STRIP = timedelta(weeks=8)
CONTACTS = 400  # in the strip: more points than pixels tell nothing


@dataclass(frozen=True, slots=True)
class Standing:
    """How things are between him and us, over all his cases."""

    total: int  # cases
    open: int
    waiting_since: datetime | None  # he waits for a word of ours
    heard_at: datetime | None  # the last of his words
    said_at: datetime | None  # the last of ours that a person wrote
    kept: int
    broken: int
    running: int

    @property
    def ended(self) -> int:
        """Promises of which it is known how they ended. Those waived count for nobody."""
        return self.kept + self.broken


@dataclass(frozen=True, slots=True)
class Contact:
    at: datetime
    was_heard: bool


@lru_cache(maxsize=READERS)
def _figures_for(reader: Reader) -> tuple[Written, Written, Written]:
    """Of his cases, of what was said in them, and of how the promises made in them ended."""
    still = Q(resolved_at=None)
    between_us = Message.objects.filter(~with_somebody_else(), case__in=cases_of(reader))
    promises = promises_of(cases_of(reader), Q(customer__any_of=numbers("records")))
    return (
        figures(
            cases_of(reader),
            # What was joined to another is that one.
            total=Count("pk", filter=Q(merged_into=None)),
            open=Count("pk", filter=still),
            waiting_since=Min("waiting_since", filter=still),
        ),
        figures(
            between_us,
            heard_at=Max("at", filter=Q(item__isnull=False)),
            said_at=Max(
                "at",
                filter=Q(item=None, outgoing__automatic=False, outgoing__cancelled_at=None),
            ),
        ),
        written(promises.order_by().values_list("ending").annotate(number=Count("pk"))),
    )


def standing_of(reader: Reader, records: list[int]) -> Standing:
    """Three queries."""
    of_cases, spoken, promised = (one.rows(records=records) for one in _figures_for(reader))
    ends = dict(promised)
    total, still_open, waiting_since = of_cases[0] if of_cases else (0, 0, None)
    heard_at, said_at = spoken[0] if spoken else (None, None)
    return Standing(
        total=total,
        open=still_open,
        waiting_since=waiting_since,
        heard_at=heard_at,
        said_at=said_at,
        kept=ends.get(Promise.Ending.KEPT, 0),
        broken=ends.get(Promise.Ending.BROKEN, 0),
        running=ends.get("", 0),
    )


@lru_cache(maxsize=READERS)
def _contacts_for(reader: Reader) -> tuple[Written, Written]:
    """When who was heard within the strip, and when he was called. A receipt that a machine sent is
    no word of ours, nor is what a colleague forwarded to somebody else; a call is one."""
    start = Blank("start", DateTimeField())
    spoken = Message.objects.filter(
        ~with_somebody_else(), case__in=cases_of(reader), at__gte=start
    ).exclude(
        Q(outgoing__automatic=True)
        | Q(outgoing__cancelled_at__isnull=False)
        | Q(outgoing__failed_at__isnull=False)
    )
    newest = spoken.annotate(answered=Q(item__reading__answered=True)).order_by("-at", "-pk")
    calls = CallRequest.objects.filter(case__in=cases_of(reader), called_at__gte=start)
    return (
        written(newest.values_list("at", "item_id", "answered")[:CONTACTS]),
        written(calls.values_list("called_at")),
    )


def contacts_of(reader: Reader, records: list[int], *, now: datetime) -> list[Contact]:
    """His words and ours within the strip, the oldest first. Two queries."""
    spoken, called = (one.rows(records=records, start=now - STRIP) for one in _contacts_for(reader))
    found = [
        contact
        for at, item, answered in spoken
        for contact in (
            [Contact(at, was_heard=False)] * bool(answered)
            + [Contact(at, was_heard=item is not None)]
        )
    ]
    found += [Contact(at, was_heard=False) for (at,) in called]
    # In one instant his words come first: what is written down of a call is both.
    return sorted(found, key=lambda contact: (contact.at, not contact.was_heard))
