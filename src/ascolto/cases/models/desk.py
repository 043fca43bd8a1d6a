from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ascolto.cases.models.case import Case, Conversation
from ascolto.kit.models import Blob
from ascolto.people.models import Identity
from ascolto.staff.models import Colleague


class Note(models.Model):
    """An internal note. It never leaves the company.

    `mentioned` colleagues find it among what waits for them, until they have seen it.
    """

    mentioned = models.ManyToManyField(Colleague, through="Mention", related_name="+")
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


class Mention(models.Model):
    """A colleague was called by name in a note."""

    note = models.ForeignKey(Note, on_delete=models.CASCADE, related_name="mentions")
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["note", "colleague"], name="mentioned_once_a_note"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["colleague", "-note"], condition=Q(seen_at=None), name="mention_unseen"
            ),
            models.Index(
                "colleague",
                F("seen_at").desc(nulls_first=True),
                F("note").desc(),
                name="mention_of_colleague",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} in {self.note_id}"


class Draft(models.Model):
    """What a colleague is writing. A row of its own: nothing typed is ever lost."""

    class Kind(models.TextChoices):
        REPLY = "REPLY", _("risposta")
        NOTE = "NOTE", _("nota interna")
        CALL = "CALL", _("telefonata")
        FORWARD = "FORWARD", _("inoltro")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="drafts")
    author = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )  # where it is to go; null: wherever an answer goes
    to = models.CharField(max_length=500, blank=True)  # of a forward
    cc = models.CharField(max_length=1000, blank=True)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "author", "kind", "conversation"],
                name="draft_once",
                nulls_distinct=False,
            ),
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
