"""What we answered to the same question before, where it settled the matter.

Bounded: by the rarest words of the question, the newest so many cases that have two of them, and
a time after which there is no suggestion rather than a slow one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.core.cache import cache
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, Subquery

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Message, Rating
from ascolto.kit import patience
from ascolto.knowledge.likeness import rare
from ascolto.staff.models import Colleague

PATIENCE = "250ms"  # nobody waits for it: the case is on the screen already
NEWEST = 200  # questions with the words that are looked at
RANKED = 24
MOST_LEXEMES = 40
RAREST = 6  # lexemes that a question is looked for by
LONGEST = 2_000  # characters of a question
# How many messages have a word is what the database noted when it last looked at the table; of its
# thousand commonest words. It is read seldom: taking it apart costs more than the search.
NOTED = """
select word, share from pg_stats,
  unnest(most_common_elems::text::text[], most_common_elem_freqs) as one (word, share)
where schemaname = current_schema() and tablename = 'cases_message' and attname = 'search'
  and word is not null
"""
LEXEMES = """
select lexeme from unnest(to_tsvector('public.it', %s))
where lexeme ~ '^[[:alpha:]]{3,}$' limit %s
"""
SHARES, FRESH = "shares-of-words", 600  # its name in the cache of each process; seconds


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """`text` as it was said then: whoever shows it masks it. `names` are of those in it."""

    message_id: int
    case_id: int
    subject: str
    at: datetime
    author: str
    customer: str
    question: str
    text: str
    was_good: bool  # its customer said so


def last_question(case: Case) -> Message | None:
    """The newest thing the customer said in words."""
    heard = Message.objects.filter(case=case, item__isnull=False).exclude(text="")
    return heard.select_related("item").defer("search").order_by("-at", "-id").first()


def lexemes_of(text: str) -> dict[str, float]:
    """The stems of a text, each with the share of our messages that have it; 0 for a rare one.

    One query; two where the shares were not read for ten minutes.
    """
    shares: dict[str, float] = cache.get_or_set(SHARES, _noted, FRESH) or {}
    with connection.cursor() as cursor:
        cursor.execute(LEXEMES, [text[:LONGEST], MOST_LEXEMES])
        return {str(one): shares.get(str(one), 0.0) for (one,) in cursor.fetchall()}


def _noted() -> dict[str, float]:
    with connection.cursor() as cursor:
        cursor.execute(NOTED)
        return {str(word): float(share) for word, share in cursor.fetchall()}


def earlier_answers(
    colleague: Colleague, case: Case, lexemes: Mapping[str, float]
) -> list[EarlierAnswer]:
    """Answers of colleagues to questions with these words, in cases he may see: resolved ones
    in which the customer said no more after them, and did not judge them badly.

    Four queries at most; none are found where they would take longer than `PATIENCE`.
    """
    words = rare(lexemes, most=RAREST)
    if not words:
        return []
    try:
        with patience.within(PATIENCE):
            return _answers(colleague, case, words)
    except patience.TooSlow:
        return []


def _answers(colleague: Colleague, case: Case, words: Sequence[str]) -> list[EarlierAnswer]:
    any_word = SearchQuery(" | ".join(words), config="simple", search_type="raw")
    asked = Message.objects.filter(search=_two_of(words), item__isnull=False).exclude(case=case)
    newest = asked.order_by("-id").values("pk")[:NEWEST]
    said = Message.objects.filter(
        case=OuterRef("case"),
        pk__gt=OuterRef("pk"),
        author__isnull=False,
        outgoing__automatic=False,
        outgoing__sent_at__isnull=False,
    )
    settled = visible_cases(colleague).filter(resolved_at__isnull=False, merged_into=None)
    questions = (
        Message.objects.filter(pk__in=newest, case__in=settled)
        .annotate(
            rank=SearchRank(F("search"), any_word),
            answer=Subquery(said.order_by("pk").values("pk")[:1]),
        )
        .filter(answer__isnull=False)
        .order_by("-rank", "-id")
        .values_list("answer", "text")[:RANKED]
    )
    asked_in = dict(reversed(list(questions)))  # of one answer to several, the nearest question
    return _read(asked_in)


def _read(asked_in: Mapping[int, str]) -> list[EarlierAnswer]:
    """The answers with these ids that settled something; `asked_in` has the question of each."""
    if not asked_in:
        return []
    heard_later = Message.objects.filter(
        case=OuterRef("case"), item__isnull=False, pk__gt=OuterRef("pk")
    )
    judged = Rating.objects.filter(message=OuterRef("pk"))
    found = (
        Message.objects.filter(pk__in=list(asked_in))
        .annotate(
            spoke_again=Exists(heard_later),
            good=Exists(judged.filter(score=Rating.Score.GOOD)),
            bad=Exists(judged.filter(score=Rating.Score.BAD)),
        )
        .filter(Q(spoke_again=False) | Q(good=True), bad=False)
        .select_related("case__customer", "author")
        .defer("search", "case__customer__search")
    )
    by_id = {one.pk: one for one in found}
    return [
        EarlierAnswer(
            message_id=one.pk,
            case_id=one.case_id,
            subject=one.case.subject,
            at=one.at,
            author=one.author.name if one.author else "",
            customer=one.case.customer.name,
            question=question,
            text=one.text,
            was_good=bool(one.good),
        )
        for pk, question in asked_in.items()
        if (one := by_id.get(pk)) is not None
    ]


def _two_of(words: Sequence[str]) -> SearchQuery:
    """Any two of the words: one alone says too little, all of them nobody says again."""
    quoted = [f"'{word}'" for word in words]  # letters alone: see LEXEMES
    pairs = [f"({one} & {other})" for one, other in combinations(quoted, 2)]
    return SearchQuery(" | ".join(pairs or quoted), config="simple", search_type="raw")
