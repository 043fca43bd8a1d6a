from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.kit.models import Blob
from ascolto.staff.models import Colleague


class Run(models.Model):
    """One import or export: which file, how far, and what came of it."""

    class Way(models.TextChoices):
        IN = "IN", _("importazione")
        OUT = "OUT", _("esportazione")

    class Kind(models.TextChoices):
        CUSTOMERS = "CUSTOMERS", _("clienti")
        CASES = "CASES", _("casi")
        CALLS = "CALLS", _("telefonate, dal centralino")

    class Format(models.TextChoices):
        CSV = "CSV", "CSV"
        JSON = "JSON", "JSON"

    way = models.CharField(max_length=3, choices=Way.choices)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    format = models.CharField(max_length=4, choices=Format.choices)
    by = models.ForeignKey(Colleague, on_delete=models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=255, blank=True)  # of the file, as a label
    file = models.ForeignKey(Blob, on_delete=models.PROTECT, null=True, related_name="+")
    arguments = models.JSONField(default=dict, blank=True)
    asked_at = models.DateTimeField()
    total = models.PositiveIntegerField(null=True, blank=True)  # rows; null until counted
    read = models.PositiveIntegerField(default=0)  # rows gone through: where to go on
    made = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)
    failed = models.CharField(max_length=300, blank=True)  # why the whole file could not be read
    stopped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-asked_at"], name="run_newest"),
            models.Index(
                fields=["id"],
                condition=Q(finished_at=None, stopped_at=None, failed=""),
                name="run_not_finished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.kind} {self.name}"


class Refusal(models.Model):
    """A row that was not taken, and why. It is kept, to be mended and sent again."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="refusals")
    line = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)
    row = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "line"], name="a_line_is_refused_once"),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.line}"


class PhoneFigure(models.Model):
    """What a switchboard says: of one call (`minutes` is 0), or of all calls of a stretch of time.

    Nobody is named in it. What was said on the telephone stands in cases.
    """

    queue = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()  # when the call came, or when the stretch begins
    minutes = models.PositiveSmallIntegerField(default=0)
    external = models.CharField(max_length=200, blank=True)  # the call's own number
    offered = models.PositiveIntegerField()  # entered the queue
    answered = models.PositiveIntegerField()  # somebody spoke with them
    abandoned = models.PositiveIntegerField()  # left before
    wait_seconds = models.PositiveBigIntegerField(default=0)  # of those answered, together
    talk_seconds = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["queue", "at", "minutes", "external"], name="a_phone_figure_once"
            ),
            models.CheckConstraint(
                condition=Q(offered__gte=models.F("answered") + models.F("abandoned")),
                name="no_more_calls_end_than_come",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at"], name="phone_figure_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.queue} {self.at:%Y-%m-%d %H:%M}"
