from typing import ClassVar

from django.db import models
from django.db.models import Q

from ascolto.listening.models.monitor import Monitor


class Tally(models.Model):
    """How many mentions a monitor had in one hour (UTC). The baseline is made of these."""

    monitor = models.ForeignKey(Monitor, on_delete=models.CASCADE, related_name="+")
    hour = models.DateTimeField()
    mentions = models.PositiveIntegerField(default=0)
    people = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["monitor", "hour"], name="tally_once_an_hour"),
        ]

    def __str__(self) -> str:
        return f"{self.monitor_id} {self.hour:%Y-%m-%d %H}: {self.mentions}"


class Wave(models.Model):
    """Many more than usual speak at once. It is told once, on the way up, with the posts."""

    monitor = models.ForeignKey(Monitor, on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    noticed_at = models.DateTimeField()
    usual = models.FloatField()  # mentions an hour, at this hour of the week
    mentions = models.PositiveIntegerField()
    people = models.PositiveIntegerField(default=0)
    peak = models.FloatField(default=0)  # mentions an hour, at the most
    words = models.JSONField(default=list)  # what those posts have in common
    alert_ref = models.CharField(max_length=60, blank=True)
    case_ref = models.CharField(max_length=60, blank=True)  # the one case it became
    dismissed_at = models.DateTimeField(null=True, blank=True)  # a person: "it is no alarm"
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["monitor"], condition=Q(ended_at=None), name="one_wave_at_a_time"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-began_at", "-id"], name="wave_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.monitor_id} {self.began_at:%Y-%m-%d %H:%M}"
