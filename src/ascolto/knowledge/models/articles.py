from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.staff.models import Colleague

LONGEST_TITLE = 160
LONGEST_BODY = 60_000  # characters; all of them can be found


class Topic(models.TextChoices):
    """What an article is about: the topics that messages are read for, in a customer's words."""

    BILLING = "billing", _("Bollette e pagamenti")
    CONNECTIVITY = "connectivity", _("Linea e connessione")
    DELIVERY_REPAIR = "delivery_repair", _("Consegne e riparazioni")
    CONTRACT = "contract", _("Contratto e disdetta")
    PROMO = "promo", _("Offerte e prezzi")
    STAFF_SERVICE = "staff_service", _("Assistenza")
    ACCOUNT_APP = "account_app", _("Account e app")
    OTHER = "other", _("Altro")


class Article(models.Model):
    """One answer that is written once and kept true: who owns it, and by when it is looked at.

    `newest` and `published` are two of its versions; without `published` nobody but us reads it.
    """

    class Audience(models.TextChoices):
        INTERNAL = "INTERNAL", _("solo per noi")
        PUBLIC = "PUBLIC", _("per tutti")

    slug = models.SlugField(max_length=120, unique=True)
    language = models.CharField(max_length=5, default="it")  # of its newest version
    topic = models.CharField(max_length=16, choices=Topic.choices, default=Topic.OTHER)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    audience = models.CharField(max_length=8, choices=Audience.choices, default=Audience.INTERNAL)
    owner = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    review_on = models.DateField(null=True, blank=True)
    translation_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="translations"
    )
    newest = models.ForeignKey(
        "Version", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    published = models.ForeignKey(
        "Version", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    published_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(published=None, published_at=None)
                | Q(published__isnull=False, published_at__isnull=False),
                name="an_article_is_published_since_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(translation_of=None) | ~Q(translation_of=models.F("id")),
                name="an_article_does_not_translate_itself",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-changed_at"], name="article_newest"),
            models.Index(
                fields=["language", "topic"],
                condition=Q(published__isnull=False, audience="PUBLIC"),
                name="article_for_everybody",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_public(self) -> bool:
        return self.published_id is not None and self.audience == self.Audience.PUBLIC

    def is_due(self, today: date) -> bool:
        """Whether the day has passed by which somebody was to look at it again."""
        return self.review_on is not None and self.review_on <= today


class Version(models.Model):
    """The words of an article as somebody wrote them. They never change: a trigger refuses it."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    title = models.CharField(max_length=LONGEST_TITLE)
    body = models.TextField()  # in the part of Markdown that `knowledge.markup` draws
    language = models.CharField(max_length=5)
    note = models.CharField(max_length=300, blank=True)  # what changed, and why
    by = models.ForeignKey(Colleague, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    # Suggested by somebody who may not change the article himself; open until taken or declined.
    is_proposal = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    search = models.GeneratedField(
        expression=SearchVector("title", config="public.it", weight="A")
        + SearchVector("body", config="public.it", weight="C"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["article", "-id"], name="version_of_article"),
            models.Index(
                fields=["article"],
                condition=Q(is_proposal=True, settled_at=None),
                name="version_proposed",
            ),
            GinIndex(fields=["search"], name="version_search", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.title


class FormerSlug(models.Model):
    """A name an article had before: who kept its address still finds it."""

    slug = models.SlugField(max_length=120, unique=True)
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class ArticleDraft(models.Model):
    """What a colleague has typed and not yet kept as a version. One an article and person."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="drafts")
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    body = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["colleague", "article"],
                nulls_distinct=False,
                name="one_draft_an_article_and_person",
            ),
        ]

    def __str__(self) -> str:
        return self.title
