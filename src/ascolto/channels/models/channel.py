from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.staff.models import Team


class Channel(models.Model):
    """A way in and out: one mailbox, one form, one webhook."""

    class Kind(models.TextChoices):
        EMAIL = "EMAIL", _("e-mail")
        WEBHOOK = "WEBHOOK", _("webhook")
        FORM = "FORM", _("modulo sul sito")
        PORTAL = "PORTAL", _("pagina del cliente")
        PHONE = "PHONE", _("telefono")
        FEED = "FEED", _("feed o blog")
        BLUESKY = "BLUESKY", _("Bluesky")
        MASTODON = "MASTODON", _("Mastodon")
        TELEGRAM = "TELEGRAM", _("Telegram")
        X = "X", _("X")
        FACEBOOK = "FACEBOOK", _("Facebook")
        INSTAGRAM = "INSTAGRAM", _("Instagram")
        MESSENGER = "MESSENGER", _("Messenger")
        WHATSAPP = "WHATSAPP", _("WhatsApp")
        REVIEWS = "REVIEWS", _("recensioni")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    address = models.CharField(max_length=320, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    settings = models.JSONField(default=dict, blank=True)
    secret = models.BinaryField(default=bytes, blank=True)  # sealed; see kit.secrets
    cursor = models.JSONField(default=dict, blank=True)  # where a listener goes on from
    acknowledges = models.BooleanField(default=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(kind="WEBHOOK") | ~Q(secret=b"") | Q(closed_at__isnull=False),
                name="an_open_webhook_has_a_secret",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Health(models.Model):
    """How one direction of a channel is doing. The breaker of the outbox lives here too."""

    class Way(models.TextChoices):
        IN = "IN", _("in arrivo")
        OUT = "OUT", _("in uscita")

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="health")
    way = models.CharField(max_length=3, choices=Way.choices)
    well_at = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    resting_until = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["channel", "way"], name="health_once_a_way"),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.way}"


class Gap(models.Model):
    """A time in which a source was not heard, and whether it was heard afterwards."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="gaps")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)  # null: it still goes on
    why = models.CharField(max_length=300, blank=True)
    filled_at = models.DateTimeField(null=True, blank=True)
    found = models.PositiveIntegerField(default=0)  # posts that the back-fill brought

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["channel"], condition=Q(until=None), name="one_gap_at_a_time"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["channel", "-since"], name="gap_of_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.since:%Y-%m-%d %H:%M}"
