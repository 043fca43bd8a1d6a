"""Words looked for in everything that was said, newest first, and people by name."""

import json
import re
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.contrib.postgres.search import (
    SearchHeadline,
    SearchQuery,
    SearchRank,
    SearchVector,
    SearchVectorField,
)
from django.db import connection
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Substr
from django.utils import timezone

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Message, OtherMatter
from ascolto.cases.queries.customer_list import found_customers
from ascolto.cases.queries.search_filters import narrowed, period
from ascolto.cases.queries.search_words import Wanted, taken_apart
from ascolto.kit import patience
from ascolto.people.models import Customer
from ascolto.people.queries import heads_of, with_merged
from ascolto.staff.models import Colleague

SCOPES = ("all", "open", "resolved", "mine")
SHOWN = 25
NEWEST = 2_000  # hits that are ranked; a common word has millions, and nobody reads them
COMMON = 20_000  # messages with a word from which on it is called a common one
STRETCHES = (2_000, 8_000, 30_000)  # messages, each before the last
ESTIMATE = """explain (format json) select 1 from cases_message
              where search @@ websearch_to_tsquery('public.it', %s)"""
FEW = 10_000  # cases
PATIENCE = "2s"
CASES_OF_ONE = 3
_LONGEST = 20_000  # characters of a message in which its snippet is looked for
_NUMBER = re.compile(r"^\s*c\s*-?\s*(\d{1,12})\s*$", re.IGNORECASE)
# Two characters that no text of ours uses mark where a found word begins and ends: what
# surrounds them can be escaped after the database has cut the snippet.
START, STOP = "\ue000", "\ue001"


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
    wanted: Wanted = field(default_factory=Wanted)
    case: Case | None = None  # the words were the number of this one
    cases: list[Case] = field(default_factory=list)  # when only operators were given
    people: list[Person] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)
    more: bool = False
    unfinished: bool = False  # what is older took too long to look through


def search(colleague: Colleague, text: str, *, scope: str, now: datetime) -> Found:
    """What this colleague may see of it. Thirty queries at most. Raises `patience.TooSlow`.

    The newest `NEWEST` messages with all the words are ranked, of common words those among the
    newest `STRETCHES`; older ones are not looked at.
    Operators without words give the newest cases that fit them.
    """
    text = text.replace("\x00", "").strip()[:200]
    if not text:
        return Found()
    wanted = taken_apart(text, today=timezone.localtime(now).date())
    numbered = _NUMBER.match(text)
    case = visible_cases(colleague).filter(pk=int(numbered[1])).first() if numbered else None
    hits: list[Hit] = []
    cases: list[Case] = []
    people: list[Person] = []
    more = unfinished = False
    with patience.within(PATIENCE):
        if wanted.words:
            hits, more, unfinished = _hits(colleague, wanted, scope)
        elif wanted.is_narrowed:
            cases, more = _cases(colleague, wanted, scope)
        if not wanted.is_narrowed:
            people = _people(colleague, wanted.words)
    return Found(wanted, case, cases, people, hits, more, unfinished)


def _scoped(colleague: Colleague, wanted: Wanted, scope: str) -> QuerySet[Case]:
    cases = narrowed(visible_cases(colleague), wanted, colleague)
    if scope in {"open", "resolved"}:
        cases = cases.filter(resolved_at__isnull=scope == "open")
    if scope == "mine":
        cases = cases.filter(assignee=colleague)
    return cases


def _cases(colleague: Colleague, wanted: Wanted, scope: str) -> tuple[list[Case], bool]:
    """The newest by number: the primary key is an index, the time of the last word is none."""
    fit = _scoped(colleague, wanted, scope).filter(period(wanted, "opened_at"))
    newest = fit.select_related("customer", "team", "assignee").defer("customer__search")
    found = list(newest.order_by("-pk")[: SHOWN + 1])
    return found[:SHOWN], len(found) > SHOWN


def _hits(colleague: Colleague, wanted: Wanted, scope: str) -> tuple[list[Hit], bool, bool]:
    query = SearchQuery(wanted.words, config="public.it", search_type="websearch")
    found = Message.objects.filter(period(wanted))
    if wanted.person:
        found = found.filter(item__isnull=False)  # what he said, not what was said to him
    cases = _scoped(colleague, wanted, scope)
    if scope != "all" or wanted.is_narrowed or not colleague.leads:  # else he sees everything
        found = found.filter(case__in=cases)
    best: list[_Ranked] = []
    unfinished = False
    for part in _parts(found, query, wanted, cases):
        try:
            with patience.tried() if best else nullcontext():  # what is found already stays
                best += _ranked(part, query)
        except patience.TooSlow:
            unfinished = True
        if unfinished or len(best) > SHOWN:
            break
    best.sort(reverse=True)
    hits = _shown([pk for _, _, pk in best[:SHOWN]], query)
    return _with_second_cases(hits, query, cases), len(best) > SHOWN, unfinished


_Ranked = tuple[float, datetime, int]  # how well the words fit, when it was said, the message


