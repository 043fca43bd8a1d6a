from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ascolto.cases.models.case import Case
from ascolto.staff.models import Colleague


class Tag(models.Model):
    """A word that cases are found by."""

    name = models.CharField(max_length=60, unique=True)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    cases = models.ManyToManyField(Case, through="CaseTag", related_name="tags")

    def __str__(self) -> str:
        return self.name


class CaseTag(models.Model):
    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["tag", "case"], name="tagged_once"),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} on {self.case_id}"


class Field(models.Model):
    """Something this company wants to know of its cases: a plant code, a model, a date."""

    class Kind(models.TextChoices):
        TEXT = "TEXT", _("testo")
        NUMBER = "NUMBER", _("numero")
        DATE = "DATE", _("data")
        CHOICE = "CHOICE", _("scelta")
        YES_NO = "YES_NO", _("sì o no")

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.TEXT)
    choices = models.JSONField(default=list, blank=True)
    needed_to_resolve = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~Q(kind="CHOICE") | ~Q(choices=[]), name="a_choice_has_choices"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SavedView(models.Model):
    """A list somebody wants to come back to: what is looked for, and in which order.

    Personal, or for a team, or (neither) for everybody. `filters` is what the address of the
    list says: {"squadra": ["3"], "etichetta": ["fibra"]}.
    """

    name = models.CharField(max_length=60)
    owner = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    is_shared = models.BooleanField(default=False)
    team = models.ForeignKey(
        "staff.Team", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )  # shared with it alone
    filters = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class CaseLink(models.Model):
    """Two cases that belong together, and stay two."""

    first = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Colleague, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["first", "second"], name="linked_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="a_link_is_written_one_way"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["second"], name="link_from_the_second"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"
