"""`/articles`: what is written once, found by words, and published by those who lead."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from ninja.responses import Status

from ascolto.administration.services import articles as deeds
from ascolto.api.auth import colleague_of
from ascolto.api.errors import ApiError
from ascolto.api.v1.refusals import refused
from ascolto.api.v1.words import STORABLE, Id, Line, answers
from ascolto.knowledge.models import Article, Topic
from ascolto.knowledge.queries.articles import Wish, articles, found_articles

router = Router(tags=["knowledge"])
SHOWN = 100
Title = Annotated[str, Field(min_length=1, max_length=160, pattern=STORABLE)]
Body = Annotated[str, Field(min_length=1, max_length=60_000, pattern=STORABLE)]
Named = Literal[
    "billing",
    "connectivity",
    "delivery_repair",
    "contract",
    "promo",
    "staff_service",
    "account_app",
    "other",
]


class ArticleOut(Schema):
    """`body` is Markdown, of the newest version; `state` is draft, internal or public."""

    id: int
    slug: str
    title: str
    body: str
    language: str
    topic: str
    tags: list[str]
    state: Literal["draft", "internal", "public"]
    owner: int | None
    review_on: date | None
    changed_at: datetime
    version: int | None
    published_version: int | None


class ArticleFilter(Schema):
    q: Line = ""
    state: Literal["", "draft", "internal", "public", "review"] = ""
    language: Literal["", "it", "en"] = ""


class VersionIn(Schema):
    title: Title
    body: Body
    language: Literal["it", "en"] = "it"
    note: Line = ""


class ArticleIn(VersionIn):
    topic: Named = "other"
    tags: list[Line] = Field(default_factory=list, max_length=8)
    review_on: date | None = None


class VersionOut(Schema):
    """`proposed`: it waits for whoever owns the article, or leads."""

    id: int
    article: int
    proposed: bool


class AudienceIn(Schema):
    audience: Literal["INTERNAL", "PUBLIC"] = "PUBLIC"


STATES = {"draft": "bozze", "internal": "interni", "public": "pubblici", "review": "rivedere"}


@router.get("/articles", response=answers(200, list[ArticleOut]))
def found(request: HttpRequest, wanted: Query[ArticleFilter]) -> list[dict[str, Any]]:
    """The hundred articles nearest to the words, or those changed last."""
    wish = Wish(wanted.q, STATES.get(wanted.state, ""), None, wanted.language)
    return [_article(one) for one in found_articles(wish, today=timezone.localdate())[:SHOWN]]


@router.get("/articles/{int:article}", response=answers(200, ArticleOut))
def one(request: HttpRequest, article: Id) -> dict[str, Any]:
    """The article in its newest words."""
    return _article(_known(article))


@router.post("/articles", response=answers(201, ArticleOut))
def begin(request: HttpRequest, wanted: ArticleIn) -> Status[dict[str, Any]]:
    """Write a new one. Nobody outside reads it before it is published."""
    place = deeds.Place(topic=Topic(wanted.topic), tags=wanted.tags, review_on=wanted.review_on)
    with refused():
        made = deeds.begin_article(
            _words(wanted), place, by=colleague_of(request), now=timezone.now()
        )
    return Status(201, _article(_known(made.pk)))


@router.post("/articles/{int:article}/versions", response=answers(201, VersionOut))
def write(request: HttpRequest, article: Id, wanted: VersionIn) -> Status[dict[str, Any]]:
    """New words for it; a suggestion, if the token's colleague may not change it."""
    known = _known(article)
    with refused():
        version = deeds.write_version(
            known, _words(wanted), by=colleague_of(request), now=timezone.now()
        )
    kept = {"id": version.pk, "article": known.pk, "proposed": version.is_proposal}
    return Status(201, kept)


@router.post("/articles/{int:article}/publish", response=answers(200, ArticleOut))
def publish(request: HttpRequest, article: Id, wanted: AudienceIn) -> dict[str, Any]:
    """Its newest version is read from now on: by everybody, or by those who work here."""
    known, by = _known(article), colleague_of(request)
    with refused():
        deeds.publish(known, audience=wanted.audience, by=by, now=timezone.now())
    return _article(_known(article))


@router.post("/articles/{int:article}/withdraw", response=answers(200, ArticleOut))
def withdraw(request: HttpRequest, article: Id) -> dict[str, Any]:
    """Nobody reads it any more; its versions stay."""
    known = _known(article)
    with refused():
        deeds.withdraw(known, by=colleague_of(request), now=timezone.now())
    return _article(_known(article))


def _known(pk: int) -> Article:
    found = articles().filter(pk=pk).first()
    if found is None:
        raise ApiError(404, sentence="There is no such article.")
    return found


def _words(wanted: VersionIn) -> deeds.Words:
    return deeds.Words(wanted.title, wanted.body, wanted.language, wanted.note)


def _article(article: Article) -> dict[str, Any]:
    newest = article.newest
    state = "public" if article.audience == Article.Audience.PUBLIC else "internal"
    return {
        "id": article.pk,
        "slug": article.slug,
        "title": newest.title if newest else article.slug,
        "body": newest.body if newest else "",
        "language": article.language,
        "topic": article.topic,
        "tags": article.tags,
        "state": state if article.published_id else "draft",
        "owner": article.owner_id,
        "review_on": article.review_on,
        "changed_at": article.changed_at,
        "version": article.newest_id,
        "published_version": article.published_id,
    }
