from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ascolto.staff.models import Colleague, Team


class Rule(models.Model):
    """When people must know. `monitors` are opaque ids of listening; none means any."""

    class Kind(models.TextChoices):
        NEEDS_CARE = "NEEDS_CARE", _("qualcuno chiede aiuto")
        ANGRY = "ANGRY", _("qualcuno è arrabbiato")
        LEAVING = "LEAVING", _("qualcuno minaccia di andarsene")
        GOING_PUBLIC = "GOING_PUBLIC", _("qualcuno minaccia stampa, avvocati o autorità")
        REACH = "REACH", _("parla qualcuno che molti seguono")
        WAVE = "WAVE", _("molti più del solito ne parlano")
        BOARD = "BOARD", _("un nostro post sta diventando uno sportello")
        SOURCE = "SOURCE", _("una fonte non risponde")
        PROMISE = "PROMISE", _("una promessa sta per scadere")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    monitors = models.JSONField(default=list, blank=True)
    least_reach = models.PositiveIntegerField(null=True, blank=True)  # of REACH
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    ways = models.JSONField(default=list)  # of Notice.Way
    urgent = models.BooleanField(default=False)  # also in quiet hours
    escalate_minutes = models.PositiveIntegerField(null=True, blank=True)
    escalate_to = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.get_kind_display()


class Alert(models.Model):
    """Something somebody must know now. Open until somebody takes it, or says it is nothing."""

    rule = models.ForeignKey(Rule, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Rule.Kind.choices)
    key = models.CharField(max_length=120)  # one open alert a key: "wave:7", "mention:12"
    subject = models.CharField(max_length=60)  # an opaque reference
    path = models.CharField(max_length=200)  # the page of the desk that shows it
    title = models.CharField(max_length=200)
    words = models.CharField(max_length=500, blank=True)  # a quotation: a person's words
    why = models.JSONField(default=list)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    urgent = models.BooleanField(default=False)
    heard_at = models.DateTimeField(null=True, blank=True)
    matched_at = models.DateTimeField(null=True, blank=True)
    raised_at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)  # first reached anybody
    opened_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dismissed_at = models.DateTimeField(null=True, blank=True)
    dismissed_by = models.ForeignKey(
        Colleague, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    escalated_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)  # it was answered, or it passed

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(taken_at=None, dismissed_at=None, closed_at=None),
                name="one_open_alert_a_key",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["-raised_at", "-id"],
                condition=Q(taken_at=None, dismissed_at=None, closed_at=None),
                name="alert_open",
            ),
            models.Index(fields=["-raised_at", "-id"], name="alert_newest"),
            models.Index(fields=["subject"], name="alert_of_subject"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        return f"alert:{self.pk}"

    @property
    def stands(self) -> bool:
        """Whether it still waits for somebody."""
        return self.taken_at is None and self.dismissed_at is None and self.closed_at is None


class Hook(models.Model):
    """The chat of a team: an incoming webhook of Slack or Mattermost, or a chat of Telegram."""

    class Kind(models.TextChoices):
        SLACK = "SLACK", _("Slack")
        MATTERMOST = "MATTERMOST", _("Mattermost")
        TELEGRAM = "TELEGRAM", _("Telegram")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=80)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    secret = models.BinaryField()  # sealed: the address, or token and chat
    made_at = models.DateTimeField()
    well_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Subscription(models.Model):
    """A browser that asked to be told by web push. The endpoint is its address, kept sealed."""

    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64, unique=True)  # of the endpoint
    secret = models.BinaryField()  # sealed: {"endpoint", "keys": {"p256dh", "auth"}}
    device = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField()
    well_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["colleague"], condition=Q(gone_at=None), name="subscription_of_colleague"
            ),
        ]

    def __str__(self) -> str:
        return self.device


class Notice(models.Model):
    """One alert on its way to one person, or to one chat. Sent once; tried again if it fails."""

    class Way(models.TextChoices):
        SCREEN = "SCREEN", _("sullo schermo")
        PUSH = "PUSH", _("notifica sul telefono o sul computer")
        EMAIL = "EMAIL", _("e-mail")
        CHAT = "CHAT", _("chat della squadra")

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="notices")
    way = models.CharField(max_length=8, choices=Way.choices)
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, null=True, related_name="+")
    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, null=True, related_name="+")
    due_at = models.DateTimeField()  # later than the alert: it respects his quiet hours
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["alert", "way", "colleague", "hook"],
                name="notice_once",
                nulls_distinct=False,
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_at", "id"],
                condition=Q(sent_at=None, failed_at=None),
                name="notice_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.way}"


class Duty(models.Model):
    """Who is on duty, each week: minutes of the day in the zone of the company, Monday is 0."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="+")
    colleague = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    begins = models.PositiveSmallIntegerField()
    ends = models.PositiveSmallIntegerField()  # 1440 is midnight; a night is two rows

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(begins__lt=models.F("ends")) & Q(ends__lte=1440) & Q(weekday__lte=6),
                name="duty_is_within_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.colleague_id} {self.weekday}"


class Wishes(models.Model):
    """How one colleague wants to be told. None of these rows: by every way, at any hour."""

    colleague = models.OneToOneField(Colleague, on_delete=models.CASCADE, related_name="+")
    push = models.BooleanField(default=True)
    email = models.BooleanField(default=True)
    quiet_from = models.PositiveSmallIntegerField(null=True, blank=True)  # minutes of the day
    quiet_until = models.PositiveSmallIntegerField(null=True, blank=True)
    quiet_days = models.JSONField(default=list, blank=True)  # weekdays, Monday is 0

    def __str__(self) -> str:
        return f"{self.colleague_id}"


class Call(models.Model):
    """A colleague was asked, with a note, to look at something that is in no case.

    `path` is the page of the desk that shows it. He finds it among what waits for him, as the
    notes of cases in which he is called, until he has looked.
    """

    subject = models.CharField(max_length=60)  # an opaque reference
    path = models.CharField(max_length=200)
    title = models.CharField(max_length=200)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Colleague, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Colleague, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject", "at"], name="call_about"),
            models.Index(fields=["to", "-at"], condition=Q(seen_at=None), name="call_unseen"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
