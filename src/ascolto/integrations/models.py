from typing import ClassVar

from django.db import models
from django.db.models import Q

from ascolto.staff.models import Colleague


class Token(models.Model):
    """A program's way in, acting for one colleague. Only the hash of the token is kept."""

    class Scope(models.TextChoices):
        READ = "read"
        WRITE = "write"
        ADMIN = "admin"

    name = models.CharField(max_length=80)
    token_hash = models.BinaryField(unique=True)
    colleague = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "api_token"  # where it was born

    def __str__(self) -> str:
        return self.name


class Webhook(models.Model):
    """An address of a program that wants to hear what happens. `kinds` empty: everything.

    `transaction` and `entry` are how far it has been told, in the order of the live stream.
    """

    title = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    secret = models.BinaryField()  # sealed; signs what is sent
    kinds = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    transaction = models.BigIntegerField(default=0)
    entry = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.title


class Delivery(models.Model):
    """One telling of a webhook: tried until it is heard, for three days at most."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    entry = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    body = models.TextField()
    made_at = models.DateTimeField()
    next_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)  # of the last answer
    error = models.CharField(max_length=300, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["webhook", "entry"], name="told_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_at"],
                condition=Q(delivered_at=None, given_up_at=None),
                name="delivery_waiting",
            ),
            models.Index(fields=["webhook", "-id"], name="delivery_of_webhook"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} to {self.webhook_id}"
