from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.staff.models import Colleague, Team


class Macro(models.Model):
    """Words written once and said often, with fields in braces: "Buongiorno {cliente}".

    `deeds` is what happens besides, in the words of the domain above: {"tags": ["fibra"],
    "resolve": true}. Personal (`owner`), of a team, or (neither) everybody's.
    """

    title = models.CharField(max_length=80)
    text = models.TextField(blank=True)
    language = models.CharField(max_length=5, default="it")
    deeds = models.JSONField(default=dict, blank=True)
    owner = models.ForeignKey(
        Colleague, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    team = models.ForeignKey(
        Team, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    used = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(owner=None) | Q(team=None), name="a_macro_is_personal_or_of_a_team"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["-used", "title"], condition=Q(retired_at=None), name="macro_most_used"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Template(models.Model):
    """The company's own words for something that leaves by itself. Without one, ours stand."""

    class Key(models.TextChoices):
        RECEIPT = "RECEIPT", _("ricevuta automatica")
        SIGN_IN = "SIGN_IN", _("accesso alla pagina del cliente")
        LINK_LINE = "LINK_LINE", _("riga con il collegamento alla pagina")
        POINTER = "POINTER", _("rimando in pubblico all’altro canale")
        THANKS = "THANKS", _("ringraziamento per un elogio")
        READ_IT = "READ_IT", _("riscontro in pubblico a chi chiede aiuto")
        SECURITY = "SECURITY", _("avviso ai colleghi sul loro accesso")

    key = models.CharField(max_length=12, choices=Key.choices)
    language = models.CharField(max_length=5)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField()
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(Colleague, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "language"], name="template_once_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.language}"
