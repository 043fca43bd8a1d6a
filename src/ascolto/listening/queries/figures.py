"""First answers by channel, and word of mouth: figures in the open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from ascolto.people.queries import with_merged

ANSWERS = """
select c.id, c.title, c.kind,
  count(*) filter (where m.needs_care or m.answered_at is not null),
  count(m.answered_at),
  count(*) filter (where m.needs_care and m.standing = 'WAITING'),
  percentile_cont(0.5) within group (order by m.answered_at - m.heard_at)
    filter (where m.answered_at is not null),
  percentile_cont(0.9) within group (order by m.answered_at - m.heard_at)
    filter (where m.answered_at is not null)
from listening_mention m join channels_channel c on c.id = m.channel_id
where m.heard_at >= %s and m.heard_at < %s and m.standing <> 'NOISE'
group by c.id order by c.title, c.id
"""
# What its author said reaches those who follow him; what others passed on, those who follow them.
PRAISE = """
select date_trunc('month', m.heard_at at time zone %s)::date, count(*),
  coalesce(sum(m.reach), 0)::bigint, coalesce(sum(passed.reach), 0)::bigint,
  coalesce(sum(m.reposts), 0)::bigint,
  count(*) filter (where exists (
    select 1 from listening_repost r
    where r.mention_id = m.id and r.posted_at is not null and r.undone_at is null))
from listening_mention m
left join people_identity i on i.id = m.identity_id
left join lateral (
  select sum(p.reach) as reach from listening_place p
  where p.mention_id = m.id and p.how = 'REPOST' and p.gone_at is null
) passed on true
where m.kind = 'PRAISE' and m.standing not in ('NOISE', 'GONE') and m.heard_at >= %s
  and (%s::bigint[] is null or i.customer_id = any(%s::bigint[]))
group by 1 order by 1
"""


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    """How soon who spoke on a channel had his first answer, from when we heard him."""

    channel_id: int
    channel: str
    channel_kind: str
    asked: int  # that needed an answer, or had one
    answered: int
    waiting: int
    median: timedelta | None
    nine_in_ten: timedelta | None  # were answered within


@dataclass(frozen=True, slots=True)
class WordOfMouth:
    """Praise of one month (of the company's zone). `reach`: followers of who said it."""

    month: date
    praise: int
    reach: int
    passed_on_reach: int  # followers of those who passed it on
    reposts: int
    ours: int  # that we passed on ourselves


def first_answer_times(*, since: datetime, until: datetime) -> list[FirstAnswers]:
    """By channel, of what was heard between. One query."""
    with connection.cursor() as cursor:
        cursor.execute(ANSWERS, [since, until])
        return [FirstAnswers(*row) for row in cursor.fetchall()]


def word_of_mouth(
    *, since: datetime, zone: str, customer_id: int | None = None
) -> Sequence[WordOfMouth]:
    """By month, of everybody or of one customer with the records merged into his."""
    customers = None if customer_id is None else list(with_merged([customer_id]))
    with connection.cursor() as cursor:
        cursor.execute(PRAISE, [zone, since, customers, customers])
        return [WordOfMouth(*row) for row in cursor.fetchall()]
