from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from ascolto.people.policy import initials_of


class Customer(models.Model):
    """A person or an organisation, as one record. Records of one person are joined by merges."""

    class Kind(models.TextChoices):
        PERSON = "PERSON", _("persona")
        ORGANISATION = "ORGANISATION", _("azienda")

    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5, default="it")
    about = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    search = models.GeneratedField(
        expression=SearchVector("name", "about", config="public.it"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["search"], name="customer_search", fastupdate=False),
            GinIndex(
                fields=["name"],
                opclasses=["gin_trgm_ops"],
                name="customer_name_alike",
                fastupdate=False,
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return initials_of(self.name)


class Identity(models.Model):
    """An address, a number or a handle by which a customer is recognised."""

    class Kind(models.TextChoices):
        EMAIL = "EMAIL", _("e-mail")
        PHONE = "PHONE", _("telefono")
        HANDLE = "HANDLE", _("profilo")
        REFERENCE = "REFERENCE", _("codice")

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="identities")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    value = models.CharField(max_length=320)  # as it was written
    normal = models.CharField(max_length=320)  # as it is looked up
    first_seen_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True, blank=True)
    profile = models.CharField(max_length=500, blank=True, db_default="")  # the page of a handle

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "normal"], name="identity_belongs_to_one"),
            models.CheckConstraint(condition=~Q(normal=""), name="identity_is_not_empty"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(  # "giulia.ferraris@", "giuliaferraris@": see people.likeness
                Func(
                    Func(F("normal"), Value("@"), Value(1), function="split_part"),
                    Value("._-"),
                    Value(""),
                    function="translate",
                ),
                condition=Q(kind="EMAIL"),
                name="identity_before_the_at",
            ),
            models.Index(  # found by its beginning, whatever language the database sorts in
                fields=["normal"],
                opclasses=["varchar_pattern_ops"],
                condition=Q(kind="EMAIL"),
                name="identity_beginning_of_address",
            ),
        ]

    def __str__(self) -> str:
        return self.value


class Merge(models.Model):
    """A dated link: from this day `absorbed` is read as `into`. Undoing it restores both."""

    absorbed = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    into = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    evidence = models.JSONField(default=list)
    merged_at = models.DateTimeField()
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["absorbed"], condition=Q(undone_at=None), name="merged_into_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(absorbed=F("into")), name="nobody_is_merged_into_himself"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["into"], condition=Q(undone_at=None), name="merge_live_into"),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed_id} into {self.into_id}"


class Statement(models.Model):
    """What a customer told us about himself, in his words, with who heard it and when."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="statements")
    text = models.CharField(max_length=500)
    where = models.CharField(max_length=80, blank=True)  # "portale", "telefono"
    heard_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["customer", "-at"], name="statement_of_customer"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class CustomerNote(models.Model):
    """What colleagues should know about a customer. It never leaves the company."""

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    text = models.TextField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["customer", "-at"], name="note_of_customer"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Likeness(models.Model):
    """Two records that may be one person, with what speaks for it. A person says yes or no, once.

    `left` has the lower id. What was refused is not proposed again unless new evidence comes.
    """

    class Answer(models.TextChoices):
        CONFIRMED = "CONFIRMED", _("sono la stessa persona")
        REFUSED = "REFUSED", _("non sono la stessa persona")

    left = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    right = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()  # 0 to 100; see people.likeness
    evidence = models.JSONField(default=list)  # [{"kind", "weight", "left", "right"}]
    proposed_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["left", "right"], name="likeness_of_two_once"),
            models.CheckConstraint(condition=Q(left__lt=F("right")), name="likeness_is_in_order"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["-score", "id"], condition=Q(answer=""), name="likeness_to_answer"
            ),
            models.Index(fields=["right"], name="likeness_of_right"),
        ]

    def __str__(self) -> str:
        return f"{self.left_id} and {self.right_id}: {self.score}"


class Comparison(models.Model):
    """One look over all customers for likely duplicates. It goes on where it stopped."""

    started_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    reached = models.BigIntegerField(default=0)  # the last customer that was compared
    last = models.BigIntegerField()  # the last one there was
    proposed = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.reached} of {self.last}"
