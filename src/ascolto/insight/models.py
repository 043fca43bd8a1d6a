"""What the figures are made of. All of it is derived, and can be made again from the history."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ascolto.cases.models import Case
from ascolto.channels.models import Item
from ascolto.listening.models import Mention
from ascolto.staff.models import Colleague, Team


class CaseFacts(models.Model):
    """What one case adds to the figures. Times are seconds; null where nothing can be said yet.

    Each time is measured twice: by the clock on the wall, and (`open_…`) in the working hours of
    the team that has the case.
    """

    case = models.OneToOneField(Case, on_delete=models.CASCADE, primary_key=True, related_name="+")
    opened_on = models.DateField()  # in the company's zone
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+", db_index=False)
    channel_kind = models.CharField(max_length=12)  # by which he came
    topic = models.CharField(max_length=20, blank=True)
    priority = models.SmallIntegerField()

    first_seconds = models.IntegerField(null=True)
    open_first_seconds = models.IntegerField(null=True)
    next_seconds = models.JSONField(default=list)  # one for each later word of his we answered
    open_next_seconds = models.JSONField(default=list)
    solved_seconds = models.IntegerField(null=True)
    open_solved_seconds = models.IntegerField(null=True)

    flags = models.IntegerField(default=0)  # policy.columns.Flag
    broken_kinds = models.SmallIntegerField(default=0)  # policy.columns.CLOCKS
    broken_why = models.SmallIntegerField(default=0)  # policy.columns.WHY
    kept = models.SmallIntegerField(default=0)
    broken = models.SmallIntegerField(default=0)
    hand_overs = models.SmallIntegerField(default=0)
    contacts = models.SmallIntegerField(default=0)
    repeats = models.SmallIntegerField(default=0)
    score = models.SmallIntegerField(default=0)  # 0: he did not say

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["opened_on", "case"], name="facts_of_day"),
            models.Index(
                fields=["opened_at"],
                condition=Q(resolved_at=None),
                include=["team", "channel_kind", "topic", "priority"],
                name="facts_still_open",
            ),
        ]

    def __str__(self) -> str:
        return f"facts of case {self.case_id}"


class Sheet(models.Model):
    """The facts of all cases opened on one day, column by column: what a page is reckoned from."""

    day = models.DateField(primary_key=True)
    version = models.BigIntegerField()  # another one each time it is written
    cases = models.IntegerField()
    rows = models.BinaryField()  # policy.columns.ROW
    waits = models.BinaryField()  # policy.columns.WAIT

    def __str__(self) -> str:
        return f"{self.day}: {self.cases}"


class PublicCall(models.Model):
    """A call for help in public, and how his matter stood with us when he made it."""

    class Reason(models.TextChoices):
        UNANSWERED = "UNANSWERED"
        LATE = "LATE"
        PASSED_AROUND = "PASSED_AROUND"
        CAME_BACK = "CAME_BACK"
        UNSOLVED = "UNSOLVED"
        NONE = "NONE"  # he had not written to us before

    mention = models.OneToOneField(
        Mention, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    heard_on = models.DateField()
    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+", db_index=False)
    channel_kind = models.CharField(max_length=12)
    topic = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=14, choices=Reason.choices)
    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, null=True, related_name="+", db_index=False
    )  # the one that had failed him

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["heard_on", "mention"], name="public_call_of_day"),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.mention_id}"


class Hostility(models.Model):
    """Hostile words, and the colleague whose matter it was when they came."""

    item = models.OneToOneField(Item, on_delete=models.CASCADE, primary_key=True, related_name="+")
    colleague = models.ForeignKey(
        Colleague, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at"], include=["colleague"], name="hostility_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} for {self.colleague_id}"


class Standing(models.Model):
    """How far the history was read. One row; without it everything is read from the beginning."""

    formulas = models.IntegerField()  # services.FORMULAS the facts were made by
    built_to = models.BigIntegerField(null=True)  # last case of a first reading; null: it is over
    transaction = models.BigIntegerField(default=0)
    entry = models.BigIntegerField(default=0)
    read_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(pk=1), name="one_standing_of_the_figures"),
        ]

    def __str__(self) -> str:
        return f"read to {self.read_at}"
