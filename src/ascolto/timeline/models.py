from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.expressions import RawSQL

from ascolto.people.models import Customer
from ascolto.staff.models import Team


class Entry(models.Model):
    """One deed. Appended, never edited.

    `transaction` is the id of the transaction that wrote the row. A stream that follows the
    table reads in the order (transaction, id), and only transactions that every older one has
    let pass: a row that commits late can then never be skipped.
    """

    transaction = models.BigIntegerField(
        db_default=RawSQL("(pg_current_xact_id()::text::bigint)", []), editable=False
    )
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    subject = models.CharField(max_length=60, blank=True)  # an opaque reference: "case:12"
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    facts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["transaction", "id"], name="entry_stream"),
            models.Index(fields=["customer", "at", "id"], name="entry_of_customer"),
            models.Index(fields=["subject", "at", "id"], name="entry_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"
