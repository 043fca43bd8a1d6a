from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.listening.models.board import Board
from ascolto.staff.models import Colleague, Team


class Cause(models.Model):
    """What several say under one board: a reason to ask for help, or a question of the offer."""

    class Lane(models.TextChoices):
        OFFER = "OFFER", _("sull’offerta")
        HELP = "HELP", _("chiede aiuto")

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="causes")
    lane = models.CharField(max_length=6, choices=Lane.choices, default=Lane.HELP)
    name = models.CharField(max_length=120)  # made of its own words, until a person names it
    named_by = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.JSONField(default=dict)  # stem -> in how many of its comments
    topic = models.CharField(max_length=20, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    case_ref = models.CharField(max_length=60, blank=True)  # the one case for all
    told_at = models.DateTimeField(null=True, blank=True)  # of that case, the last time
    answered_at = models.DateTimeField(null=True, blank=True)  # all at once, the last time
    made_at = models.DateTimeField()
    joined_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    joined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["board", "id"], condition=Q(joined_at=None), name="cause_of_board"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        return f"cause:{self.pk}"


class AnswerToAll(models.Model):
    """One answer written for everybody of a cause, and sent to each by name, once.

    It waits the undo time of its author. Whom it is for was counted and shown to him before.
    """

    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()  # "{nome}" is each one's name
    mentions = models.JSONField(default=list)  # their ids, in the order in which they spoke
    by = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    leaves_at = models.DateTimeField()
    is_update = models.BooleanField(default=False)  # also for those who had an answer before
    called_back_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)  # of `mentions`, so far
    written = models.PositiveIntegerField(default=0)  # answers that went to the outbox
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cause", "-asked_at"], name="answer_to_cause"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def reference(self) -> str:
        return f"answer_to_all:{self.pk}"
