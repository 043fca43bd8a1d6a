"""The three things the kit stores: bytes, who holds a lease, which jobs were put back."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Length, Now


class Blob(models.Model):
    """Bytes kept once, under the SHA-256 of what they are. Written by `kit.blobs` alone."""

    digest = models.CharField(primary_key=True, max_length=64, editable=False)
    size = models.BigIntegerField(editable=False)
    content = models.BinaryField(editable=False)
    stored_at = models.DateTimeField(db_default=Now(), editable=False)

    objects: ClassVar[models.Manager["Blob"]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="blob_digest_is_sha256_in_hex"
            ),
            models.CheckConstraint(
                condition=Q(size=Length(F("content"))), name="blob_size_is_that_of_its_content"
            ),
        ]


class LeaseRow(models.Model):
    """Who may do the one thing called `name`, and until when by the clock of the database."""

    name = models.CharField(primary_key=True, max_length=200)
    holder = models.CharField(max_length=64)
    generation = models.BigIntegerField(default=1)
    until_at = models.DateTimeField()

    objects: ClassVar[models.Manager["LeaseRow"]] = models.Manager()

    class Meta:
        db_table = "kit_lease"


class PutBack(models.Model):
    """A job found without a living worker, and what was done about it. Only appended to."""

    class Outcome(models.TextChoices):
        PUT_BACK = "PUT_BACK"
        GIVEN_UP = "GIVEN_UP"  # it lost too many workers: now `failed`, for a person to look at
        SUPERSEDED = "SUPERSEDED"  # the same work was waiting in the queue already

    job_id = models.BigIntegerField()
    task_name = models.CharField(max_length=128)
    worker_id = models.BigIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    at = models.DateTimeField(db_default=Now())

    objects: ClassVar[models.Manager["PutBack"]] = models.Manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["job_id"], name="putback_job"),
            models.Index(fields=["-at"], name="putback_latest"),
        ]
