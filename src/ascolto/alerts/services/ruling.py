"""What managers decide of alerts: rules, chats, duty; and what each colleague wishes."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ascolto.alerts.models import Duty, Hook, Notice, Rule, Wishes
from ascolto.alerts.policy import MINUTES_A_DAY, Shift
from ascolto.kit.secrets import seal
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.services import record

PERSONAL = (Notice.Way.SCREEN, Notice.Way.PUSH)


class BadRule(ValueError):
    """A rule that tells nobody, or has a number that makes no sense. Says so in a sentence."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A rule as it is asked for. See `alerts.models.Rule`."""

    kind: str
    ways: Collection[str]
    team: Team | None = None
    monitors: Sequence[int] = ()
    least_reach: int | None = None
    urgent: bool = False
    escalate_minutes: int | None = None
    escalate_to: Team | None = None


@transaction.atomic
def make_rule(wanted: Wanted, *, by: Colleague | None, now: datetime) -> Rule:
    """Raises `BadRule`."""
    rule = Rule(made_at=now)
    _fill(rule, wanted)
    rule.save()
    record("alerts.rule_made", at=now, by=by, rule=rule.pk, alerted=rule.kind)
    return rule


@transaction.atomic
def change_rule(rule: Rule, wanted: Wanted, *, by: Colleague, now: datetime) -> None:
    """Raises `BadRule`."""
    _fill(rule, wanted)
    rule.save()
    record("alerts.rule_changed", at=now, by=by, rule=rule.pk, alerted=rule.kind)


@transaction.atomic
def pause_rule(rule: Rule, *, paused: bool, by: Colleague, now: datetime) -> None:
    """Paused, it stays with all its settings and alerts nobody."""
    rule.paused_at = now if paused else None
    rule.save(update_fields=["paused_at"])
    kind = "alerts.rule_paused" if paused else "alerts.rule_resumed"
    record(kind, at=now, by=by, rule=rule.pk, alerted=rule.kind)


@transaction.atomic
def retire_rule(rule: Rule, *, retired: bool = True, by: Colleague, now: datetime) -> None:
    """Its alerts stay. With `retired` False it is taken back."""
    rule.retired_at = now if retired else None
    rule.save(update_fields=["retired_at"])
    kind = "alerts.rule_retired" if retired else "alerts.rule_made"
    record(kind, at=now, by=by, rule=rule.pk, alerted=rule.kind)


def first_rules(*, now: datetime) -> None:
    """What a new house starts with, if it has no rule yet. Only a wave wakes anybody.

    Of promises there is none: the list tells of each, and an alert a promise would be a din.
    """
    if Rule.objects.exists():
        return
    care = {Rule.Kind.NEEDS_CARE, Rule.Kind.ANGRY, Rule.Kind.LEAVING, Rule.Kind.GOING_PUBLIC}
    for kind in Rule.Kind.values:
        if kind == Rule.Kind.PROMISE:
            continue
        urgent = kind == Rule.Kind.WAVE
        by_mail = urgent or kind in {Rule.Kind.SOURCE, Rule.Kind.BOARD}
        ways = [*PERSONAL, Notice.Way.EMAIL] if by_mail else PERSONAL
        wanted = Wanted(
            kind=kind,
            ways=ways,
            urgent=urgent,
            least_reach=10_000 if kind == Rule.Kind.REACH else None,
            escalate_minutes=15 if urgent or kind in care else None,
        )
        make_rule(wanted, by=None, now=now)


@transaction.atomic
def connect_chat(
    kind: str,
    name: str,
    told: Mapping[str, str],
    *,
    team: Team | None,
    by: Colleague,
    now: datetime,
) -> Hook:
    """`told` is {"url"} of Slack and Mattermost, {"token", "chat"} of Telegram; kept sealed."""
    hook = Hook.objects.create(
        kind=kind, name=name[:80], team=team, secret=seal(json.dumps(dict(told))), made_at=now
    )
    record("alerts.chat_connected", at=now, by=by, chat=hook.name, chat_kind=hook.kind)
    return hook


@transaction.atomic
def disconnect_chat(hook: Hook, *, by: Colleague, now: datetime) -> None:
    hook.retired_at = now
    hook.save(update_fields=["retired_at"])
    record("alerts.chat_disconnected", at=now, by=by, chat=hook.name, chat_kind=hook.kind)


@transaction.atomic
def set_duty(team: Team, shifts: Sequence[Shift], *, by: Colleague, now: datetime) -> None:
    """The whole week of a team, in place of the one before. Raises `BadRule`."""
    for one in shifts:
        if not (0 <= one.begins < one.ends <= MINUTES_A_DAY and 0 <= one.weekday <= 6):  # noqa: PLR2004 - Sunday
            raise BadRule("un turno finisce dopo l’inizio, nello stesso giorno")
    members = set(team.members.values_list("pk", flat=True))
    if {one.colleague_id for one in shifts} - members:
        raise BadRule("di turno può essere solo chi è nella squadra")
    Duty.objects.filter(team=team).delete()
    Duty.objects.bulk_create(
        Duty(
            team=team,
            colleague_id=one.colleague_id,
            weekday=one.weekday,
            begins=one.begins,
            ends=one.ends,
        )
        for one in shifts
    )
    record("alerts.duty_set", at=now, by=by, team_id=team.pk, shifts=len(shifts))


def set_wishes(colleague: Colleague, wishes: Wishes) -> None:
    """How he wants to be told, from now on. `wishes` is not saved yet, or his own row."""
    Wishes.objects.update_or_create(
        colleague=colleague,
        defaults={
            "push": wishes.push,
            "email": wishes.email,
            "quiet_from": wishes.quiet_from,
            "quiet_until": wishes.quiet_until,
            "quiet_days": wishes.quiet_days,
        },
    )


def _fill(rule: Rule, wanted: Wanted) -> None:
    if not set(wanted.ways):
        raise BadRule("scegliere almeno un modo di avvisare")
    if set(wanted.ways) - set(Notice.Way.values) or wanted.kind not in Rule.Kind.values:
        raise BadRule("questo allarme, o questo modo di avvisare, non esiste")
    if wanted.escalate_minutes is not None and wanted.escalate_minutes < 1:
        raise BadRule("i minuti prima di passare ad altri sono almeno uno")
    rule.kind = wanted.kind
    rule.ways = [way for way in Notice.Way.values if way in wanted.ways]
    rule.team = wanted.team
    rule.monitors = list(wanted.monitors)
    rule.least_reach = wanted.least_reach
    rule.urgent = wanted.urgent
    rule.escalate_minutes = wanted.escalate_minutes
    rule.escalate_to = wanted.escalate_to
