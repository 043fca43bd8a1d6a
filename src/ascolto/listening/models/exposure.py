from typing import ClassVar

from django.db import models

from ascolto.listening.models.mention import Mention
from ascolto.staff.models import Colleague


class Exposure(models.Model):
    """A colleague unfolded an insult and read it. It counts when the next one is given out."""

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="+")
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mention", "colleague"], name="exposed_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["colleague", "-at"], name="exposure_of_colleague"),
            models.Index(fields=["at"], name="exposure_lately"),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} {self.mention_id}"
