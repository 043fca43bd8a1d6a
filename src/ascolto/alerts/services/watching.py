"""What alerts look at by themselves: sources that fall silent, promises about to run out."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from ascolto.alerts.models import Alert, Rule
from ascolto.alerts.services.raising import Cause, raise_alert
from ascolto.alerts.services.taking import close
from ascolto.channels.models import Health
from ascolto.promises.models import Promise
from ascolto.staff.models import Team
from ascolto.timeline.references import reference

PATIENCE = timedelta(minutes=5)  # a network that stumbles for a moment wakes nobody


@transaction.atomic
def watch_sources(*, now: datetime) -> int:
    """Alert of channels that have not been heard for five minutes, and end it when they are.

    How many alerts began. Two queries when all is well.
    """
    failing = list(
        Health.objects.select_related("channel__team")
        .filter(way=Health.Way.IN, failing_since__lte=now - PATIENCE, channel__closed_at=None)
        .order_by("pk")
    )
    known = Alert.objects.filter(kind=Rule.Kind.SOURCE, closed_at=None)
    open_ones = set(known.values_list("subject", flat=True))
    silent = {reference("channel", one.channel_id): one for one in failing}
    for subject in open_ones - set(silent):
        close(subject, now=now)
    begun = [
        raise_alert(_of_source(subject, health), now=now)
        for subject, health in silent.items()
        if subject not in open_ones
    ]
    return sum(one is not None for one in begun)


def _of_source(subject: str, health: Health) -> Cause:
    return Cause(
        kind=Rule.Kind.SOURCE,
        key=subject,
        subject=subject,
        path="/ascolto/fonti/",
        title=health.channel.title,
        words=health.error,
        team=health.channel.team,
        heard_at=health.failing_since,
    )


@transaction.atomic
def promises_warned(subjects: Sequence[str], *, now: datetime) -> int:
    """Alert of the promises of these cases that run out soon, if a rule asks for it."""
    if not Rule.objects.filter(kind=Rule.Kind.PROMISE, paused_at=None, retired_at=None).exists():
        return 0
    promises = list(
        Promise.objects.filter(
            subject__in=subjects, warned_at__isnull=False, ended_at=None, due_at__gt=now
        ).order_by("due_at", "pk")
    )
    teams = Team.objects.in_bulk([one.team_id for one in promises if one.team_id])
    begun = [
        raise_alert(
            Cause(
                kind=Rule.Kind.PROMISE,
                key=f"promise:{one.pk}",
                subject=one.subject,
                path=_page_of(one.subject),
                title=one.words or one.get_kind_display(),
                team=teams.get(one.team_id) if one.team_id else None,
            ),
            now=now,
        )
        for one in promises
    ]
    return sum(one is not None for one in begun)


def _page_of(subject: str) -> str:
    kind, _, number = subject.partition(":")
    return f"/casi/C-{number}/" if kind == "case" else "/promesse/"
