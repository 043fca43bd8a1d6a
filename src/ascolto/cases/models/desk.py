from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from ascolto.cases.models.case import Case
from ascolto.kit.models import Blob
from ascolto.people.models import Identity
from ascolto.staff.models import Colleague


class Note(models.Model):
    """An internal note. It never leaves the company."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "at", "id"], name="note_of_case"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Draft(models.Model):
    """What a colleague is writing. A row of its own: nothing typed is ever lost."""

    class Kind(models.TextChoices):
        REPLY = "REPLY", _("risposta")
        NOTE = "NOTE", _("nota interna")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "author", "kind"], name="draft_once"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class DraftFile(models.Model):
    """A file attached to a draft. `token` is unguessable and bound to the draft's author."""

    draft = models.ForeignKey(Draft, on_delete=models.CASCADE, related_name="files")
    token = models.CharField(max_length=64, unique=True)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class MatterLink(models.Model):
    """The customer's way to one case without signing in. Only the hash of its token is kept."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    token_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"link to {self.case_id}"
