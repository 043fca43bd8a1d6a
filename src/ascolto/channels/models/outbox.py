from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.channels.models.channel import Channel
from ascolto.channels.models.heard import Item
from ascolto.kit.models import Blob
from ascolto.people.models import Identity
from ascolto.pressure.models import Decision


class Outgoing(models.Model):
    """A message on its way out. The only way out, and never without the gate's decision.

    `key` makes asking twice harmless. `message_id` is fixed here, so that a message whose
    carrier fell silent at the last moment is sent again as the same message, not as a new one.
    """

    key = models.CharField(max_length=120, unique=True)
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="+")
    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=6)
    subject_ref = models.CharField(max_length=60, blank=True)  # "case:12", opaque down here
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    automatic = models.BooleanField(default=False)
    subject = models.CharField(max_length=500, blank=True)
    text = models.TextField()
    footer = models.TextField(blank=True)
    link = models.BinaryField(default=bytes, blank=True)  # sealed address of the customer's page
    cc = models.JSONField(default=list, blank=True)  # addresses that get a copy, seen by all
    public = models.BooleanField(default=False)  # anybody will read it
    answers = models.JSONField(default=dict, blank=True)  # what the carrier needs to put it under
    carried_as = models.CharField(max_length=300, blank=True)  # its name where it was brought
    url = models.CharField(max_length=500, blank=True)  # where it can be seen
    message_id = models.CharField(max_length=300, unique=True)
    in_reply_to = models.CharField(max_length=300, blank=True)
    references = models.JSONField(default=list)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    maybe_twice = models.BooleanField(default=False)
    error = models.CharField(max_length=500, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(verdict="SEND"), name="nothing_held_back_was_sent"
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(cancelled_at=None), name="sent_or_cancelled"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["not_before", "id"],
                condition=Q(sent_at=None, cancelled_at=None, failed_at=None),
                name="outgoing_waiting",
            ),
            models.Index(fields=["subject_ref", "queued_at"], name="outgoing_of_subject"),
            models.Index(
                fields=["channel", "queued_at"],
                condition=Q(automatic=True),
                name="outgoing_automatic",
            ),
            models.Index(
                fields=["failed_at"], condition=Q(failed_at__isnull=False), name="outgoing_failed"
            ),
            models.Index(fields=["identity", "-queued_at"], name="outgoing_to_identity"),
            models.Index(
                fields=["carried_as"], condition=~Q(carried_as=""), name="outgoing_carried_as"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.subject}"


class Enclosure(models.Model):
    """A file that leaves with a message."""

    outgoing = models.ForeignKey(Outgoing, on_delete=models.CASCADE, related_name="enclosures")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name


class Evidence(models.Model):
    """One thing we know of a message's way to its reader, graded as in `docs/rules/delivery.md`."""

    class Grade(models.TextChoices):
        A = "A", _("consegna certificata")
        B = "B", _("prova forte")
        C = "C", _("accettato dal destinatario")
        D = "D", _("preso in carico")
        N = "N", _("respinto")

    class Kind(models.TextChoices):
        SMTP_ACCEPTED = "SMTP_ACCEPTED", _("preso in carico dal server di posta")
        DSN_RELAYED = "DSN_RELAYED", _("passato a un altro server")
        DSN_DELIVERED = "DSN_DELIVERED", _("consegnato nella casella")
        DSN_DELAYED = "DSN_DELAYED", _("in ritardo, si riprova")
        BOUNCED_SOFT = "BOUNCED_SOFT", _("respinto per ora")
        BOUNCED_HARD = "BOUNCED_HARD", _("respinto: l’indirizzo non esiste")
        PEC_ACCEPTED = "PEC_ACCEPTED", _("accettato dal gestore PEC")
        PEC_DELIVERED = "PEC_DELIVERED", _("consegnato nella casella PEC")
        PEC_FAILED = "PEC_FAILED", _("PEC non consegnata")
        OPENED_IN_PORTAL = "OPENED_IN_PORTAL", _("aperto nella sua pagina")
        COMPLAINED = "COMPLAINED", _("segnalato come indesiderato")
        POSTED = "POSTED", _("pubblicato")
        NETWORK_ACCEPTED = "NETWORK_ACCEPTED", _("preso in carico dalla rete")
        NETWORK_DELIVERED = "NETWORK_DELIVERED", _("consegnato sul dispositivo")
        NETWORK_READ = "NETWORK_READ", _("letto")
        NETWORK_FAILED = "NETWORK_FAILED", _("rifiutato dalla rete")

    outgoing = models.ForeignKey(Outgoing, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    grade = models.CharField(max_length=1, choices=Grade.choices)
    at = models.DateTimeField()
    address = models.CharField(max_length=320, blank=True)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, related_name="+")
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["outgoing", "kind", "address", "item"],
                name="evidence_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.grade}"
