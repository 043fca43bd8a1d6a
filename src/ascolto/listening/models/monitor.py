from typing import ClassVar

from django.conf import settings
from django.db import models

from ascolto.channels.models import Channel
from ascolto.staff.models import Team


class Monitor(models.Model):
    """What we want to hear of, wherever it is said.

    `rule` is what `listening.policy.rules` reads: `{"any": [...], "all": [...], "none": [...],
    "near": [[word, word, words between]], "languages": [...], "authors": [...],
    "not_authors": [...]}`. Words are compared with case and accents folded, as whole words.
    """

    name = models.CharField(max_length=80)
    rule = models.JSONField(default=dict)
    sources = models.ManyToManyField(Channel, blank=True, related_name="+")  # none: all of them
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    opens_cases = models.BooleanField(default=False)  # a call for help becomes a case by itself
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(retired_at=None),
                name="monitor_has_a_name_of_its_own",
            ),
        ]

    def __str__(self) -> str:
        return self.name
