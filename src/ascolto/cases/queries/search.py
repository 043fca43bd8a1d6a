"""Words looked for in everything that was said, newest first, and people by name."""

import re
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db import OperationalError, connection, transaction
from django.db.models import F
from django.db.models.functions import Substr

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Message
from ascolto.people.models import Customer
from ascolto.people.queries import find_customers
from ascolto.staff.models import Colleague

SCOPES = ("all", "open", "resolved", "mine")
SHOWN = 25
NEWEST = 2_000  # hits that are ranked; a common word has millions, and nobody reads them
PATIENCE = "2s"
CASES_OF_ONE = 3
_LONGEST = 20_000  # characters of a message in which its snippet is looked for
_NUMBER = re.compile(r"^\s*c\s*-?\s*(\d{1,12})\s*$", re.IGNORECASE)
# Two characters that no text of ours uses mark where a found word begins and ends: what
# surrounds them can be escaped after the database has cut the snippet.
START, STOP = "\ue000", "\ue001"


class TooSlow(Exception):
    """The database was not done in time: fewer or rarer words would be."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A message in which the words stand. `snippet` is plain text with START and STOP in it."""

    message_id: int
    case: Case
    at: datetime
    was_heard: bool
    author: str
    snippet: str


@dataclass(frozen=True, slots=True)
class Person:
    customer: Customer
    cases: list[Case]


@dataclass(frozen=True, slots=True)
class Found:
    case: Case | None = None  # the words were the number of this one
    people: list[Person] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    more: bool = False


def search(colleague: Colleague, words: str, *, scope: str, now: datetime) -> Found:
    """Cases, people and messages this colleague may see. Eight queries at most. Raises `TooSlow`.

    The newest `NEWEST` messages with all the words are ranked; older ones are not looked at.
    """
    words = words.replace("\x00", "").strip()[:200]
    if not words:
        return Found()
    numbered = _NUMBER.match(words)
    case = visible_cases(colleague).filter(pk=int(numbered[1])).first() if numbered else None
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("select set_config('statement_timeout', %s, true)", [PATIENCE])
            hits, more = _hits(colleague, words, scope)
            people = _people(colleague, words)
            with connection.cursor() as cursor:
                cursor.execute("set local statement_timeout to default")
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == "57014":  # query_canceled
            raise TooSlow(words) from error
        raise
    return Found(case, people, hits, more)


def _hits(colleague: Colleague, words: str, scope: str) -> tuple[list[Hit], bool]:
    query = SearchQuery(words, config="public.it", search_type="websearch")
    cases = visible_cases(colleague)
    if scope in {"open", "resolved"}:
        cases = cases.filter(resolved_at__isnull=scope == "open")
    if scope == "mine":
        cases = cases.filter(assignee=colleague)
    found = Message.objects.filter(search=query)
    if scope != "all" or not colleague.leads:  # who sees everything needs no filter
        found = found.filter(case__in=cases)
    newest = found.order_by("-id").values("pk")[:NEWEST]
    ranked = (
        Message.objects.filter(pk__in=newest)
        .annotate(rank=SearchRank(F("search"), query))
        .order_by("-rank", "-at", "-id")
        .values_list("pk", flat=True)[: SHOWN + 1]
    )
    best = list(ranked)
    return _shown(best[:SHOWN], query), len(best) > SHOWN


def _shown(best: list[int], query: SearchQuery) -> list[Hit]:
    headline = SearchHeadline(
        Substr("text", 1, _LONGEST),
        query,
        config="public.it",
        start_sel=START,
        stop_sel=STOP,
        max_words=32,
        min_words=14,
    )
    messages = (
        Message.objects.filter(pk__in=best)
        .select_related("case__customer", "author", "item")
        .only(
            *("at", "item__author_name", "author__name", "case__customer__name"),
            *("case__subject", "case__resolved_at", "case__customer__kind"),
        )
        .annotate(snippet=headline)
        .in_bulk()
    )
    return [_hit(messages[pk]) for pk in best if pk in messages]


def _hit(message: Message) -> Hit:
    heard = message.item_id is not None
    author = message.author.name if message.author else ""
    if heard and message.item:
        author = message.item.author_name or message.case.customer.name
    snippet = str(message.snippet)  # type: ignore[attr-defined] # annotated in `_shown`
    return Hit(message.pk, message.case, message.at, heard, author, snippet)


def _people(colleague: Colleague, words: str) -> list[Person]:
    customers = find_customers(words, limit=8)
    cases = (
        visible_cases(colleague)
        .filter(customer__in=[customer.pk for customer in customers])
        .order_by("-last_at")[: 8 * 20]
    )
    by_customer: dict[int, list[Case]] = {}
    for case in cases:
        by_customer.setdefault(case.customer_id, []).append(case)
    return [
        Person(customer, by_customer[customer.pk][:CASES_OF_ONE])
        for customer in customers
        if customer.pk in by_customer
    ]
