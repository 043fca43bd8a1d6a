from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ascolto.people.models import Customer
from ascolto.staff.models import Calendar, Colleague, Team


class Promise(models.Model):
    """Something somebody will have by a certain moment. It ends kept, broken or waived.

    `subject` is an opaque reference to what it is about ("case:12"). The clock runs in the
    hours of `calendar`, or round the clock without one; what it did is in `facts`.
    """

    class Kind(models.TextChoices):
        FIRST_ANSWER = "FIRST_ANSWER", _("prima risposta")
        NEXT_ANSWER = "NEXT_ANSWER", _("prossima risposta")
        UPDATE = "UPDATE", _("notizie, anche se non ce ne sono")
        RESOLUTION = "RESOLUTION", _("soluzione")
        WORD = "WORD", _("parola data")  # made by a person in his own words; as many as he makes

    class Ending(models.TextChoices):
        KEPT = "KEPT", _("mantenuta")
        BROKEN = "BROKEN", _("non mantenuta")
        WAIVED = "WAIVED", _("sciolta")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.CharField(max_length=200, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(Colleague, on_delete=models.PROTECT, null=True, related_name="+")
    told = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # who hears of it when it runs out
    told_seen_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField()
    warn_at = models.DateTimeField()
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)  # null: it runs
    pause_reason = models.CharField(max_length=200, blank=True)
    warned_at = models.DateTimeField(null=True, blank=True)
    overrun_at = models.DateTimeField(null=True, blank=True)  # when the sweep saw it run out
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=8, choices=Ending.choices, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=Q(ended_at=None) & ~Q(kind="WORD"),
                name="one_running_clock_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="a_promise_ends_in_one_way",
            ),
            models.CheckConstraint(
                condition=~Q(ending="WAIVED") | ~Q(reason=""), name="a_waiver_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None) | ~Q(pause_reason=""), name="a_pause_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(ending="KEPT") | Q(ended_at__lte=F("due_at")),
                name="kept_means_in_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["warn_at"],
                condition=Q(ended_at=None, warned_at=None, paused_at=None),
                name="promise_to_warn",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(ended_at=None, overrun_at=None, paused_at=None),
                name="promise_to_escalate",
            ),
            models.Index(fields=["due_at"], condition=Q(ended_at=None), name="promise_running"),
            models.Index(fields=["customer", "-started_at"], name="promise_of_customer"),
            models.Index(fields=["subject", "started_at"], name="promise_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject}"


class ClockFact(models.Model):
    """Started, paused, resumed, stopped: what remains is derived from these."""

    class Kind(models.TextChoices):
        STARTED = "STARTED", _("partito")
        PAUSED = "PAUSED", _("in pausa")
        RESUMED = "RESUMED", _("ripreso")
        STOPPED = "STOPPED", _("fermato")

    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    why = models.CharField(max_length=200, blank=True)
    # How the clock stood when it was stopped, so that it can run again as if it never had been.
    before = models.JSONField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
