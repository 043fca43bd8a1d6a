# ruff: noqa: S608 - the statement is put together from parts that are written here
"""Who spoke when in a case, and what a case adds to the figures: one statement for many cases."""

from ascolto.insight.services.hours import open_seconds

# The cases that are asked for, and are matters of their own.
WANTED = """
  select c.id, c.customer_id, c.team_id, c.priority, c.opened_at, c.resolved_at, c.waiting_since,
         c.last_channel_kind, t.calendar_id, 'case:' || c.id as subject,
         (c.opened_at at time zone %(zone)s)::date as opened_on
  from cases_case c join staff_team t on t.id = c.team_id
  where c.id = any(%(ids)s) and c.merged_into_id is null
"""
# His words, and ours that left or were spoken. A receipt is no answer; what went to somebody else
# is none either; and thanks ask for nothing, unless they are all he ever said.
VOICE = """
  select m.case_id, m.at, false as ours
  from wanted join cases_message m on m.case_id = wanted.id
  left join cases_messagereading r on r.message_id = m.id
  where m.item_id is not null and m.proof <> 'OTHER_ADDRESS'
    and (m.proof = 'OPENED' or coalesce(r.kind, '') not in ('praise', 'noise'))
  union all
  select wanted.id, wanted.opened_at, false  -- in words that stand in a message of another case
  from wanted join cases_othermatter x on x.case_id = wanted.id
  union all
  select m.case_id, o.sent_at, true
  from wanted join cases_message m on m.case_id = wanted.id
  join channels_outgoing o on o.id = m.outgoing_id
  where o.sent_at is not null and not o.automatic and o.key not like 'forward-%%'
  union all
  select m.case_id, m.at, true
  from wanted join cases_message m on m.case_id = wanted.id join channels_item i on i.id = m.item_id
  where m.proof = 'CALL' and i.reading->>'answered' = 'true'
  union all
  select r.case_id, r.called_at, true
  from wanted join cases_callrequest r on r.case_id = wanted.id where r.called_at is not null
"""
# The stretches in which he waited: from his first words to ours.
TURN = """
  select case_id, began, answered, place from (
    select case_id, at as began, ours, lead(at) over one as answered,
           row_number() over one as place
    from (select case_id, at, ours, lag(ours) over (partition by case_id order by at, ours) as last
          from voice) said
    where ours is distinct from last
    window one as (partition by case_id order by at, ours)
  ) step where not ours
"""
MEASURED = f"""
  select turn.case_id, turn.began, turn.answered, turn.place,
         extract(epoch from turn.answered - turn.began)::int as seconds,
         case when turn.answered is not null then
           {open_seconds("turn.began", "turn.answered", "wanted.calendar_id")} end as open_seconds
  from turn join wanted on wanted.id = turn.case_id
"""
SAID = """
  select case_id,
         min(seconds) filter (where place = 1) as first_seconds,
         min(open_seconds) filter (where place = 1) as open_first_seconds,
         coalesce(jsonb_agg(seconds order by place)
                  filter (where place > 1 and answered is not null), '[]') as next_seconds,
         coalesce(jsonb_agg(open_seconds order by place)
                  filter (where place > 1 and answered is not null), '[]') as open_next_seconds,
         count(*) as contacts, bool_or(answered is not null) as answered
  from measured group by case_id
"""
# He wrote again more than an hour later, and was still waiting.
REPEATED = """
  select voice.case_id, count(*) as times
  from voice join turn on turn.case_id = voice.case_id
       and voice.at >= turn.began + interval '1 hour'
       and (turn.answered is null or voice.at < turn.answered)
  where not voice.ours group by voice.case_id
"""
OPENING = """
  select distinct on (first.case_id) first.case_id, ch.kind, first.topic
  from (
    select m.case_id, m.conversation_id, coalesce(r.topic, '') as topic, m.at, m.id
    from wanted join cases_message m on m.case_id = wanted.id and m.item_id is not null
    left join cases_messagereading r on r.message_id = m.id
    union all
    select wanted.id, m.conversation_id, x.topic, wanted.opened_at, 0
    from wanted join cases_othermatter x on x.case_id = wanted.id
    join cases_message m on m.id = x.message_id
  ) first
  join cases_conversation t on t.id = first.conversation_id
  join channels_channel ch on ch.id = t.channel_id
  order by first.case_id, first.at, first.id
"""
CASE_PARTS = {
    "wanted": WANTED,
    "voice": VOICE,
    "turn": TURN,
    "measured": MEASURED,
    "said": SAID,
    "repeated": REPEATED,
    "opening": OPENING,
}
