from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.channels.models import Channel
from ascolto.staff.models import Colleague, Team


class Board(models.Model):
    """Something of ours in public, a post or an advertisement, with what is said under it.

    It is made when the first comment under it is heard. `title` are its own words, as the network
    tells them; where it tells none, they stay empty.
    """

    class Decision(models.TextChoices):
        """What its owner did when it became a help desk."""

        PAUSED = "PAUSED", _("spinta a pagamento in pausa")
        PINNED = "PINNED", _("fissato in alto: ci siamo, ecco come")
        LEFT = "LEFT", _("lasciato così")

    class Opens(models.TextChoices):
        """For whom a call for help under it becomes a case by itself."""

        NOBODY = "NOBODY", _("per nessuno: decide una persona")
        KNOWN = "KNOWN", _("per chi riconosciamo")
        EVERYBODY = "EVERYBODY", _("per chiunque")

    key = models.CharField(max_length=500, unique=True)  # see channels.ports.Post.root
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=500, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    first_heard_at = models.DateTimeField()
    last_heard_at = models.DateTimeField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    owner = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    opens_for = models.CharField(max_length=9, choices=Opens.choices, default=Opens.KNOWN)

    warned_at = models.DateTimeField(null=True, blank=True)  # told once
    warned_share = models.FloatField(null=True, blank=True)  # who asked for help, of all, then
    usual_share = models.FloatField(null=True, blank=True)  # and before that; None: nobody knows
    warned_topics = models.JSONField(default=list, blank=True)  # what they spoke of, most first
    decided = models.CharField(max_length=6, choices=Decision.choices, blank=True)
    decided_why = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # it opens again by a call for help
    closed_by = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-last_heard_at", "-id"], name="board_newest"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(decided="", decided_at=None)
                | ~Q(decided="") & Q(decided_at__isnull=False),
                name="board_is_decided_at_some_time",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.key

    @property
    def reference(self) -> str:
        return f"board:{self.pk}"
