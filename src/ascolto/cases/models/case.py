from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.channels.models import Channel
from ascolto.people.models import Customer, Identity
from ascolto.staff.models import Colleague, Team

# What lists are narrowed by. It stands in the indexes of lists, so that a page or a count is found
# there alone: of what was not wanted no row is read.
NARROWED_BY = [
    "snoozed_until",
    "team",
    "assignee",
    "customer",
    "priority",
    "last_channel_kind",
    "waiting_since",
    "opened_at",
]


class Case(models.Model):
    """One matter of one customer. Who waits, since when, and by when he hears from us.

    The last block repeats what messages and promises say, so that a list of thousands is read
    from one index; only `cases.services` writes it, in the transaction of the deed itself.
    """

    class Priority(models.IntegerChoices):
        LOW = -1, _("bassa")
        NORMAL = 0, _("normale")
        HIGH = 1, _("alta")
        URGENT = 2, _("urgente")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=300)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(
        Colleague,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,  # `case_of_colleague` begins with it
    )
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    priority = models.SmallIntegerField(choices=Priority.choices, default=Priority.NORMAL)
    fields = models.JSONField(default=dict, blank=True)  # what `Field`s ask for, by their key
    snoozed_until = models.DateTimeField(null=True, blank=True)
    snoozed_by = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sleeps_through = models.BooleanField(default=False)  # also when the customer writes
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    waiting_since = models.DateTimeField(null=True, blank=True)  # null: the turn is his
    due_at = models.DateTimeField(null=True, blank=True)  # the nearest running clock
    due_from = models.DateTimeField(null=True, blank=True)  # when that clock started
    warn_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField()
    last_words = models.CharField(max_length=160, blank=True)
    last_channel_kind = models.CharField(max_length=12, choices=Channel.Kind.choices)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                models.F("team"),
                models.F("due_at").asc(nulls_last=True),
                models.F("id"),
                condition=Q(resolved_at=None),
                include=[name for name in NARROWED_BY if name != "team"],
                name="case_open_of_team",
            ),
            models.Index(
                models.F("due_at").asc(nulls_last=True),
                models.F("id"),
                condition=Q(resolved_at=None),
                include=NARROWED_BY,
                name="case_open",
            ),
            models.Index(
                models.F("assignee"),
                models.F("due_at").asc(nulls_last=True),
                models.F("id"),
                condition=Q(resolved_at=None),
                include=[name for name in NARROWED_BY if name != "assignee"],
                name="case_open_of_colleague",
            ),
            models.Index(
                fields=["-resolved_at", "-id"],
                condition=Q(resolved_at__isnull=False),
                include=["merged_into", "due_at", *NARROWED_BY],
                name="case_resolved",
            ),
            # Of what is resolved, by what it can be narrowed to: where nothing fits, a walk through
            # `case_resolved` would be one through all that ever was.
            models.Index(
                fields=["last_channel_kind", "-resolved_at", "-id"],
                condition=Q(resolved_at__isnull=False),
                name="case_resolved_of_channel",
            ),
            models.Index(
                fields=["assignee", "-resolved_at", "-id"],
                condition=Q(resolved_at__isnull=False),
                include=["merged_into", "team"],
                name="case_resolved_of_colleague",
            ),
            models.Index(
                fields=["-resolved_at", "-id"],
                condition=Q(resolved_at__isnull=False, assignee=None),
                include=["merged_into", "team", "assignee"],
                name="case_resolved_of_nobody",
            ),
            models.Index(
                fields=["-resolved_at", "-id"],
                condition=Q(resolved_at__isnull=False) & ~Q(priority=0),
                include=["merged_into", "team", "assignee", "priority"],
                name="case_resolved_of_priority",
            ),
            models.Index(
                fields=["opened_at"],
                condition=Q(resolved_at__isnull=False),
                name="case_resolved_opened",
            ),
            models.Index(
                fields=["waiting_since"],
                condition=Q(resolved_at__isnull=False, waiting_since__isnull=False),
                name="case_resolved_waiting",
            ),
            models.Index(
                fields=["due_at"],
                condition=Q(resolved_at__isnull=False, due_at__isnull=False),
                name="case_resolved_due",
            ),
            models.Index(fields=["customer", "-last_at"], name="case_of_customer"),
            models.Index(fields=["assignee", "id"], name="case_of_colleague"),
            models.Index(
                fields=["snoozed_until", "id"],
                condition=Q(snoozed_until__isnull=False),
                name="case_snoozed",
            ),
            models.Index(
                fields=["snoozed_until", "id"],
                condition=Q(resolved_at=None, snoozed_until__isnull=False),
                include=[name for name in NARROWED_BY if name != "snoozed_until"],
                name="case_open_asleep",
            ),
            models.Index(
                models.F("team"),
                models.F("due_at").asc(nulls_last=True),
                models.F("id"),
                condition=Q(resolved_at=None, assignee=None),
                include=["snoozed_until", "assignee"],
                name="case_open_of_nobody",
            ),
            models.Index(
                fields=["-priority", "id"],
                condition=Q(resolved_at=None) & ~Q(priority=0),
                include=["due_at", *(name for name in NARROWED_BY if name != "priority")],
                name="case_open_of_priority",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"

    @property
    def number(self) -> str:
        return f"C-{self.pk}"

    @property
    def reference(self) -> str:
        return f"case:{self.pk}"


class Conversation(models.Model):
    """One thread of a case: on one channel, with one identity of the customer."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="conversations")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    aside_at = models.DateTimeField(null=True, blank=True)  # said in public: the rest in private

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["case", "channel", "identity"], name="conversation_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["identity", "channel"], name="conversation_of_identity"),
            models.Index(fields=["channel", "opened_at"], name="conversation_on_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} on {self.channel_id}"


class Transfer(models.Model):
    """A case handed from one team or person to another, with the reason and nothing lost."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="transfers")
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to_colleague = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(reason=""), name="a_transfer_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} to {self.to_team_id}"


class Follower(models.Model):
    """A colleague who was asked to help with this case. It is what lets a light helper see it."""

    class Why(models.TextChoices):
        ASKED = "ASKED", _("gli è stato chiesto aiuto")
        FOLLOWS = "FOLLOWS", _("segue il caso")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="followers")
    colleague = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    why = models.CharField(max_length=8, choices=Why.choices)
    since = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)  # what came later is news for him

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["case", "colleague"], name="follows_a_case_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["colleague", "case"],
                include=["since", "seen_at"],
                name="followed_by_colleague",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} on {self.case_id}"
