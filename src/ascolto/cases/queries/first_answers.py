"""How long people waited for our first word, by channel: each thread of a case counts by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

LATEST = 300  # threads of each channel that are looked at: their shares are as good as of all
# A receipt is no answer; a pointer to the answer is. Threads with those to whom a colleague
# forwarded something begin with words of ours and are nobody's question.
FIRST = """
select ch.kind, his.public, count(*), count(ours.at),
       percentile_cont(0.5) within group (order by ours.at - his.at),
       percentile_cont(0.9) within group (order by ours.at - his.at)
  from channels_channel ch
 cross join lateral (
   select id from cases_conversation
    where channel_id = ch.id and opened_at >= %s and opened_at < %s
    order by opened_at desc limit %s
 ) t
 cross join lateral (
   select min(m.at) as at, bool_and(i.public) as public
     from cases_message m join channels_item i on i.id = m.item_id
    where m.conversation_id = t.id and m.proof <> 'OTHER_ADDRESS'
 ) his
  left join lateral (
   select min(o.sent_at) as at from cases_message m
     join channels_outgoing o on o.id = m.outgoing_id
    where m.conversation_id = t.id and o.sent_at >= his.at
      and (not o.automatic or o.key like %s)
 ) ours on true
 where his.at is not null
 group by 1, 2 order by 1, 2
"""


@dataclass(frozen=True, slots=True)
class FirstAnswers:
    channel_kind: str
    public: bool
    threads: int  # in which somebody said something
    answered: int
    median: timedelta | None
    slow: timedelta | None  # nine of ten waited less

    @property
    def waiting(self) -> int:
        return self.threads - self.answered


def first_answers(*, since: datetime, until: datetime) -> list[FirstAnswers]:
    """Of the `LATEST` threads of each channel that began between the two, by kind of channel,
    public or not. One query."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST, [since, until, LATEST, "pointer-%"])
        return [FirstAnswers(*row) for row in cursor.fetchall()]
