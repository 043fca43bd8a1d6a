from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _

from ascolto.cases.models.case import Case, Conversation
from ascolto.channels.models import Item, Outgoing

# Characters of a message that can be found. PostgreSQL refuses a tsvector above 1 MiB, and with
# it the message: this many fit even where each takes four bytes and stands in two lexemes.
SEARCHED = 100_000


class Message(models.Model):
    """Something the customer or we said, in its place in a case."""

    class Proof(models.TextChoices):
        """Why a heard message stands in this case."""

        OPENED = "OPENED", _("ha aperto il caso")
        TOKEN = "TOKEN", _("risposta a un nostro messaggio")  # a word, not a secret
        OTHER_ADDRESS = "OTHER_ADDRESS", _("risponde da un altro indirizzo")
        SAME_ADDRESS = "SAME_ADDRESS", _("non verificato: stesso indirizzo, nessuna prova")
        PORTAL = "PORTAL", _("scritto nella sua pagina")
        CALL = "CALL", _("detto al telefono")
        SAME_PERSON = "SAME_PERSON", _("la stessa persona, la stessa domanda")
        SAME_THREAD = "SAME_THREAD", _("risposta sotto le nostre parole, in pubblico")
        BY_HAND = "BY_HAND", _("portato qui da un collega")
        OURS = "OURS", _("nostro")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="messages")
    conversation = models.ForeignKey(
        Conversation, on_delete=models.PROTECT, related_name="messages"
    )
    item = models.OneToOneField(Item, on_delete=models.PROTECT, null=True, related_name="message")
    outgoing = models.OneToOneField(
        Outgoing, on_delete=models.PROTECT, null=True, related_name="message"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    proof = models.CharField(max_length=14, choices=Proof.choices)
    at = models.DateTimeField()
    subject = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    search = models.GeneratedField(
        expression=SearchVector("subject", Left("text", SEARCHED), config="public.it"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, outgoing=None)
                | Q(item=None, outgoing__isnull=False),
                name="message_was_heard_or_said",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["case", "at", "id"], name="message_of_case"),
            models.Index(fields=["at"], name="message_at"),
            GinIndex(fields=["search"], name="message_search", fastupdate=False),
        ]

    def __str__(self) -> str:
        return self.text[:60]
