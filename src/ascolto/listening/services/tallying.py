"""How many mentions each monitor has an hour: what is usual is known from these."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from ascolto.listening.models import Match, Mention

MATCHED = """
insert into listening_match (mention_id, monitor_id, words, at)
select * from unnest(%s::bigint[], %s::bigint[], %s::jsonb[], %s::timestamptz[])
on conflict (mention_id, monitor_id) do update set words = excluded.words
returning mention_id, monitor_id, (xmax = 0)
"""
COUNTED = """
insert into listening_tally as known (monitor_id, hour, mentions, people)
select * from unnest(%s::bigint[], %s::timestamptz[], %s::int[]), (values (0)) as nobody(people)
on conflict (monitor_id, hour) do update set mentions = known.mentions + excluded.mentions
"""


def hour_of(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)


def count_in(matches: Sequence[Match]) -> None:
    """Write the matches down, and count those that are new. Noise is no mention of us."""
    from psycopg.types.json import Jsonb

    latest = {(match.mention.pk, match.monitor_id): match for match in matches}
    several = [latest[pair] for pair in sorted(latest)]
    if not several:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            MATCHED,
            [
                [match.mention.pk for match in several],
                [match.monitor_id for match in several],
                [Jsonb(match.words) for match in several],
                [match.at for match in several],
            ],
        )
        new = {(mention, monitor) for mention, monitor, inserted in cursor.fetchall() if inserted}
        hours = Counter(
            (match.monitor_id, hour_of(match.at))
            for pair, match in zip(sorted(latest), several, strict=True)
            if pair in new and match.mention.kind != Mention.Kind.NOISE
        )
        rows = sorted(hours.items())
        if rows:
            cursor.execute(
                COUNTED,
                [
                    [monitor for (monitor, _), _ in rows],
                    [hour for (_, hour), _ in rows],
                    [many for _, many in rows],
                ],
            )
