"""What became of our answers: of a case, and of all answers that an article was put into.

Each of these is a fact that somebody can look up in the case, none an opinion:
- reopened: resolved, and then not;
- contradicted: a later answer of another colleague takes back what was said;
- repeated: after our answer the customer asked nearly the same again;
- handed over: transfers from one team to another;
- said again: he wrote again before anybody had answered, an hour later or more;
- judged: his one click, from 1 (bad) to 3 (good).
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F

from ascolto.cases.models import Message, Rating, Transfer
from ascolto.knowledge.likeness import folded
from ascolto.knowledge.models import Use
from ascolto.timeline.queries import how_often
from ascolto.timeline.references import reference, referred

AGAIN = timedelta(hours=1)
ALIKE = 0.6  # of the words of four letters or more that two questions share
FEWEST = 4  # words that a question must have to be compared
LONGEST = 2_000  # characters of a message that are read
MOST_CASES = 500
_TAKEN_BACK = re.compile(
    r"\b(?:(?:non è|non era) (?:come|quello che|così)|contrariamente a quanto"
    r"|diversamente da quanto|a differenza di quanto|rettific\w+|correggo quanto"
    r"|ci siamo sbagliati|informazione (?:errata|sbagliata)|(?:contrary|unlike) (?:to )?what"
    r"|we were (?:wrong|mistaken)|wrong information|correct(?:ing)? what)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """One message of a case, in its order. `author` is the colleague's id; None: the customer."""

    at: datetime
    text: str
    author: int | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    reopened: int = 0
    contradicted: bool = False
    repeated: bool = False
    handed_over: int = 0
    said_again: int = 0
    judged: int | None = None  # the newest judgement


@dataclass(frozen=True, slots=True)
class Worth:
    """Of an article: in how many cases it served, and what became of those. `good` of `judged`."""

    cases: int = 0
    edited: int = 0
    reopened: int = 0
    contradicted: int = 0
    repeated: int = 0
    judged: int = 0
    good: int = 0


def quality_of(case_ids: Collection[int]) -> dict[int, Quality]:
    """Of each of these cases (at most `MOST_CASES`). Four queries, however many they are."""
    ids = list(case_ids)[:MOST_CASES]
    reopened = how_often([reference("case", one) for one in ids], kind="cases.reopened")
    again = {referred(subject, kind="case"): many for subject, many in reopened.items()}
    moved = Transfer.objects.filter(case__in=ids).exclude(from_team=F("to_team"))
    handed = dict(moved.order_by().values_list("case").annotate(Count("pk")))
    rated = Rating.objects.filter(case__in=ids).order_by("at", "pk")
    judged = dict(rated.values_list("case_id", "score"))
    told = _told(ids)
    return {
        one: Quality(
            reopened=again.get(one, 0),
            contradicted=was_contradicted(told[one]),
            repeated=was_repeated(told[one]),
            handed_over=handed.get(one, 0),
            said_again=times_said_again(told[one]),
            judged=judged.get(one),
        )
        for one in ids
    }


def worth_of_article(article_id: int) -> Worth:
    """Of the answers that began with this article, in its newest `MOST_CASES` cases."""
    uses = Use.objects.filter(article=article_id).order_by("-at")
    rows = list(uses.values_list("case_id", "message_id", "edited")[:MOST_CASES])
    if not rows:
        return Worth()
    found = quality_of({case for case, _, _ in rows})
    scores = list(
        Rating.objects.filter(message__in=[message for _, message, _ in rows]).values_list(
            "score", flat=True
        )
    )
    return Worth(
        cases=len(found),
        edited=sum(edited for _, _, edited in rows),
        reopened=sum(one.reopened > 0 for one in found.values()),
        contradicted=sum(one.contradicted for one in found.values()),
        repeated=sum(one.repeated for one in found.values()),
        judged=len(scores),
        good=sum(score == Rating.Score.GOOD for score in scores),
    )


def was_contradicted(told: Sequence[Said]) -> bool:
    """Whether an answer takes back what another colleague had said before it."""
    before: set[int] = set()
    for one in told:
        if one.author is None:
            continue
        if before - {one.author} and _TAKEN_BACK.search(one.text):
            return True
        before.add(one.author)
    return False


def was_repeated(told: Sequence[Said]) -> bool:
    """Whether he asked nearly the same again, after we had answered."""
    asked: list[frozenset[str]] = []
    open_ones: list[frozenset[str]] = []
    for one in told:
        if one.author is not None:
            asked += open_ones
            open_ones = []
            continue
        words = _words(one.text)
        if len(words) >= FEWEST and any(_alike(words, other) for other in asked):
            return True
        open_ones.append(words)
    return False


def times_said_again(told: Iterable[Said]) -> int:
    """How often he wrote again before anybody had answered, `AGAIN` after the last time."""
    last: datetime | None = None
    many = 0
    for one in told:
        if one.author is not None:
            last = None
            continue
        many += last is not None and one.at - last >= AGAIN
        last = one.at
    return many


def _told(ids: Collection[int]) -> dict[int, list[Said]]:
    """Machines' answers are nobody's: the receipt is no answer to a question."""
    rows = (
        Message.objects.filter(case__in=ids)
        .exclude(outgoing__automatic=True)
        .order_by("case", "at", "id")
        .values_list("case_id", "at", "text", "author_id", "item_id")
    )
    found: defaultdict[int, list[Said]] = defaultdict(list)
    for case, at, text, author, item in rows.iterator():
        said_by = None if item else (author or 0)
        found[case].append(Said(at, text[:LONGEST], said_by))
    return found


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in folded(text).split() if len(word) > 3)  # noqa: PLR2004 # small words say nothing


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    smaller = min(len(one), len(other))
    return smaller >= FEWEST and len(one & other) / smaller >= ALIKE
