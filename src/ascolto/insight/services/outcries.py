"""Calls for help in public, and how the matter of whoever called stood with us at that moment."""

from collections.abc import Collection

from django.db import connection, transaction

# The newest matter of his that was begun before, in the last two months, and that he spoke in.
MAKE = """
with called as (
  select m.id, m.team_id, ch.kind, coalesce(m.reading->>'topic', '') as topic,
         coalesce(m.written_at, m.heard_at) as at, i.customer_id,
         (m.heard_at at time zone %(zone)s)::date as heard_on
  from listening_mention m join channels_channel ch on ch.id = m.channel_id
  left join people_identity i on i.id = m.identity_id
  where m.id = any(%(ids)s) and (m.kind = 'PROBLEM' or m.needs_care)
),
who as (
  select called.*, array(
    select head.root union
    select g.absorbed_id from people_merge g where g.into_id = head.root and g.undone_at is null
  ) as ids
  from called cross join lateral (
    select coalesce((select g.into_id from people_merge g
                     where g.absorbed_id = called.customer_id and g.undone_at is null),
                    called.customer_id) as root) head
),
matter as (
  select who.*, c.id as case_id, c.resolved_at, c.subject_ref, his.at as spoke_at
  from who left join lateral (
    select c.id, c.resolved_at, 'case:' || c.id as subject_ref from cases_case c
    where c.customer_id = any(who.ids) and c.merged_into_id is null and c.opened_at < who.at
      and c.opened_at > who.at - interval '60 days'
      and (c.resolved_at is null or c.resolved_at > who.at - interval '30 days')
    order by c.opened_at desc limit 1) c on true
  left join lateral (
    select max(m.at) as at from cases_message m
    where m.case_id = c.id and m.item_id is not null and m.at < who.at) his on true
)
insert into insight_publiccall
  (mention_id, heard_on, team_id, channel_kind, topic, reason, case_id)
select id, heard_on, team_id, kind, left(topic, 20),
  case
    when case_id is null then 'NONE'
    when (resolved_at is null or resolved_at > at) and spoke_at is not null and not exists (
      select 1 from cases_message m join channels_outgoing o on o.id = m.outgoing_id
      where m.case_id = matter.case_id and o.sent_at >= spoke_at and o.sent_at < matter.at
        and not o.automatic) then 'UNANSWERED'
    when exists (select 1 from promises_promise p where p.subject = subject_ref
                 and p.due_at < matter.at and (p.ending = 'BROKEN'
                   or (p.ended_at is null and p.overrun_at is not null))) then 'LATE'
    when (select count(*) from cases_transfer x where x.case_id = matter.case_id
          and x.from_team_id <> x.to_team_id and x.at < matter.at) >= 2 then 'PASSED_AROUND'
    when resolved_at is not null and resolved_at <= at then 'CAME_BACK'
    else 'UNSOLVED'
  end, case_id
from matter
on conflict (mention_id) do update set
  heard_on = excluded.heard_on, team_id = excluded.team_id, topic = excluded.topic,
  channel_kind = excluded.channel_kind, reason = excluded.reason, case_id = excluded.case_id
"""
DROP = """
delete from insight_publiccall p using listening_mention m
where p.mention_id = any(%(ids)s) and m.id = p.mention_id
  and not (m.kind = 'PROBLEM' or m.needs_care)
"""


@transaction.atomic
def read_calls(mention_ids: Collection[int], *, zone: str) -> None:
    """Read these mentions anew. Doing it twice changes nothing."""
    if not mention_ids:
        return
    with connection.cursor() as cursor:
        for statement in (MAKE, DROP):
            cursor.execute(statement, {"ids": sorted(set(mention_ids)), "zone": zone})
