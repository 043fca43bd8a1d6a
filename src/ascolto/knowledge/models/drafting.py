"""The machine that may draft an answer, if the company has one, and what it was told."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ascolto.staff.models import Colleague


class Drafter(models.Model):
    """Where drafts are asked for. At most one; without a row, or switched off, nothing is asked."""

    url = models.CharField(max_length=300)  # of an interface such as OpenAI's, up to "/v1"
    model = models.CharField(max_length=120)
    secret = models.BinaryField(null=True)  # the key, sealed; null: it needs none
    is_on = models.BooleanField(default=False)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Colleague, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(pk=1), name="one_drafter_an_installation"),
        ]

    def __str__(self) -> str:
        return self.model


class DraftAsked(models.Model):
    """What left for a draft, word for word as it left (masked), and what came back."""

    case_id = models.BigIntegerField()
    by = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    host = models.CharField(max_length=255)
    model = models.CharField(max_length=120)
    sources = ArrayField(models.CharField(max_length=40), default=list)
    sent = models.TextField()
    answered = models.TextField(blank=True)
    problem = models.CharField(max_length=300, blank=True)
    seconds = models.FloatField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-at", "-id"], name="draft_asked_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.host} for {self.case_id}"
