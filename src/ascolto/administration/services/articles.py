"""Articles are written, published and withdrawn where the history can tell of it.

Every colleague but a light helper may begin an article and suggest a change to any. Who owns it,
or leads, changes it; who leads decides what is published and for whom.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ascolto.administration.policy import Refusal
from ascolto.administration.services.changing import NotAllowed, leads_alone, record_change
from ascolto.knowledge.models import Article, FormerSlug, Topic, Version
from ascolto.knowledge.models.articles import LONGEST_BODY, LONGEST_TITLE
from ascolto.knowledge.naming import free_slug, slug_of
from ascolto.knowledge.services import throw_draft
from ascolto.staff.models import Colleague
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

MOST_TAGS = 8


class EmptyArticle(Exception):
    """An article has a title and a text."""


class NotOpen(Exception):
    """This suggestion was taken or declined already, or is none."""


@dataclass(frozen=True, slots=True)
class Words:
    """What somebody wrote. `note` says what changed, and why."""

    title: str
    body: str
    language: str = "it"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands and who keeps it true."""

    topic: str = Topic.OTHER
    tags: Sequence[str] = ()
    owner: Colleague | None = None
    review_on: date | None = None
    translation_of: Article | None = None


def may_change(article: Article, by: Colleague) -> bool:
    """Whether what he writes is the article's newest version, and no suggestion."""
    return by.leads or (article.owner_id == by.pk and by.role != Colleague.Role.HELPER)


@transaction.atomic
def begin_article(words: Words, place: Place, *, by: Colleague, now: datetime) -> Article:
    """A new article, of its writer if nobody else is named. Nobody outside reads it yet."""
    if by.role == Colleague.Role.HELPER:
        raise NotAllowed(Refusal.NOT_A_LEAD)
    words = _whole(words)
    article = Article.objects.create(
        slug=free_slug(words.title, _names_like(words.title)),
        language=words.language,
        topic=place.topic,
        tags=_tags(place.tags),
        owner=place.owner or by,
        review_on=place.review_on,
        translation_of=place.translation_of,
        made_at=now,
        changed_at=now,
    )
    article.newest = _version(article, words, by=by, now=now)
    article.save(update_fields=["newest"])
    throw_draft(None, by=by)
    _tell("knowledge.article_made", article, words.title, by=by, now=now)
    return article


@transaction.atomic
def write_version(article: Article, words: Words, *, by: Colleague, now: datetime) -> Version:
    """What he wrote becomes the newest version; or a suggestion, if it is not his to change.

    What is published stays as it is until somebody publishes. The same words again are no new
    version: the newest is returned.
    """
    if by.role == Colleague.Role.HELPER:
        raise NotAllowed(Refusal.NOT_A_LEAD)
    words, article = _whole(words), _locked(article)
    newest = article.newest
    if newest is not None and _same(newest, words):
        throw_draft(article, by=by)
        return newest
    proposal = not may_change(article, by)
    version = _version(article, words, by=by, now=now, is_proposal=proposal)
    if not proposal:
        _make_newest(article, version, now=now)
    throw_draft(article, by=by)
    kind = "knowledge.article_suggested" if proposal else "knowledge.article_written"
    _tell(kind, article, words.title, by=by, now=now, note=words.note)
    return version


@transaction.atomic
def take_proposal(version: Version, *, by: Colleague, now: datetime) -> Article:
    """The suggestion becomes the newest version. Raises `NotAllowed`, `NotOpen`."""
    article = _locked(version.article)
    _settle(version, article, by=by, now=now)
    _make_newest(article, version, now=now)
    _tell("knowledge.suggestion_taken", article, version.title, by=by, now=now)
    return article


@transaction.atomic
def decline_proposal(version: Version, *, by: Colleague, now: datetime) -> Article:
    """It stays among the versions, and nobody is asked about it any more."""
    article = _locked(version.article)
    _settle(version, article, by=by, now=now)
    _tell("knowledge.suggestion_declined", article, version.title, by=by, now=now)
    return article


@transaction.atomic
def restore_version(version: Version, *, note: str, by: Colleague, now: datetime) -> Version:
    """The words of an older version are said again, as a version of now: nothing is erased."""
    words = Words(version.title, version.body, version.language, note)
    return write_version(version.article, words, by=by, now=now)


@transaction.atomic
def publish(article: Article, *, audience: str, by: Colleague, now: datetime) -> Article:
    """The newest version is what is read from now on, by us or by everybody. For who leads.

    A new title gives a new address; the former one leads there as long as the article lives.
    """
    leads_alone(by)
    article = _locked(article)
    version = article.newest
    if version is None:
        raise EmptyArticle(article.slug)
    _rename(article, version.title)
    article.audience = Article.Audience(audience)
    article.published, article.published_at, article.changed_at = version, now, now
    article.save()
    Version.objects.filter(pk=version.pk, is_proposal=True, settled_at=None).update(
        settled_at=now, settled_by=by
    )
    _tell("knowledge.article_published", article, version.title, by=by, now=now, audience=audience)
    return article


