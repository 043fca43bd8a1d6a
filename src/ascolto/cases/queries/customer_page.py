"""Everything the page of one customer shows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTransform

from ascolto.cases.access import Reader, teams_not_heard, visible_cases, visible_customers
from ascolto.cases.models import CallRequest, Case, Conversation, Message
from ascolto.cases.queries.customer_timeline import (
    READERS,
    Place,
    Told,
    promises_of,
    seen_by,
    timeline_of,
)
from ascolto.cases.queries.ways import with_somebody_else
from ascolto.kit.kept import Kept, numbers
from ascolto.people.models import Customer, CustomerNote, Identity, Merge, Statement
from ascolto.people.queries import records_of
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague

CASES = 12  # listed beside the history
RUNNING = 40  # clocks listed; more are counted
STRIP = timedelta(weeks=8)
CONTACTS = 400  # in the strip: more points than pixels tell nothing
LARGEST_ID = 2**63 - 1  # a bigint


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


@dataclass(frozen=True, slots=True)
class CustomerPage:
    customer: Customer
    records: list[Customer]  # read as him, himself first; those the reader may know of
    merges: list[Merge]
    identities: list[Identity]  # each with `is_used`
    standing: Standing
    clocks: list[Promise]
    contacts: list[Contact]  # oldest first, within `STRIP`
    statements: list[Statement]
    notes: list[CustomerNote]
    cases: list[Case]
    told: Told

    @property
    def record_ids(self) -> list[int]:
        return [one.pk for one in self.records]


def known_records(customer_id: int, colleague: Colleague) -> list[Customer]:
    """The records read as this customer that the colleague may know of, the main one first.

    Empty: for him there is no such customer. That a record he may know of is read as this one
    does not open it: he would learn that the two belong together. Two queries.
    """
    if customer_id > LARGEST_ID:
        return []  # nobody has such a number, and the database would not even look for it
    order = records_of(customer_id)
    seen = {one.pk: one for one in _customers_seen_by(Reader.of(colleague)).rows(ids=order)}
    return [seen[pk] for pk in order if pk in seen] if customer_id in seen else []


def customer_page(  # who, for whom, which part of it, and when
    customer_id: int,
    colleague: Colleague,
    *,
    voice: str = "all",
    before: Place | None = None,
    now: datetime,
) -> CustomerPage | None:
    """The page of a customer, or None when there is none this colleague may know of.

    Seventeen queries, however long the history is. What belongs to cases he may not see is
    neither shown nor counted.
    """
    records = known_records(customer_id, colleague)
    if not records:
        return None
    ids = [one.pk for one in records]
    cases = visible_cases(colleague).filter(customer__in=ids)
    promises = promises_of(cases, Q(customer__in=ids))
    reader = Reader.of(colleague)
    return CustomerPage(
        customer=records[0],
        records=records,
        merges=_MERGES.rows(records=ids),
        identities=_IDENTITIES.rows(records=ids),
        standing=_standing(cases, promises),
        clocks=_clocks_seen_by(reader).rows(records=ids),
        contacts=_contacts(cases, now=now),
        statements=_STATEMENTS.rows(records=ids),
        notes=_NOTES.rows(records=ids),
        cases=_cases_seen_by(reader).rows(records=ids),
        told=timeline_of(
            reader, ids, voice=voice, before=before, not_heard=teams_not_heard(colleague)
        ),
    )


@lru_cache(maxsize=READERS)
def _customers_seen_by(reader: Reader) -> Kept[Customer]:
    seen = visible_customers(reader.colleague())
    return Kept(lambda: seen.filter(pk__any_of=numbers("ids")).defer("search"))


@lru_cache(maxsize=READERS)
def _cases_seen_by(reader: Reader) -> Kept[Case]:
    listed = seen_by(reader).filter(customer__any_of=numbers("records"), merged_into=None)
    newest = listed.select_related("team", "assignee").order_by("-last_at", "-pk")
    return Kept(lambda: newest[:CASES])


@lru_cache(maxsize=READERS)
def _clocks_seen_by(reader: Reader) -> Kept[Promise]:
    cases = seen_by(reader).filter(customer__any_of=numbers("records"))
    running = promises_of(cases, Q(customer__any_of=numbers("records"))).filter(ended_at=None)
    return Kept(lambda: running.order_by("due_at", "pk")[:RUNNING])


def _identities() -> QuerySet[Identity]:
    used = Exists(Conversation.objects.filter(identity=OuterRef("pk")))
    known = Identity.objects.filter(customer__any_of=numbers("records")).annotate(is_used=used)
    return known.order_by("first_seen_at", "pk")


_IDENTITIES = Kept(_identities)
_MERGES = Kept(
    lambda: (
        Merge.objects.filter(
            undone_at=None, into__any_of=numbers("records"), absorbed__any_of=numbers("records")
        )
        .select_related("absorbed", "merged_by")
        .order_by("merged_at")
    )
)
_STATEMENTS = Kept(
    lambda: (
        Statement.objects.filter(customer__any_of=numbers("records"), withdrawn_at=None)
        .select_related("heard_by")
        .order_by("-at", "-pk")
    )
)
_NOTES = Kept(
    lambda: (
        CustomerNote.objects.filter(customer__any_of=numbers("records"), withdrawn_at=None)
        .select_related("author")
        .order_by("-at", "-pk")
    )
)


def _standing(cases: QuerySet[Case], promises: QuerySet[Promise]) -> Standing:
    """Three queries."""
    still = Q(resolved_at=None)
    of_cases = cases.order_by().aggregate(
        total=Count("pk", filter=Q(merged_into=None)),  # what was joined to another is that one
        open=Count("pk", filter=still),
        waiting_since=Min("waiting_since", filter=still),
    )
    between_us = Message.objects.filter(~with_somebody_else(), case__in=cases.order_by())
    spoken = between_us.aggregate(
        heard_at=Max("at", filter=Q(item__isnull=False)),
        said_at=Max(
            "at",
            filter=Q(item=None, outgoing__automatic=False, outgoing__cancelled_at=None),
        ),
    )
    ends = dict(promises.order_by().values_list("ending").annotate(number=Count("pk")))
    return Standing(
        **of_cases,
        **spoken,
        kept=ends.get(Promise.Ending.KEPT, 0),
        broken=ends.get(Promise.Ending.BROKEN, 0),
        running=ends.get("", 0),
    )


def _contacts(cases: QuerySet[Case], *, now: datetime) -> list[Contact]:
    """His words and ours within the strip, the oldest first. Two queries.

    A receipt that a machine sent is no word of ours, nor is what a colleague forwarded to
    somebody else; a call is one.
    """
    spoken = Message.objects.filter(
        ~with_somebody_else(), case__in=cases.order_by(), at__gte=now - STRIP
    ).exclude(
        Q(outgoing__automatic=True)
        | Q(outgoing__cancelled_at__isnull=False)
        | Q(outgoing__failed_at__isnull=False)
    )
    newest = spoken.annotate(answered=KeyTransform("answered", "item__reading")).order_by(
        "-at", "-pk"
    )
    found = [
        contact
        for at, item, answered in newest.values_list("at", "item_id", "answered")[:CONTACTS]
        for contact in (
            [Contact(at, was_heard=False)] * bool(answered)
            + [Contact(at, was_heard=item is not None)]
        )
    ]
    calls = CallRequest.objects.filter(case__in=cases.order_by(), called_at__gte=now - STRIP)
    found += [
        Contact(at, was_heard=False) for at in calls.values_list("called_at", flat=True) if at
    ]
    # In one instant his words come first: what is written down of a call is both.
    return sorted(found, key=lambda contact: (contact.at, not contact.was_heard))
