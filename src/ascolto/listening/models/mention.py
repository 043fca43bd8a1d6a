from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.channels.models import Channel, Item
from ascolto.listening.models.board import Board
from ascolto.listening.models.cause import Cause
from ascolto.listening.models.monitor import Monitor
from ascolto.people.models import Identity
from ascolto.staff.models import Colleague, Team


class Mention(models.Model):
    """One thing said in public, once, with all the places where it was found.

    The hops say how long we took: written → heard → matched → alerted → opened → answered. The
    words are those of the last edit; what the author deleted is emptied, and stays as a fact.
    """

    class Standing(models.TextChoices):
        WAITING = "WAITING", _("aspetta qualcuno")
        CASE = "CASE", _("è in un caso")
        ANSWERED = "ANSWERED", _("ha avuto risposta in pubblico")
        THANKED = "THANKED", _("ringraziato")
        NOISE = "NOISE", _("rumore")
        GONE = "GONE", _("cancellato da chi l’ha scritto")

    class Kind(models.TextChoices):
        """As `reading` says; what a person says counts more, and is kept as such."""

        PROBLEM = "PROBLEM", _("chiede aiuto")
        REQUEST = "REQUEST", _("domanda")
        PRAISE = "PRAISE", _("elogio")
        SUGGESTION = "SUGGESTION", _("suggerimento")
        NOISE = "NOISE", _("rumore")

    class Lane(models.TextChoices):
        """Of what is said under something of ours: what it has to do with that."""

        OFFER = "OFFER", _("sull’offerta")
        HELP = "HELP", _("chiede aiuto")
        PRAISE = "PRAISE", _("elogio")
        ABUSE = "ABUSE", _("offesa")
        NOISE = "NOISE", _("rumore")

    key = models.CharField(max_length=500, unique=True)  # see channels.ports.Post
    likeness = models.CharField(max_length=64, blank=True)  # same words, same author: one mention
    item = models.OneToOneField(Item, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=5, blank=True)
    url = models.CharField(max_length=500, blank=True)
    under = models.CharField(max_length=200, blank=True)
    to_us = models.BooleanField(default=False)
    parent_key = models.CharField(max_length=500, blank=True)
    reach = models.PositiveIntegerField(null=True, blank=True)
    reactions = models.PositiveIntegerField(null=True, blank=True)
    reposts = models.PositiveIntegerField(default=0)
    stars = models.PositiveSmallIntegerField(null=True, blank=True)

    kind = models.CharField(max_length=10, choices=Kind.choices)
    kind_by = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    needs_care = models.BooleanField(default=False)
    angry = models.BooleanField(default=False)
    reading = models.JSONField(default=dict)  # all of it, with its reasons

    board = models.ForeignKey(
        Board, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lane = models.CharField(max_length=6, choices=Lane.choices, blank=True)  # with a board only
    lane_by = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    abusive = models.BooleanField(default=False)  # there are insults in it
    doubtful = models.BooleanField(default=False)  # read without certainty
    cause = models.ForeignKey(
        Cause, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cause_by = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    standing = models.CharField(max_length=8, choices=Standing.choices, default=Standing.WAITING)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    written_at = models.DateTimeField(null=True, blank=True)
    heard_at = models.DateTimeField()
    matched_at = models.DateTimeField()
    alerted_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    edited_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-heard_at", "-id"], name="mention_newest"),
            models.Index(fields=["kind", "-heard_at", "-id"], name="mention_of_kind"),
            models.Index(
                fields=["team", "-heard_at", "-id"],
                condition=Q(standing="WAITING"),
                name="mention_waiting_of_team",
            ),
            models.Index(fields=["identity", "-heard_at"], name="mention_of_identity"),
            models.Index(fields=["channel", "-heard_at", "-id"], name="mention_of_channel"),
            models.Index(
                fields=["-heard_at", "-id"],
                condition=Q(standing="NOISE"),
                name="mention_put_aside",
            ),
            models.Index(
                fields=["likeness", "-heard_at"], condition=~Q(likeness=""), name="mention_alike"
            ),
            models.Index(
                fields=["parent_key"], condition=~Q(parent_key=""), name="mention_of_parent"
            ),
            models.Index(
                fields=["board", "lane", "-heard_at", "-id"],
                condition=Q(board__isnull=False),
                name="mention_of_lane",
            ),
            models.Index(
                fields=["board", "-heard_at", "-id"],
                condition=Q(board__isnull=False),
                name="mention_of_board",
            ),
            models.Index(
                fields=["cause", "id"], condition=Q(cause__isnull=False), name="mention_of_cause"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def reference(self) -> str:
        return f"mention:{self.pk}"


class Place(models.Model):
    """One place where a mention was found: the original, a copy by another source, a repost."""

    class How(models.TextChoices):
        ORIGINAL = "ORIGINAL", _("dove è stato scritto")
        COPY = "COPY", _("anche da qui")
        REPOST = "REPOST", _("rilanciato")

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="places")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=500)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    how = models.CharField(max_length=8, choices=How.choices, default=How.ORIGINAL)
    by_name = models.CharField(max_length=200, blank=True)
    url = models.CharField(max_length=500, blank=True)
    reach = models.PositiveIntegerField(null=True, blank=True)
    seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["channel", "key"], name="place_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["key"], name="place_by_key")]

    def __str__(self) -> str:
        return self.url or self.key


class Match(models.Model):
    """Why a mention is here: the monitor, and the words that it found."""

    mention = models.ForeignKey(Mention, on_delete=models.CASCADE, related_name="matches")
    monitor = models.ForeignKey(Monitor, on_delete=models.PROTECT, related_name="+")
    words = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["mention", "monitor"], name="match_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["monitor", "-at"], name="match_of_monitor"),
        ]

    def __str__(self) -> str:
        return f"{self.mention_id} by {self.monitor_id}"


class Repost(models.Model):
    """Praise that we passed on in public. It can be taken back."""

    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    carried_as = models.CharField(max_length=300, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # the network says so

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["mention", "channel"],
                condition=Q(undone_at=None),
                name="reposted_once_a_channel",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mention_id} on {self.channel_id}"
