from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from ascolto.people.models import Identity


class SignInLink(models.Model):
    """The customer's way to all his matters: used once, by a POST, within a day."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="+")
    token_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")), name="a_sign_in_link_lasts_a_while"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["identity", "-made_at"], name="sign_in_link_of_identity"),
        ]

    def __str__(self) -> str:
        return f"sign-in of {self.identity_id}"


class Visit(models.Model):
    """A customer who has signed in, in one browser. Only the hash of his cookie is kept."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="+")
    token_hash = models.BinaryField(unique=True)
    began_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"visit of {self.identity_id}"