def _ranked(found: QuerySet[Message], query: SearchQuery) -> list[_Ranked]:
    newest = found.order_by("-id").values("pk")[:NEWEST]
    ranked = Message.objects.filter(pk__in=newest).annotate(rank=SearchRank(F("search"), query))
    best = ranked.order_by("-rank", "-at", "-id").values_list("rank", "at", "pk")
    return list(best[: SHOWN + 1])


def _parts(
    found: QuerySet[Message], query: SearchQuery, wanted: Wanted, cases: QuerySet[Case]
) -> Iterator[QuerySet[Message]]:
    """Those with the words, one part after the other until enough is found; one part, unless the
    words are common ones or somebody is named: what he said is found by that.

    A word that stands in every fourth message is soonest found by reading the newest, or the newest
    of a period: through its index, which is therefore hidden here, the database would fetch half a
    million. Where only a few cases are meant, what is older is found by them.
    """
    if wanted.person or _about_how_many(wanted.words) <= COMMON:
        yield found.filter(search=query)
        return
    place = "at" if wanted.after or wanted.before else "pk"
    hidden = Coalesce("search", Value("", output_field=SearchVectorField()))
    within, earlier = Message.objects.filter(period(wanted)).order_by(f"-{place}"), Q()
    for length in STRETCHES:
        first = within.values_list(place, flat=True)[length - 1 : length].first()
        stretch = within if first is None else within.filter(**{f"{place}__gte": first})
        # As a list of its own: else what is asked of their cases may be looked for first.
        read = stretch.alias(read=hidden).filter(read=query).values("pk")[: 2 * length]
        yield found.filter(pk__in=read)
        if first is None:
            return
        earlier = Q(**{f"{place}__lt": first})
        within = within.filter(earlier)
    few = cases.values("pk")[:FEW]
    rest = found.filter(earlier, search=query)
    yield rest if cases[: FEW + 1].count() > FEW else rest.filter(case__in=few)


def _about_how_many(words: str) -> int:
    """Messages in which these stand, as the planner estimates it; nothing is looked for."""
    with connection.cursor() as cursor:
        cursor.execute(ESTIMATE, [words])
        (plan,) = cursor.fetchone()
    return int((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])


def _with_second_cases(hits: list[Hit], query: SearchQuery, cases: QuerySet[Case]) -> list[Hit]:
    """Where the words stand in the second matter of a message, its case as well. One query."""
    by_message = {hit.message_id: hit for hit in hits}
    if not by_message:
        return hits
    part = Substr("message__text", F("starts") + 1, F("ends") - F("starts"))
    seconds = OtherMatter.objects.filter(
        message__in=by_message, case__in=cases, case__merged_into=None
    )
    found = (
        seconds.annotate(
            said=SearchVector(part, config="public.it"), snippet=_headline(part, query)
        )
        .filter(said=query)
        .select_related("case__customer")
        .order_by("message", "starts")
    )
    after: dict[int, list[Hit]] = {}
    for one in found:
        if one.case is not None:
            second = replace(by_message[one.message_id], case=one.case, snippet=str(one.snippet))
            after.setdefault(one.message_id, []).append(second)
    return [one for hit in hits for one in (hit, *after.get(hit.message_id, []))]


def _shown(best: list[int], query: SearchQuery) -> list[Hit]:
    messages = (
        Message.objects.filter(pk__in=best)
        .select_related("case__customer", "author", "item")
        .only(
            *("at", "item__author_name", "author__name", "case__customer__name"),
            *("case__subject", "case__resolved_at", "case__customer__kind"),
        )
        .annotate(snippet=_headline(Substr("text", 1, _LONGEST), query))
        .in_bulk()
    )
    return [_hit(messages[pk]) for pk in best if pk in messages]


def _headline(text: Substr, query: SearchQuery) -> SearchHeadline:
    return SearchHeadline(
        text,
        query,
        config="public.it",
        start_sel=START,
        stop_sel=STOP,
        max_words=32,
        min_words=14,
    )


def _hit(message: Message) -> Hit:
    heard = message.item_id is not None
    author = message.author.name if message.author else ""
    if heard and message.item:
        author = message.item.author_name or message.case.customer.name
    snippet = str(message.snippet)  # type: ignore[attr-defined] # annotated in `_shown`
    return Hit(message.pk, message.case, message.at, heard, author, snippet)


def _people(colleague: Colleague, words: str) -> list[Person]:
    """Who is called so, also with no case; merged records are one person."""
    customers = found_customers(colleague, words, limit=8)
    ids = with_merged(customer.pk for customer in customers) if customers else []
    heads = heads_of(ids) if ids else {}
    cases = visible_cases(colleague).filter(customer__in=ids).order_by("-last_at")[: 8 * 20]
    by_customer: dict[int, list[Case]] = {}
    for case in cases:
        head = heads.get(case.customer_id, case.customer_id)
        by_customer.setdefault(head, []).append(case)
    return [
        Person(customer, by_customer.get(customer.pk, [])[:CASES_OF_ONE]) for customer in customers
    ]
