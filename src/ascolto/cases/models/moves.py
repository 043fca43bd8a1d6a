from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ascolto.cases.models.case import Case, Conversation
from ascolto.cases.models.desk import Note
from ascolto.cases.models.message import Message
from ascolto.staff.models import Colleague


class Moving(models.Model):
    """A merge or a split of cases. `Moved` remembers each thing's old place: it can be undone."""

    class Kind(models.TextChoices):
        MERGE = "MERGE", _("unione")
        SPLIT = "SPLIT", _("divisione")

    kind = models.CharField(max_length=5, choices=Kind.choices)
    origin = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    before = models.JSONField(default=dict)  # how the two cases stood
    by = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(origin=F("target")), name="no_case_moves_into_itself"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["origin", "-at"], name="moving_from"),
            models.Index(fields=["target", "-at"], name="moving_into"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.origin_id} > {self.target_id}"


class Moved(models.Model):
    """One message or note that changed its case, and the conversation it stood in."""

    moving = models.ForeignKey(Moving, on_delete=models.CASCADE, related_name="moved")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, null=True, related_name="+")
    note = models.ForeignKey(Note, on_delete=models.PROTECT, null=True, related_name="+")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(message__isnull=False, note=None, conversation__isnull=False)
                | Q(message=None, note__isnull=False, conversation=None),
                name="moved_a_message_or_a_note",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id or self.note_id} in {self.moving_id}"


class Bulk(models.Model):
    """One deed on many cases: how far it is, what was refused, and how each case stood before."""

    class Deed(models.TextChoices):
        ASSIGN = "ASSIGN", _("assegnare")
        TRANSFER = "TRANSFER", _("passare")
        RESOLVE = "RESOLVE", _("risolvere")
        SNOOZE = "SNOOZE", _("rimandare")
        TAG = "TAG", _("etichettare")
        UNTAG = "UNTAG", _("togliere un’etichetta")
        PRIORITISE = "PRIORITISE", _("dare una priorità")
        LEVEL = "LEVEL", _("pareggiare")

    deed = models.CharField(max_length=10, choices=Deed.choices)
    arguments = models.JSONField(default=dict)
    by = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    total = models.PositiveIntegerField()
    finished_at = models.DateTimeField(null=True, blank=True)
    undo_asked_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.deed} on {self.total}"


class BulkCase(models.Model):
    """One case of a bulk deed. `done_at` and `refused` are empty until its turn has come."""

    bulk = models.ForeignKey(Bulk, on_delete=models.CASCADE, related_name="cases")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True, blank=True)
    refused = models.CharField(max_length=200, blank=True)  # why, in words
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["bulk", "case"], name="a_case_once_a_bulk"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} of {self.bulk_id}"
