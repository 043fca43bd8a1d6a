"""An alert that nobody takes goes on to others."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import DurationField, ExpressionWrapper, F, Value

from ascolto.alerts.models import Alert
from ascolto.alerts.services.noticing import Telling, notify_many
from ascolto.staff.models import Colleague
from ascolto.staff.queries import who_can_change_settings
from ascolto.timeline.services import record

AT_ONCE = 100
MINUTE = Value(timedelta(minutes=1))


@transaction.atomic
def escalate(*, now: datetime) -> int:
    """Tell the next ones of what nobody took in time. Each alert once; how many it were.

    Many processes may sweep at the same time: each row is taken by one of them.
    """
    patience = ExpressionWrapper(F("rule__escalate_minutes") * MINUTE, output_field=DurationField())
    waiting = (
        Alert.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("rule__escalate_to", "team__escalates_to")
        .filter(taken_at=None, dismissed_at=None, closed_at=None, escalated_at=None)
        .filter(rule__escalate_minutes__isnull=False)
        .filter(raised_at__lte=Value(now) - patience)
        .order_by("raised_at", "pk")[:AT_ONCE]
    )
    alerts = list(waiting)
    for alert in alerts:
        alert.escalated_at = now
        alert.save(update_fields=["escalated_at"])
        team = alert.rule.escalate_to
        others = None if team else _heads(alert)
        notify_many([Telling(alert, team, alert.rule.ways, others)], now=now)
        record(
            "alerts.escalated",
            at=now,
            subject=alert.reference,
            team_id=team.pk if team else alert.team_id,
            alert=alert.pk,
            title=alert.title,
            to=team.name if team else ", ".join(one.name for one in others or ()),
        )
    return len(alerts)


def _heads(alert: Alert) -> list[Colleague]:
    """Whom the team named for what nobody takes; else those who lead."""
    head = alert.team.escalates_to if alert.team else None
    if head is not None and head.left_at is None:
        return [head]
    return list(who_can_change_settings())
