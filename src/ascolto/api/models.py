from typing import ClassVar

from django.db import models

from ascolto.integrations.models import Token


class IdempotencyKey(models.Model):
    """What was answered to a request with this key: asked again, it is answered the same."""

    token = models.ForeignKey(Token, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.TextField()
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["token", "key"], name="one_answer_a_key"),
        ]

    def __str__(self) -> str:
        return self.key
