"""How each channel is doing: what came in the last day, by the hour, and what went wrong."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Count
from django.utils import timezone

from ascolto.channels.models import Arrival, Channel, Health

HOURS = 24
MOST = 20_000  # newest items looked at: a busier house sees the bars of its last hours only

# By the primary key, because items are told of in the order in which they came.
HEARD = """
select r.channel_id, floor(extract(epoch from (%(now)s - r.heard_at)) / 3600)::int, count(*)
from (select channel_id, heard_at from channels_item order by id desc limit %(most)s) r
where r.heard_at > %(since)s and r.heard_at <= %(now)s
group by 1, 2
"""
TODAY = """
select r.channel_id, count(*)
from (select channel_id, heard_at from channels_item order by id desc limit %(most)s) r
where r.heard_at >= %(midnight)s
group by 1
"""


@dataclass(frozen=True, slots=True)
class Pulse:
    channel: Channel
    hours: list[int] = field(default_factory=lambda: [0] * HOURS)  # the oldest first
    today: int = 0
    quarantined: int = 0
    incoming: Health | None = None
    outgoing: Health | None = None

    @property
    def troubles(self) -> list[Health]:
        return [one for one in (self.incoming, self.outgoing) if one and one.failing_since]

    @property
    def last_sign(self) -> datetime | None:
        """When we last knew it well, in either direction."""
        ways = (self.incoming, self.outgoing)
        return max((one.well_at for one in ways if one and one.well_at), default=None)


def pulses(*, now: datetime) -> list[Pulse]:
    """Every channel, open ones first. Five queries, whatever the number of channels."""
    heard, today = _heard(now)
    quarantined = dict(
        Arrival.objects.filter(quarantined_at__isnull=False, set_aside_at=None)
        .values_list("channel")
        .annotate(Count("pk"))
        .order_by()
    )
    ways = {(one.channel_id, one.way): one for one in Health.objects.all()}
    channels = Channel.objects.select_related("team").defer("secret", "cursor")
    found = [
        Pulse(
            one,
            heard.get(one.pk, [0] * HOURS),
            today.get(one.pk, 0),
            quarantined.get(one.pk, 0),
            ways.get((one.pk, Health.Way.IN)),
            ways.get((one.pk, Health.Way.OUT)),
        )
        for one in channels.order_by("title", "pk")
    ]
    return sorted(found, key=lambda pulse: pulse.channel.closed_at is not None)


def _heard(now: datetime) -> tuple[dict[int, list[int]], dict[int, int]]:
    midnight = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    asked: dict[str, datetime | int] = {
        "now": now,
        "since": now - timedelta(hours=HOURS),
        "midnight": midnight,
        "most": MOST,
    }
    hours: dict[int, list[int]] = defaultdict(lambda: [0] * HOURS)
    with connection.cursor() as cursor:
        cursor.execute(HEARD, asked)
        for channel_id, ago, number in cursor.fetchall():
            hours[channel_id][HOURS - 1 - min(ago, HOURS - 1)] = number
        cursor.execute(TODAY, asked)
        today = dict(cursor.fetchall())
    return dict(hours), today
