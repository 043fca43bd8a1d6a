"""The few cases and people that the first letters could mean: for the command palette."""

import re
from dataclasses import dataclass, field

from django.contrib.postgres.search import SearchQuery

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Message
from ascolto.cases.queries.customer_list import found_customers
from ascolto.kit import patience
from ascolto.people.models import Customer
from ascolto.people.queries import with_merged
from ascolto.staff.models import Colleague

PEOPLE = 5
CASES = 6
LOOKED_AT = 60  # newest messages with the words; their cases are a handful
PATIENCE = "400ms"  # somebody is typing: after that, what is there is shown
SHORTEST = 2
_NUMBER = re.compile(r"(?:c\s*-?\s*)?(\d{1,12})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quick:
    cases: list[Case] = field(default_factory=list)
    people: list[Customer] = field(default_factory=list)


def quick_find(colleague: Colleague, words: str) -> Quick:
    """What he may see of it, in fourteen queries at most. Slow words find less, never an error."""
    words = words.replace("\x00", "").strip()[:100]
    if len(words) < SHORTEST:
        return Quick()
    cases = visible_cases(colleague).select_related("customer").defer("fields", "customer__search")
    numbered = _NUMBER.fullmatch(words)
    found: list[Case] = list(cases.filter(pk=int(numbered[1]))) if numbered else []
    people: list[Customer] = []
    try:
        with patience.within(PATIENCE):
            people = found_customers(colleague, words, limit=PEOPLE)
            theirs = with_merged(one.pk for one in people) if people else []
            found += cases.filter(customer__in=theirs).order_by("-last_at")[:CASES]
            found += cases.filter(pk__in=_said_in(colleague, words)).order_by("-last_at")[:CASES]
    except patience.TooSlow:
        pass  # what was found until then
    return Quick(list({case.pk: case for case in found}.values())[:CASES], people)


def _said_in(colleague: Colleague, words: str) -> list[int]:
    """Cases in which all these words were said, the last of them perhaps unfinished."""
    terms = ["".join(c if c.isalnum() else " " for c in word).split() for word in words.split()]
    flat = [term for several in terms for term in several]
    if not flat:
        return []
    raw = " & ".join([*flat[:-1], f"{flat[-1]}:*"])
    said = Message.objects.filter(search=SearchQuery(raw, search_type="raw", config="public.it"))
    if not colleague.leads:  # who sees everything needs no filter
        said = said.filter(case__in=visible_cases(colleague))
    return list(said.order_by("-pk").values_list("case_id", flat=True)[:LOOKED_AT])
