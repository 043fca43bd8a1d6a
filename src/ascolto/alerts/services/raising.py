from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction

from ascolto.alerts.models import Alert, Rule
from ascolto.alerts.services.noticing import Telling, notify_many
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.services import Happened, record_many


@dataclass(frozen=True, slots=True)
class Cause:
    """What somebody must know. `key` names it: as long as one is open, it is not told again.

    `subject` is an opaque reference, `path` the page of the desk that shows it, `words` a
    quotation of what was said, `monitors` the ids of those that heard it, `team` whose it is.
    With `people` it is theirs by name, and those on duty are not told.
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
    people: Sequence[Colleague] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A cause, and the rules that ask for it, the urgent ones first: there is at least one."""

    cause: Cause
    rules: Sequence[Rule]

    @property
    def people(self) -> Sequence[Colleague] | None:
        return self.cause.people or None


def raise_alert(cause: Cause, *, now: datetime) -> Alert | None:
    """Alert whoever the rules name. None if no rule asks for it, or it is known already.

    Of several rules the most urgent makes the alert, and all their ways and people are told.
    """
    return next(iter(raise_many([[cause]], now=now)), None)


@transaction.atomic
def raise_many(several: Sequence[Sequence[Cause]], *, now: datetime) -> list[Alert]:
    """`raise_alert` for many things at once; the alerts that are new.

    Each thing comes with its causes, the gravest first: it is alerted for the first of them that
    a rule asks for. The number of queries does not depend on how many they are.
    """
    rules = rules_in_force({cause.kind for causes in several for cause in causes})
    asked: dict[str, Asked] = {}
    for causes in several:
        one = _gravest(causes, rules)
        if one is not None:
            asked.setdefault(one.cause.key[:120], one)
    alerts = _make(asked, now=now)
    notify_many(
        [
            Telling(alert, rule.team or alert.team, rule.ways, asked[alert.key].people)
            for alert in alerts
            for rule in asked[alert.key].rules
        ],
        now=now,
    )
    record_many([_happened(alert, now=now) for alert in alerts])
    return alerts


def rules_in_force(kinds: Collection[str]) -> list[Rule]:
    """The rules of these kinds, the urgent ones first. One query."""
    if not kinds:
        return []
    rules = Rule.objects.filter(kind__in=kinds, paused_at=None, retired_at=None)
    return list(rules.select_related("team").order_by("-urgent", "pk"))


def _gravest(causes: Iterable[Cause], rules: Sequence[Rule]) -> Asked | None:
    for cause in causes:
        theirs = [rule for rule in rules if _asks_for(rule, cause)]
        if theirs:
            return Asked(cause, theirs)
    return None


def _asks_for(rule: Rule, cause: Cause) -> bool:
    if rule.kind != cause.kind:
        return False
    if rule.kind == Rule.Kind.REACH and (cause.reach or 0) < (rule.least_reach or 0):
        return False
    return not rule.monitors or not set(rule.monitors).isdisjoint(cause.monitors)


def _make(asked: dict[str, Asked], *, now: datetime) -> list[Alert]:
    """Alerts of what has no open one yet, in the order in which all make them: see deadlocks."""
    wanted = sorted(asked, key=lambda key: (len(key), key))  # of numbers, the lower first
    while wanted:
        still = Alert.objects.filter(key__in=wanted, taken_at=None, dismissed_at=None)
        known = set(still.filter(closed_at=None).values_list("key", flat=True))
        fresh = [_alert(key, asked[key], now=now) for key in wanted if key not in known]
        try:
            with transaction.atomic():  # a savepoint: that one is known must not spoil the rest
                return Alert.objects.bulk_create(fresh)
        except IntegrityError:  # somebody was quicker, and has committed: look again
            wanted = [alert.key for alert in fresh]
    return []


def _alert(key: str, asked: Asked, *, now: datetime) -> Alert:
    cause, chief = asked.cause, asked.rules[0]
    return Alert(
        rule=chief,
        kind=cause.kind,
        key=key,
        subject=cause.subject[:60],
        path=cause.path[:200],
        title=cause.title[:200],
        words=cause.words[:500],
        why=list(cause.why)[:10],
        team=chief.team or cause.team,
        urgent=any(rule.urgent for rule in asked.rules),
        heard_at=cause.heard_at,
        matched_at=cause.matched_at,
        raised_at=now,
    )


def _happened(alert: Alert, *, now: datetime) -> Happened:
    return Happened(
        "alerts.raised",
        now,
        alert.reference,
        team_id=alert.team_id,
        facts={
            "alert": alert.pk,
            "alerted": alert.kind,
            "title": alert.title,
            "urgent": alert.urgent,
            "about": alert.subject,
        },
    )
