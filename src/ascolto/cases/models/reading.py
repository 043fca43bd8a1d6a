"""What was understood of a message when it was heard."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.cases.models.message import Message
from ascolto.staff.models import Colleague, Team


class MessageReading(models.Model):
    """The reading of one heard message: what kind of words, about what, how urgent, and why.

    `shares` says how sure each answer is, from 0 to 1, and `why` the words that decided, both by
    the name of the field. `began_with` is the team a case was given to when this message opened
    it, and `chosen` why (`triage.policy.competence.Why`): transfers teach from there.
    """

    class Kind(models.TextChoices):
        PROBLEM = "problem", _("problema")
        REQUEST = "request", _("richiesta")
        PRAISE = "praise", _("elogio")
        SUGGESTION = "suggestion", _("suggerimento")
        NOISE = "noise", _("rumore")

    class Topic(models.TextChoices):
        BILLING = "billing", _("bollette e pagamenti")
        CONNECTIVITY = "connectivity", _("linea e guasti")
        DELIVERY_REPAIR = "delivery_repair", _("consegne e riparazioni")
        CONTRACT = "contract", _("contratto")
        PROMO = "promo", _("offerte")
        STAFF_SERVICE = "staff_service", _("assistenza ricevuta")
        ACCOUNT_APP = "account_app", _("account e app")
        OTHER = "other", _("altro")

    message = models.OneToOneField(
        Message, on_delete=models.CASCADE, primary_key=True, related_name="reading"
    )
    lang = models.CharField(max_length=5, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    topic = models.CharField(max_length=20, choices=Topic.choices)
    polarity = models.CharField(max_length=10)
    needs_care = models.BooleanField(default=False)
    angry = models.BooleanField(default=False)
    abusive = models.BooleanField(default=False)  # there are insults in it
    churn_threat = models.BooleanField(default=False)
    escalation_threat = models.BooleanField(default=False)
    shares = models.JSONField(default=dict)
    why = models.JSONField(default=dict)
    model = models.CharField(max_length=40, blank=True)  # the version that read it
    began_with = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    chosen = models.CharField(max_length=12, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["topic", "began_with", "-message"],
                condition=Q(began_with__isnull=False),
                name="reading_of_a_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.topic}"

    @property
    def is_hostile(self) -> bool:
        """Anger that insults: it is folded away until somebody wants to read it."""
        return self.angry and self.abusive


class Exposure(models.Model):
    """A colleague has opened a message full of insults. It counts as read by him, once."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["message", "colleague"], name="exposed_to_a_message_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["colleague", "at"], name="exposure_to_messages"),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} read {self.message_id}"
