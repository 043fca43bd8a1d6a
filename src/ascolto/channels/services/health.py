from datetime import datetime, timedelta

from django.db import transaction

from ascolto.channels.models import Channel, Health
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

FIRST_REST = timedelta(seconds=15)
LONGEST_REST = timedelta(minutes=10)
FAILURES_BEFORE_REST = 3


@transaction.atomic
def well(channel: Channel, way: str, *, now: datetime) -> None:
    """This direction of the channel works. Said often, so it writes at most once a minute."""
    health, _ = Health.objects.select_for_update().get_or_create(channel=channel, way=way)
    was_failing = health.failing_since is not None
    if not was_failing and health.well_at and now - health.well_at < timedelta(minutes=1):
        return
    health.well_at, health.failing_since, health.failures = now, None, 0
    health.resting_until, health.error = None, ""
    health.save()
    if was_failing:
        record("channels.well_again", at=now, subject=reference("channel", channel.pk), way=way)


@transaction.atomic
def unwell(channel: Channel, way: str, *, error: str, now: datetime) -> None:
    """This direction fails. After three failures in a row it rests, longer each time."""
    health, _ = Health.objects.select_for_update().get_or_create(channel=channel, way=way)
    first = health.failing_since is None
    health.failing_since = health.failing_since or now
    health.failures += 1
    health.error = error[:500]
    if health.failures >= FAILURES_BEFORE_REST:
        steps = min(health.failures - FAILURES_BEFORE_REST, 8)
        health.resting_until = now + min(FIRST_REST * 2**steps, LONGEST_REST)
    health.save()
    if first:
        record(
            "channels.unwell",
            at=now,
            subject=reference("channel", channel.pk),
            way=way,
            error=error,
        )


def resting_until(channel: Channel, way: str, *, now: datetime) -> datetime | None:
    """Until when the breaker keeps this direction quiet, or None if it may be tried."""
    health = Health.objects.filter(channel=channel, way=way, resting_until__gt=now).first()
    return health.resting_until if health else None
