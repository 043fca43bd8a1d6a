from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q

from ascolto.alerts.models import Alert, Rule
from ascolto.alerts.services.noticing import notify
from ascolto.staff.models import Team
from ascolto.timeline.services import record


@dataclass(frozen=True, slots=True)
class Cause:
    """What somebody must know. `key` names it: as long as one is open, it is not told again.

    `subject` is an opaque reference, `path` the page of the desk that shows it, `words` a
    quotation of what was said, `monitors` the ids of those that heard it, `team` whose it is.
    """

    kind: str  # one of Rule.Kind
    key: str
    subject: str
    path: str
    title: str
    words: str = ""
    why: Sequence[str] = ()
    team: Team | None = None
    reach: int | None = None
    monitors: Collection[int] = field(default_factory=tuple)
    heard_at: datetime | None = None
    matched_at: datetime | None = None


@transaction.atomic
def raise_alert(cause: Cause, *, now: datetime) -> Alert | None:
    """Alert whoever the rules name. None if no rule asks for it, or it is known already.

    Of several rules the most urgent makes the alert, and all their ways and people are told.
    """
    rules = rules_for(cause)
    if not rules:
        return None
    chief = rules[0]
    alert = _make(cause, chief, urgent=any(rule.urgent for rule in rules), now=now)
    if alert is None:
        return None
    for rule in rules:
        notify(alert, team=rule.team or alert.team, ways=rule.ways, now=now)
    record(
        "alerts.raised",
        at=now,
        subject=alert.reference,
        team_id=alert.team_id,
        alert=alert.pk,
        alerted=alert.kind,
        title=alert.title,
        urgent=alert.urgent,
        about=cause.subject,
    )
    return alert


def rules_for(cause: Cause) -> list[Rule]:
    """The rules in force that this falls under, the urgent ones first. One query."""
    asked = Rule.objects.filter(kind=cause.kind, paused_at=None, retired_at=None)
    if cause.kind == Rule.Kind.REACH:
        asked = asked.filter(Q(least_reach=None) | Q(least_reach__lte=cause.reach or 0))
    heard = set(cause.monitors)
    found = [
        rule
        for rule in asked.select_related("team", "escalate_to")
        if not rule.monitors or heard & set(rule.monitors)
    ]
    return sorted(found, key=lambda rule: (not rule.urgent, rule.pk))


def _make(cause: Cause, chief: Rule, *, urgent: bool, now: datetime) -> Alert | None:
    alert = Alert(
        rule=chief,
        kind=cause.kind,
        key=cause.key[:120],
        subject=cause.subject[:60],
        path=cause.path[:200],
        title=cause.title[:200],
        words=cause.words[:500],
        why=list(cause.why)[:10],
        team=chief.team or cause.team,
        urgent=urgent,
        heard_at=cause.heard_at,
        matched_at=cause.matched_at,
        raised_at=now,
    )
    try:
        with transaction.atomic():  # a savepoint: that it is known must not spoil the caller's work
            alert.save(force_insert=True)
    except IntegrityError:
        return None
    return alert
