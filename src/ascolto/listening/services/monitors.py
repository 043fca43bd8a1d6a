"""Monitors: made, changed, paused, retired. Each takes effect with the next post."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from ascolto.channels.models import Channel
from ascolto.listening.models import Monitor
from ascolto.listening.policy.rules import rule_from
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.references import reference
from ascolto.timeline.services import record


class NameTaken(Exception):
    """Another monitor has this name."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A monitor as somebody wrote it down. `rule` as `policy.rules.rule_from` reads it."""

    name: str
    rule: Mapping[str, Any]
    team: Team
    sources: Sequence[Channel] = field(default_factory=tuple)  # none: all of them
    opens_cases: bool = False


def make_monitor(wanted: Wanted, *, by: Colleague | None, now: datetime) -> Monitor:
    """Listen for this from now on. Raises `BadRule` with all that is wrong, or `NameTaken`."""
    monitor = Monitor(made_by=by, made_at=now)
    return _write(monitor, wanted, "listening.monitor_made", by=by, now=now)


def change_monitor(
    monitor_id: int, wanted: Wanted, *, by: Colleague | None, now: datetime
) -> Monitor:
    """What was heard stays; what comes is matched anew. Raises as `make_monitor`."""
    monitor = Monitor.objects.get(pk=monitor_id, retired_at=None)
    return _write(monitor, wanted, "listening.monitor_changed", by=by, now=now)


def pause_monitor(monitor_id: int, *, paused: bool, by: Colleague, now: datetime) -> bool:
    """It hears nothing until it goes on. False if it was so already."""
    # To be paused are those that are not yet, to go on those that are.
    monitors = Monitor.objects.filter(pk=monitor_id, retired_at=None, paused_at__isnull=paused)
    kind = "listening.monitor_paused" if paused else "listening.monitor_resumed"
    return _stamp(
        monitor_id,
        monitors.update(paused_at=now if paused else None, changed_at=now),
        kind,
        by,
        now,
    )


def retire_monitor(monitor_id: int, *, by: Colleague, now: datetime) -> bool:
    """It hears nothing any more; what it heard stays. False if it was retired before."""
    changed = Monitor.objects.filter(pk=monitor_id, retired_at=None).update(
        retired_at=now, changed_at=now
    )
    return _stamp(monitor_id, changed, "listening.monitor_retired", by, now)


def _stamp(monitor_id: int, changed: int, kind: str, by: Colleague, now: datetime) -> bool:
    if changed:
        record(kind, at=now, subject=reference("monitor", monitor_id), by=by)
    return bool(changed)


@transaction.atomic
def _write(
    monitor: Monitor, wanted: Wanted, kind: str, *, by: Colleague | None, now: datetime
) -> Monitor:
    rule_from(wanted.rule)
    monitor.name = wanted.name.strip()[:80]
    monitor.rule = dict(wanted.rule)
    monitor.team, monitor.opens_cases, monitor.changed_at = wanted.team, wanted.opens_cases, now
    try:
        with transaction.atomic():
            monitor.save()
    except IntegrityError as problem:
        if "monitor_has_a_name_of_its_own" in str(problem):
            raise NameTaken(monitor.name) from None
        raise
    monitor.sources.set(wanted.sources)
    record(
        kind,
        at=now,
        subject=reference("monitor", monitor.pk),
        by=by,
        team_id=wanted.team.pk,
        name=monitor.name,
    )
    return monitor
