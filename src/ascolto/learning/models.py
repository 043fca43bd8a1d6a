from typing import ClassVar

from django.db import models

from ascolto.channels.models import Item
from ascolto.staff.models import Colleague


class Correction(models.Model):
    """A person says what was misread in one thing heard. The last word on each field counts."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="+")
    head = models.CharField(max_length=20)  # the field of `reading.Reading`
    was = models.CharField(max_length=20, blank=True)
    became = models.CharField(max_length=20)  # "true" and "false" for yes and no
    model = models.CharField(max_length=40, blank=True)  # the version that misread it
    by = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["item", "head"], name="one_correction_of_a_field")
        ]

    def __str__(self) -> str:
        return f"{self.head}: {self.became}"


class Learnt(models.Model):
    """A model that this house has learnt, with what was found when it was compared."""

    version = models.CharField(max_length=40, unique=True)
    learnt_at = models.DateTimeField()
    corrections = models.PositiveIntegerField()  # learnt from
    newest = models.DateTimeField(null=True)  # the newest of these corrections
    found = models.JSONField(default=dict)  # see `trying.Tried`
    adopted = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "learnt"

    def __str__(self) -> str:
        return self.version
