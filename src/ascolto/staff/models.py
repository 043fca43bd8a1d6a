from collections.abc import Iterator
from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _


class Company(models.Model):
    """The one company of an installation. Exactly one row, from the first set-up on."""

    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=60, default="Europe/Rome")
    language = models.CharField(max_length=5, default="it")
    colour = models.CharField(max_length=7, default="#0f5d61")  # the customer pages' accent
    is_demo = models.BooleanField(default=False)
    factor_roles = models.JSONField(default=list, blank=True)  # who signs in with a second factor
    factor_asked_at = models.DateTimeField(null=True, blank=True)
    factor_grace_days = models.PositiveSmallIntegerField(default=14)
    set_up_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(pk=1), name="one_company_an_installation"),
        ]

    def __str__(self) -> str:
        return self.name


class Calendar(models.Model):
    """When a team works. A calendar without opening hours is open round the clock."""

    name = models.CharField(max_length=80, unique=True)
    zone = models.CharField(max_length=60, default="Europe/Rome")
    country = models.CharField(max_length=2, default="IT", blank=True)
    province = models.CharField(max_length=4, blank=True)  # its patron saint is a day off
    round_the_clock = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Opening(models.Model):
    """One interval of one weekday, in minutes from local midnight; 1440 is the next midnight."""

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="openings")
    weekday = models.PositiveSmallIntegerField()  # Monday is 0
    opens = models.PositiveSmallIntegerField()
    closes = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="opening_on_a_weekday"),
            models.CheckConstraint(
                condition=Q(opens__lt=F("closes")) & Q(closes__lte=1440),
                name="opening_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens}-{self.closes}"


class Closure(models.Model):
    """A day off of our own, or part of one, beside the public holidays.

    `closed_from` and `closed_to` are minutes from local midnight; null: the whole day.
    """

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="closures")
    closed_on = models.DateField()
    closed_from = models.PositiveSmallIntegerField(null=True, blank=True)
    closed_to = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["calendar", "closed_on"], name="closure_once_a_day"),
            models.CheckConstraint(
                condition=Q(closed_from=None, closed_to=None)
                | Q(closed_from__lt=F("closed_to"), closed_to__lte=1440),
                name="closure_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.closed_on}"


class ColleagueManager(BaseUserManager["Colleague"]):
    def get_by_natural_key(self, username: str | None) -> "Colleague":
        return self.get(email__iexact=username)


class Colleague(AbstractBaseUser):
    """Somebody who works here and may sign in."""

    class Role(models.TextChoices):
        OWNER = "OWNER", _("titolare")
        SUPERVISOR = "SUPERVISOR", _("responsabile")
        AGENT = "AGENT", _("operatore")
        HELPER = "HELPER", _("collega che aiuta")

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.AGENT)
    language = models.CharField(max_length=5, default="it")
    theme = models.CharField(max_length=8, blank=True)  # empty follows the system
    density = models.CharField(max_length=10, blank=True)
    undo_seconds = models.PositiveSmallIntegerField(default=10)
    keys_on = models.BooleanField(default=True)
    shows_abuse = models.BooleanField(default=False)  # insults stand open for him
    signature = models.CharField(max_length=300, blank=True)
    signatures = models.JSONField(default=dict, blank=True)  # {"en": "…"}: other than the first
    languages = models.JSONField(default=list, blank=True)  # he can answer in: ["it", "en"]
    most_cases = models.PositiveSmallIntegerField(null=True, blank=True)  # open at once
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = ColleagueManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="colleague_email_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_session_auth_hash(self) -> str:
        """Sessions are bound to the role as well: whoever is given another one signs in anew."""
        return f"{super().get_session_auth_hash()}:{self.role}"

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return (f"{one}:{self.role}" for one in super().get_session_auth_fallback_hash())

    @property
    def is_active(self) -> bool:  # type: ignore[override] # a fact with a time, not a flag
        return self.left_at is None

    @property
    def leads(self) -> bool:
        return self.role in {self.Role.OWNER, self.Role.SUPERVISOR}

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def works_here(self, *, at: datetime) -> bool:
        return self.joined_at <= at and (self.left_at is None or at < self.left_at)


class Team(models.Model):
    """People who answer together. A reserved team's cases are seen by its members and by leads."""

    name = models.CharField(max_length=80, unique=True)
    calendar = models.ForeignKey(Calendar, on_delete=models.PROTECT, related_name="+")
    is_reserved = models.BooleanField(default=False)
    first_answer_minutes = models.PositiveIntegerField(default=240)
    next_answer_minutes = models.PositiveIntegerField(default=480)
    update_minutes = models.PositiveIntegerField(null=True, blank=True)  # null: no such clock
    resolution_minutes = models.PositiveIntegerField(null=True, blank=True)
    warn_percent = models.PositiveSmallIntegerField(default=75)
    escalates_to = models.ForeignKey(
        Colleague, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    members = models.ManyToManyField(Colleague, through="Membership", related_name="teams")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(warn_percent__gte=1, warn_percent__lte=99),
                name="team_warns_before_the_end",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    team = models.ForeignKey(Team, on_delete=models.CASCADE)
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE)
    joined_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["team", "colleague"], name="member_of_a_team_once"),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} in {self.team_id}"


class Competence(models.Model):
    """Something a person can be good at: billing, fibre, repairs.

    `topics` are those of the reading that it covers: by them a new case finds its team.
    """

    name = models.CharField(max_length=80, unique=True)
    topics = models.JSONField(default=list, blank=True)
    holders = models.ManyToManyField(Colleague, through="Skill", related_name="competences")

    def __str__(self) -> str:
        return self.name


class Skill(models.Model):
    """A colleague is good at something, or is learning it."""

    competence = models.ForeignKey(Competence, on_delete=models.CASCADE)
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE)
    is_learning = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["competence", "colleague"], name="skill_once"),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} {self.competence_id}"


class Invitation(models.Model):
    """A seat kept for somebody who is to work here. Used once, by a deed; only its hash is kept."""

    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(
        max_length=12, choices=Colleague.Role.choices, default=Colleague.Role.AGENT
    )
    teams = models.ManyToManyField(Team, related_name="+", blank=True)
    token_hash = models.BinaryField(unique=True)
    made_by = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("made_at")), name="an_invitation_lasts_a_while"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(withdrawn_at=None),
                name="an_invitation_ends_in_one_way",
            ),
        ]

    def __str__(self) -> str:
        return self.email


class Recovery(models.Model):
    """A way back in for who lost password and factors. Used once; only its hash is kept."""

    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    token_hash = models.BinaryField(unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"recovery of {self.colleague_id}"
