"""Everything the page of one customer shows, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from ascolto.cases.access import Reader, visible_customers
from ascolto.cases.models import Case, Conversation
from ascolto.cases.queries.customer_standing import (
    Contact,
    Standing,
    contacts_of,
    standing_of,
)
from ascolto.cases.queries.customer_timeline import (
    READERS,
    Place,
    Told,
    promises_of,
    seen_by,
    timeline_of,
)
from ascolto.kit.kept import Kept, numbers
from ascolto.people.models import Customer, CustomerNote, Identity, Merge, Statement
from ascolto.people.queries import records_of
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague

CASES = 12  # listed beside the history
RUNNING = 12  # clocks listed; more are counted
LARGEST_ID = 2**63 - 1  # a bigint


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
    def more_clocks(self) -> int:
        """Those that run and are not listed: the nearest are."""
        return max(0, self.standing.running - len(self.clocks))

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

    Twenty queries, however long the history is. What belongs to cases he may not see is
    neither shown nor counted.
    """
    records = known_records(customer_id, colleague)
    if not records:
        return None
    ids = [one.pk for one in records]
    reader = Reader.of(colleague)
    return CustomerPage(
        customer=records[0],
        records=records,
        merges=_MERGES.rows(records=ids),
        identities=_IDENTITIES.rows(records=ids),
        standing=standing_of(reader, ids),
        clocks=_clocks_seen_by(reader).rows(records=ids),
        contacts=contacts_of(reader, ids, now=now),
        statements=_STATEMENTS.rows(records=ids),
        notes=_NOTES.rows(records=ids),
        cases=_cases_seen_by(reader).rows(records=ids),
        told=timeline_of(reader, ids, voice=voice, before=before),
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
