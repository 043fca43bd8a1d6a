"""What articles and ready answers were good for."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ascolto.knowledge.models.articles import Article, Version
from ascolto.knowledge.models.macros import Macro
from ascolto.staff.models import Colleague


class Usefulness(models.Model):
    """A reader's one click under an article. `mark` tells visits apart and nobody from it."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="+", db_index=False)
    useful = models.BooleanField()
    at = models.DateTimeField()
    mark = models.CharField(max_length=24)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["article", "mark"], name="said_useful_once_a_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.useful}"


class Use(models.Model):
    """An answer was sent that began with one of our sources, taken as it stood or edited.

    Cases and messages stand above this package: `case_id`, `message_id` and `answer_id` (the
    earlier answer that was the source) are their ids, not keys.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, null=True, related_name="+")
    macro = models.ForeignKey(Macro, on_delete=models.CASCADE, null=True, related_name="+")
    answer_id = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField()
    message_id = models.BigIntegerField()
    edited = models.BooleanField()
    drafted = models.BooleanField(default=False)  # through a draft made of several sources
    by = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(article__isnull=False, macro=None, answer_id=None)
                | Q(article=None, macro__isnull=False, answer_id=None)
                | Q(article=None, macro=None, answer_id__isnull=False),
                name="a_use_has_one_source",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["article", "at"], name="use_of_article"),
            models.Index(fields=["case_id"], name="use_in_case"),
            models.Index(fields=["message_id"], name="use_in_message"),
        ]

    def __str__(self) -> str:
        return f"in {self.message_id}"
