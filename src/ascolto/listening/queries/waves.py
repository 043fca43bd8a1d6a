"""Waves as people see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncHour

from ascolto.listening.models import Match, Mention, Wave

BARS = 12  # hours drawn beside a wave


@dataclass(frozen=True, slots=True)
class WaveRow:
    """One wave. `hours` are the mentions an hour that led to it, the oldest first."""

    id: int
    monitor_id: int
    monitor: str
    team_id: int
    began_at: datetime
    noticed_at: datetime
    usual: float
    mentions: int
    people: int
    customers: int  # of them known to us
    words: Sequence[str]
    hours: Sequence[int]
    alert_ref: str
    case_ref: str
    dismissed_at: datetime | None
    ended_at: datetime | None


def open_waves() -> list[WaveRow]:
    """Those that go on and that nobody called no alarm, the newest first."""
    waves = Wave.objects.filter(ended_at=None, dismissed_at=None).select_related("monitor")
    return [_row(wave) for wave in waves.order_by("-began_at", "-pk")]


def wave(wave_id: int) -> WaveRow | None:
    found = Wave.objects.select_related("monitor").filter(pk=wave_id).first()
    return _row(found) if found else None


def _row(wave: Wave) -> WaveRow:
    until = wave.ended_at or wave.began_at + timedelta(days=7)
    inside = Match.objects.filter(
        monitor=wave.monitor_id, at__gte=wave.began_at, at__lte=until
    ).exclude(mention__kind=Mention.Kind.NOISE)
    known = inside.exclude(mention__identity=None).aggregate(
        many=Count("mention__identity__customer", distinct=True)
    )
    return WaveRow(
        id=wave.pk,
        monitor_id=wave.monitor_id,
        monitor=wave.monitor.name,
        team_id=wave.monitor.team_id,
        began_at=wave.began_at,
        noticed_at=wave.noticed_at,
        usual=wave.usual,
        mentions=wave.mentions,
        people=wave.people,
        customers=known["many"],
        words=wave.words,
        hours=_hours(wave),
        alert_ref=wave.alert_ref,
        case_ref=wave.case_ref,
        dismissed_at=wave.dismissed_at,
        ended_at=wave.ended_at,
    )


def _hours(wave: Wave) -> list[int]:
    last = (wave.ended_at or wave.noticed_at).replace(minute=0, second=0, microsecond=0)
    first = last - timedelta(hours=BARS - 1)
    rows = dict(
        Match.objects.filter(
            monitor=wave.monitor_id, at__gte=first, at__lt=last + timedelta(hours=1)
        )
        .annotate(hour=TruncHour("at"))
        .values_list("hour")
        .annotate(Count("pk"))
    )
    return [rows.get(first + timedelta(hours=step), 0) for step in range(BARS)]
