"""Who is on a case at this moment, and what its customer said of our work."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.cases.models.case import Case
from ascolto.cases.models.message import Message
from ascolto.people.models import Identity
from ascolto.staff.models import Colleague


class Presence(models.Model):
    """A colleague has this case open, and perhaps writes. Of no worth a minute later."""

    class Mode(models.TextChoices):
        READS = "READS", _("sta leggendo")
        WRITES = "WRITES", _("sta scrivendo")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    mode = models.CharField(max_length=6, choices=Mode.choices)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "colleague"], name="present_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["seen_at"], name="presence_seen"),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} {self.mode} {self.case_id}"


class Rating(models.Model):
    """How the customer judged an answer of ours: one click, and a word if he likes."""

    class Score(models.IntegerChoices):
        BAD = 1, _("non mi ha aiutato")
        FAIR = 2, _("in parte")
        GOOD = 3, _("mi ha aiutato")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="ratings")
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField(choices=Score.choices)
    words = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "identity"], name="rated_once"),
        ]

    def __str__(self) -> str:
        return f"{self.score} for {self.message_id}"


class Effort(models.Model):
    """How easy it was for the customer to have his matter resolved: one question, when it is over.

    1 is not at all, 7 is very easy. Each of its readers has one answer.
    """

    LEAST, MOST = 1, 7

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="efforts")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "identity"], name="effort_told_once"),
            models.CheckConstraint(
                condition=Q(score__gte=1, score__lte=7), name="an_effort_is_from_1_to_7"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.score} for {self.case_id}"


class CallRequest(models.Model):
    """A customer asked to be called. It waits until somebody has called or says why not."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="call_requests")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    wish = models.CharField(max_length=200, blank=True)  # "dopo le 18"
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=200, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)  # null: nobody spoke with him

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at"], condition=Q(done_at=None), name="call_request_open"),
        ]

    def __str__(self) -> str:
        return f"call {self.number}"
