"""How each source is doing: whether it is heard, since when, and what was missed."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.db import connection
from django.db.models import Prefetch

from ascolto.channels.listening.ear import lease_name
from ascolto.channels.models import Channel, Gap, Health
from ascolto.channels.registry import kinds_listened_to

Standing = Literal["WELL", "FAILING", "UNATTENDED", "NEW", "CLOSED"]
REMEMBERED = timedelta(days=7)
MOST_GAPS = 10
HELD = "select name from kit_lease where name = any(%s) and until_at > clock_timestamp()"


@dataclass(frozen=True, slots=True)
class Missed:
    since: datetime
    until: datetime | None  # None: it still goes on
    why: str
    found: int
    filled: bool  # False of one that is over: what was said then is lost to us


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """`UNATTENDED`: no process of ours listens to it, so nothing else of this is news."""

    channel_id: int
    kind: str
    title: str
    standing: Standing
    well_at: datetime | None
    failing_since: datetime | None
    failures: int
    error: str
    gaps: tuple[Missed, ...]  # of the last week, the newest first

    @property
    def deaf(self) -> bool:
        return any(gap.until is None for gap in self.gaps)


def source_health(*, now: datetime) -> list[SourceHealth]:
    """Every source that is listened to, by title. Four queries, whatever their number."""
    lately = Gap.objects.exclude(until__lt=now - REMEMBERED).order_by("-since")
    channels = list(
        Channel.objects.filter(kind__in=kinds_listened_to())
        .defer("secret", "cursor")
        .prefetch_related(
            Prefetch("health", Health.objects.filter(way=Health.Way.IN), "incoming"),
            Prefetch("gaps", lately, "lately"),
        )
        .order_by("title", "pk")
    )
    with connection.cursor() as cursor:
        cursor.execute(HELD, [[lease_name(channel.pk) for channel in channels]])
        held = {name for (name,) in cursor.fetchall()}
    return [
        _one(channel, attended=lease_name(channel.pk) in held or _is_fiction(channel))
        for channel in channels
    ]


def _is_fiction(channel: Channel) -> bool:
    """A source of the demo company is nowhere, and nobody has to listen to it."""
    return bool(channel.settings.get("demo"))


def _one(channel: Channel, *, attended: bool) -> SourceHealth:
    health = next(iter(channel.incoming), None)  # type: ignore[attr-defined] # by Prefetch
    return SourceHealth(
        channel_id=channel.pk,
        kind=channel.kind,
        title=channel.title,
        standing=_standing(channel, health, attended=attended),
        well_at=health.well_at if health else None,
        failing_since=health.failing_since if health else None,
        failures=health.failures if health else 0,
        error=health.error if health else "",
        gaps=tuple(_missed(gap) for gap in channel.lately[:MOST_GAPS]),  # type: ignore[attr-defined] # by Prefetch
    )


def _standing(channel: Channel, health: Health | None, *, attended: bool) -> Standing:
    if channel.closed_at is not None:
        return "CLOSED"
    if not attended:
        return "UNATTENDED"
    if health is None:
        return "NEW"
    return "FAILING" if health.failing_since else "WELL"


def _missed(gap: Gap) -> Missed:
    return Missed(gap.since, gap.until, gap.why, gap.found, filled=gap.filled_at is not None)
