"""Articles and ready answers that are near to a question."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVector
from django.db.models import Case, F, Value, When

from ascolto.knowledge.likeness import rare
from ascolto.knowledge.models import Article, Macro
from ascolto.knowledge.queries.macros import visible_macros
from ascolto.staff.models import Colleague

RANKED = 6
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Near:
    articles: list[Article]
    macros: list[Macro]


def near(colleague: Colleague, lexemes: Mapping[str, float], *, language: str) -> Near:
    """What is published (for us or for all) and what he may say with a macro, in two queries."""
    words = rare(lexemes, most=MOST_WORDS)
    if not words:
        return Near([], [])
    query = SearchQuery(
        " | ".join(f"'{word}'" for word in words), config="simple", search_type="raw"
    )
    his_first = Case(When(language=language, then=Value(0)), default=Value(1))
    articles = (
        Article.objects.filter(published__isnull=False, published__search=query)
        .select_related("published")
        .defer("published__search")
        .annotate(rank=SearchRank(F("published__search"), query))
        .order_by(his_first, "-rank", "pk")
    )
    told = SearchVector("title", "text", config="public.it")
    macros = (
        visible_macros(colleague)
        .annotate(told=told, rank=SearchRank(told, query))
        .filter(told=query)
        .order_by(his_first, "-rank", "pk")
    )
    return Near(list(articles[:RANKED]), list(macros[:RANKED]))
