"""Articles as those who work here find them: by words, state, owner, language, day of review."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Greatest

from ascolto.knowledge.models import Article, Use, Usefulness, Version
from ascolto.staff.models import Colleague

STATES = ("bozze", "interni", "pubblici", "rivedere", "proposte")
LIKE = 0.45  # of trigrams of the words that stand in the title: "bolleta" finds "bolletta"
SHOWN = 50
LONGEST_WORDS, MOST_WORDS = 1_000, 30  # of a question that is looked for
_WORD = re.compile(r"[^\W_]{3,}")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody looks for. `state` is one of `STATES`; empty fields narrow nothing."""

    words: str = ""
    state: str = ""
    owner: int | None = None
    language: str = ""
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """An article in a list, with what it was good for."""

    article: Article
    title: str
    proposals: int = 0
    useful: int = 0
    not_useful: int = 0
    used: int = 0


@dataclass(frozen=True, slots=True)
class Numbers:
    useful: dict[int, int] = field(default_factory=dict)
    not_useful: dict[int, int] = field(default_factory=dict)
    used: dict[int, int] = field(default_factory=dict)
    proposals: dict[int, int] = field(default_factory=dict)


def articles() -> QuerySet[Article]:
    return Article.objects.select_related("newest", "owner").defer("newest__search")


def matching(
    found: QuerySet[Article], words: str, *, version: str = "newest", all_words: bool = True
) -> QuerySet[Article]:
    """Those of `found` with these words, also nearly, in a version of theirs; the best first.

    Not `all_words`: one of them is enough, as for a question in sentences.
    """
    words = words.replace("\x00", "").strip()[:LONGEST_WORDS]
    query = query_of(words, all_words=all_words)
    return (
        found.annotate(
            likeness=Greatest(
                TrigramWordSimilarity(words, f"{version}__title"),
                0.0,
            ),
            rank=SearchRank(F(f"{version}__search"), query),
        )
        .filter(
            Q(**{f"{version}__search": query})
            | Q(likeness__gte=LIKE)
            | Q(tags__contains=[words.casefold()])
        )
        .order_by((F("rank") + F("likeness") * 0.5).desc(), "-changed_at", "pk")
    )


def query_of(words: str, *, all_words: bool) -> SearchQuery:
    """As a search box reads them; or any of the words, at most `MOST_WORDS`."""
    if all_words:
        return SearchQuery(words, config="public.it", search_type="websearch")
    bare = list(dict.fromkeys(_WORD.findall(words.casefold())))[:MOST_WORDS]
    said = " OR ".join(bare) or words
    return SearchQuery(said, config="public.it", search_type="websearch")


def found_articles(wish: Wish, *, today: date) -> QuerySet[Article]:
    """Every colleague reads every article; who may change it is asked when he does."""
    found = articles()
    if wish.state:
        found = found.filter(_in_state(wish.state, today))
    if wish.owner is not None:
        found = found.filter(owner=wish.owner or None)
    if wish.language:
        found = found.filter(language=wish.language)
    if wish.topic:
        found = found.filter(topic=wish.topic)
    if wish.words.strip():
        return matching(found, wish.words)
    first = "review_on" if wish.state == "rivedere" else "-changed_at"
    return found.order_by(first, "pk")


def lines(found: Iterable[Article]) -> list[Line]:
    """Two queries more than `found`: what readers clicked, and what it was used for."""
    several = list(found)
    numbers = numbers_of([one.pk for one in several])
    return [
        Line(
            one,
            one.newest.title if one.newest else one.slug,
            numbers.proposals.get(one.pk, 0),
            numbers.useful.get(one.pk, 0),
            numbers.not_useful.get(one.pk, 0),
            numbers.used.get(one.pk, 0),
        )
        for one in several
    ]


def numbers_of(ids: list[int]) -> Numbers:
    """Three queries: clicks of readers, answers made of them, changes that are suggested."""
    clicks = (
        Usefulness.objects.filter(article__in=ids)
        .values_list("article_id")
        .annotate(yes=Count("pk", filter=Q(useful=True)), no=Count("pk", filter=Q(useful=False)))
    )
    used = Use.objects.filter(article__in=ids).values_list("article_id").annotate(Count("pk"))
    open_ones = (
        Version.objects.filter(article__in=ids, is_proposal=True, settled_at=None)
        .values_list("article_id")
        .annotate(Count("pk"))
    )
    said = list(clicks)
    return Numbers(
        {pk: yes for pk, yes, _ in said},
        {pk: no for pk, _, no in said},
        dict(used),
        dict(open_ones),
    )


def counts(*, today: date) -> dict[str, int]:
    """How many stand in each of `STATES`. One query."""
    wanted = {name: Count("pk", filter=_in_state(name, today)) for name in STATES}
    return dict(Article.objects.aggregate(**wanted))


def owners() -> QuerySet[Colleague]:
    """Who has an article to look after."""
    ids = Article.objects.exclude(owner=None).values("owner_id")
    return Colleague.objects.filter(pk__in=ids).order_by("name")


def proposals_of(article: Article) -> QuerySet[Version]:
    return article.versions.filter(is_proposal=True, settled_at=None).order_by("-pk")


def _in_state(state: str, today: date) -> Q:
    if state == "bozze":
        return Q(published=None)
    if state == "interni":
        return Q(published__isnull=False, audience=Article.Audience.INTERNAL)
    if state == "pubblici":
        return Q(published__isnull=False, audience=Article.Audience.PUBLIC)
    if state == "rivedere":
        return Q(review_on__lte=today)
    waiting = Version.objects.filter(is_proposal=True, settled_at=None)
    return Q(pk__in=waiting.values("article_id"))
