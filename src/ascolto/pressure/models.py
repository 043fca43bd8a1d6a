from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.people.models import Customer, Identity


class Hold(models.Model):
    """A reason not to press this customer, placed by whoever knows it and lifted by the same."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)  # what it is about: "case:12"
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["customer", "reason", "subject"],
                condition=Q(lifted_at=None),
                name="hold_once_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} on {self.customer_id}"


class Decision(models.Model):
    """What the gate said about one touch, and why. Nothing leaves without one."""

    class Purpose(models.TextChoices):
        CARE = "CARE", _("assistenza")
        NOTICE = "NOTICE", _("comunicazione di servizio")
        MARKETING = "MARKETING", _("offerta")

    class Verdict(models.TextChoices):
        SEND = "SEND", _("si manda")
        HOLD = "HOLD", _("si trattiene")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    verdict = models.CharField(max_length=6, choices=Verdict.choices)
    reasons = models.JSONField(default=list)
    decided_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["customer", "decided_at"], name="decision_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.verdict} {self.purpose}"


class Unreachable(models.Model):
    """An address that does not exist any more: mail to it came back for good."""

    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    since = models.DateTimeField()
    reason = models.CharField(max_length=200)
    reached_again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["identity"],
                condition=Q(reached_again_at=None),
                name="unreachable_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.identity_id} since {self.since:%Y-%m-%d}"
