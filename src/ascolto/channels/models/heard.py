from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT
from django.utils.translation import gettext_lazy as _

from ascolto.channels.models.channel import Channel
from ascolto.kit.models import Blob
from ascolto.people.models import Identity


class Arrival(models.Model):
    """Raw bytes, committed before anybody hears "yes". What comes later can be done again.

    Exactly one of three things is true of an arrival: it waits to be read, it was read (there
    is an item), or it is in quarantine, where a person can open it and have it read again.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=300)
    raw = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    envelope = models.JSONField(default=dict)  # what the carrier said: uid, remote address
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    quarantined_at = models.DateTimeField(null=True, blank=True)
    quarantine_reason = models.CharField(max_length=300, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)  # a person looked and let it be
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["channel", "external_id"], name="arrival_once"),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(quarantined_at=None),
                name="arrival_is_read_or_quarantined",
            ),
            models.CheckConstraint(
                condition=Q(quarantined_at=None) | ~Q(quarantine_reason=""),
                name="quarantine_has_a_reason",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["received_at", "id"],
                condition=Q(read_at=None, quarantined_at=None),
                name="arrival_unread",
            ),
            models.Index(
                fields=["-quarantined_at", "-id"],
                condition=Q(quarantined_at__isnull=False, set_aside_at=None),
                name="arrival_in_quarantine",
            ),
        ]

    def __str__(self) -> str:
        return self.external_id


class Item(models.Model):
    """The one immutable thing heard."""

    class Kind(models.TextChoices):
        MESSAGE = "MESSAGE", _("messaggio")
        AUTO = "AUTO", _("risposta automatica")
        BOUNCE = "BOUNCE", _("avviso di mancata consegna")
        RECEIPT = "RECEIPT", _("ricevuta")
        COMPLAINT = "COMPLAINT", _("segnalazione di posta indesiderata")
        POST = "POST", _("parole in pubblico")
        CHANGE = "CHANGE", _("modifica di qualcosa già sentito")

    arrival = models.OneToOneField(Arrival, on_delete=models.PROTECT, related_name="item")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.MESSAGE)
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, null=True, related_name="+")
    author_name = models.CharField(max_length=200, blank=True)
    to = models.JSONField(default=list, blank=True)  # whom else he wrote to, as written
    cc = models.JSONField(default=list, blank=True)
    message_id = models.CharField(max_length=300, blank=True)
    references = models.JSONField(default=list)  # nearest first
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    written_at = models.DateTimeField(null=True, blank=True)  # what the sender's clock said
    heard_at = models.DateTimeField()
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField(blank=True)  # the new words
    quoted = models.TextField(blank=True)  # what came with them: quotation and signature
    html = models.TextField(blank=True)  # as it came; cleaned each time it is shown
    auto = models.BooleanField(default=False)
    bulk = models.BooleanField(default=False)
    damaged = models.JSONField(default=list)
    reading = models.JSONField(default=dict)
    public = models.BooleanField(default=False)  # anybody can read it
    url = models.CharField(max_length=500, blank=True)  # where it can be seen
    post = models.JSONField(default=dict, blank=True)  # of public words: see ports.Post

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["message_id"], condition=~Q(message_id=""), name="item_by_message_id"
            ),
            models.Index(fields=["identity", "-heard_at"], name="item_of_identity"),
            GinIndex(fields=["references"], name="item_references"),
            models.Index(  # what machines wrote, and nobody
                fields=["id"],
                condition=~Q(kind="MESSAGE") | Q(identity=None),
                name="item_of_machines",
            ),
            models.Index(  # what was done to a post that may come later
                KT("post__changes"), condition=Q(kind="CHANGE"), name="item_changes_what"
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.text[:60]


class Attachment(models.Model):
    """A file that came with an item. Its name is a label, never a path."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="attachments")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    content_id = models.CharField(max_length=255, blank=True)
    inline = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name