@transaction.atomic
def withdraw(article: Article, *, by: Colleague, now: datetime) -> Article:
    """Nobody reads it any more; its versions stay. For who leads."""
    leads_alone(by)
    article = _locked(article)
    if article.published is None:
        return article
    title = article.published.title
    article.published, article.published_at, article.changed_at = None, None, now
    article.save()
    _tell("knowledge.article_withdrawn", article, title, by=by, now=now)
    return article


@transaction.atomic
def place_article(article: Article, place: Place, *, by: Colleague, now: datetime) -> Article:
    """Who keeps it true and by when it is looked at, its topic and tags. For who may change it."""
    article = _locked(article)
    if not may_change(article, by):
        raise NotAllowed(Refusal.NOT_A_LEAD)
    before = _state(article)
    article.topic, article.tags = Topic(place.topic), _tags(place.tags)
    article.owner, article.review_on = place.owner, place.review_on
    if place.translation_of is None or place.translation_of.pk != article.pk:
        article.translation_of = place.translation_of
    article.changed_at = now
    article.save()
    title = article.newest.title if article.newest else article.slug
    record_change(
        "knowledge.article_placed",
        title,
        subject=subject_of(article),
        states=(before, _state(article)),
        by=by,
        now=now,
    )
    return article


def subject_of(article: Article) -> str:
    return reference("article", article.pk)


def _locked(article: Article) -> Article:
    return (
        Article.objects.select_for_update(of=("self",))
        .select_related("newest", "published", "owner")
        .get(pk=article.pk)
    )


def _whole(words: Words) -> Words:
    title, body = " ".join(words.title.split())[:LONGEST_TITLE], words.body.replace("\x00", "")
    body = body.replace("\r\n", "\n").strip()[:LONGEST_BODY]
    if not title or not body:
        raise EmptyArticle(title)
    return Words(title, body, words.language, " ".join(words.note.split())[:300])


def _same(version: Version, words: Words) -> bool:
    return (version.title, version.body, version.language) == (
        words.title,
        words.body,
        words.language,
    )


def _version(
    article: Article, words: Words, *, by: Colleague, now: datetime, is_proposal: bool = False
) -> Version:
    return Version.objects.create(
        article=article,
        title=words.title,
        body=words.body,
        language=words.language,
        note=words.note,
        by=by,
        at=now,
        is_proposal=is_proposal,
    )


def _make_newest(article: Article, version: Version, *, now: datetime) -> None:
    article.newest, article.language, article.changed_at = version, version.language, now
    article.save(update_fields=["newest", "language", "changed_at"])


def _settle(version: Version, article: Article, *, by: Colleague, now: datetime) -> None:
    if not may_change(article, by):
        raise NotAllowed(Refusal.NOT_A_LEAD)
    waiting = Version.objects.filter(pk=version.pk, is_proposal=True, settled_at=None)
    if not waiting.update(settled_at=now, settled_by=by):
        raise NotOpen(version.pk)


def _rename(article: Article, title: str) -> None:
    """A published article goes by its title: the name it had stays its own."""
    wanted = slug_of(title)
    if article.slug == wanted or article.slug.startswith(f"{wanted}-"):
        return
    FormerSlug.objects.filter(article=article, slug__startswith=wanted).delete()
    new = free_slug(title, _names_like(title))
    if article.published_id is not None or article.former_slugs.exists():
        FormerSlug.objects.get_or_create(slug=article.slug, defaults={"article": article})
    article.slug = new


def _names_like(title: str) -> frozenset[str]:
    beginning = slug_of(title)
    now = Article.objects.filter(slug__startswith=beginning).values_list("slug", flat=True)
    former = FormerSlug.objects.filter(slug__startswith=beginning).values_list("slug", flat=True)
    return frozenset([*now, *former])


def _tags(tags: Sequence[str]) -> list[str]:
    clean = (" ".join(tag.split()).casefold()[:40] for tag in tags)
    return list(dict.fromkeys(tag for tag in clean if tag))[:MOST_TAGS]


def _state(article: Article) -> dict[str, str]:
    return {
        "topic": str(Topic(article.topic).label),
        "tags": ", ".join(article.tags),
        "owner": article.owner.name if article.owner else "",
        "review": str(article.review_on or ""),
    }


def _tell(
    kind: str, article: Article, title: str, *, by: Colleague, now: datetime, **more: str
) -> None:
    facts: dict[str, Any] = {name: said for name, said in more.items() if said}
    record(kind, at=now, subject=subject_of(article), by=by, title=title, **facts)
