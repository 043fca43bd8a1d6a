"""What everybody may read: articles that are published, for everybody, as published."""

from dataclasses import dataclass

from django.db.models import Case, Count, QuerySet, Value, When

from ascolto.knowledge.models import Article, FormerSlug, Topic
from ascolto.knowledge.queries.articles import matching

SHOWN = 30


@dataclass(frozen=True, slots=True)
class Shelf:
    """A topic of the help centre and how many articles stand in it."""

    topic: str
    many: int


def public_articles() -> QuerySet[Article]:
    """Two tables, one query; nothing of a draft, a suggestion, or an article for us alone."""
    return (
        Article.objects.filter(published__isnull=False, audience=Article.Audience.PUBLIC)
        .select_related("published")
        .defer("published__search")
    )


def shelves(language: str) -> list[Shelf]:
    """The topics that have articles in this language, in the order of `Topic`."""
    found = dict(
        public_articles()
        .filter(language=language)
        .order_by()
        .values_list("topic")
        .annotate(Count("pk"))
    )
    return [Shelf(topic, found[topic]) for topic in Topic.values if topic in found]


def search_public(words: str, *, language: str) -> list[Article]:
    """The best first, and those of his language before the others.

    Where no article has all the words, those that have some. Two queries at most.
    """
    mine = Case(When(language=language, then=Value(0)), default=Value(1))
    for all_words in (True, False):
        found = matching(public_articles(), words, version="published", all_words=all_words)
        best = list(found.order_by(mine, *found.query.order_by)[:SHOWN])
        if best:
            return best
    return []


def open_article(slug: str) -> Article | None:
    """The article of this name, or the one that had it before (its `slug` differs then)."""
    found = public_articles().filter(slug=slug).first()
    if found is not None:
        return found
    former = FormerSlug.objects.filter(slug=slug).values("article_id")
    return public_articles().filter(pk__in=former).first()


def other_languages(article: Article) -> list[Article]:
    """The same article in other languages, if everybody may read those."""
    root = article.translation_of_id or article.pk
    family = public_articles().filter(pk=root) | public_articles().filter(translation_of=root)
    return [one for one in family.order_by("language", "pk") if one.language != article.language]
