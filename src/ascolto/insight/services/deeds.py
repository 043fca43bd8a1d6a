"""What was done in a case besides speaking: clocks, hands it went through, what came after."""

# A bit for each kind of clock and for each reason, as in `policy.columns`.
CLOCK = """
  select wanted.id as case_id, p.kind, p.ending, p.started_at,
         p.ending = 'BROKEN' or (p.ended_at is null and p.overrun_at is not null) as broken,
         case p.kind when 'FIRST_ANSWER' then 1 when 'NEXT_ANSWER' then 2 when 'UPDATE' then 4
                     when 'RESOLUTION' then 8 else 16 end as bit,
         exists (select 1 from cases_transfer x where x.case_id = wanted.id
                 and x.from_team_id <> x.to_team_id
                 and x.at >= p.started_at and x.at < p.due_at) as passed_on,
         exists (select 1 from timeline_entry e where e.subject = wanted.subject
                 and e.kind = 'cases.assigned' and e.at < p.due_at and e.facts->>'to' <> '')
         or exists (select 1 from cases_transfer x where x.case_id = wanted.id
                    and x.to_colleague_id is not null and x.at < p.due_at) as taken
  from wanted join promises_promise p on p.subject = wanted.subject
  where p.ending in ('KEPT', 'BROKEN') or (p.ended_at is null and p.overrun_at is not null)
"""
CLOCKS = """
  select case_id, count(*) filter (where not broken) as kept,
         count(*) filter (where broken) as broken,
         coalesce(bit_or(bit) filter (where broken), 0) as kinds,
         coalesce(bit_or(case when passed_on then 1 when not taken then 2 else 4 end)
                  filter (where broken), 0) as why,
         (array_agg(broken order by started_at desc) filter (where kind = 'RESOLUTION'))[1] as late
  from clock group by case_id
"""
HANDED = """
  select x.case_id, count(*) as times from wanted join cases_transfer x on x.case_id = wanted.id
  where x.from_team_id <> x.to_team_id group by x.case_id
"""
# Other records that were joined with this customer's are he.
AFTER = """
  select wanted.id as case_id,
    exists (select 1 from timeline_entry e
            where e.subject = wanted.subject and e.kind = 'cases.reopened') as reopened,
    wanted.resolved_at is not null and exists (
      select 1 from cases_case o cross join lateral (
        select (select r.topic from cases_message m
                left join cases_messagereading r on r.message_id = m.id
                where m.case_id = o.id and m.item_id is not null
                order by m.at, m.id limit 1) as topic) his
      where o.customer_id = any(who.ids) and o.id <> wanted.id and o.merged_into_id is null
        and o.opened_at > wanted.resolved_at
        and o.opened_at <= wanted.resolved_at + interval '7 days'
        and (coalesce(his.topic, '') = '' or coalesce(opening.topic, '') = ''
             or his.topic = opening.topic)) as came_back,
    exists (select 1 from (select l.second_id as id from cases_caselink l
                           where l.first_id = wanted.id
                           union all
                           select l.first_id from cases_caselink l
                           where l.second_id = wanted.id) sister
            join cases_case o on o.id = sister.id
            where o.customer_id = any(who.ids)
              and not exists (select 1 from cases_message m
                              join channels_outgoing out on out.id = m.outgoing_id
                              where m.case_id = o.id and out.sent_at is not null
                                and not out.automatic)) as sister_unanswered,
    exists (select 1 from cases_message m join channels_outgoing out on out.id = m.outgoing_id
            where m.case_id = wanted.id and out.sent_at is not null and not out.automatic
              and octet_length(out.link) > 0) as could_rate,
    (select r.score from cases_rating r where r.case_id = wanted.id
     order by r.at desc, r.id desc limit 1) as score,
    (select e.score from cases_effort e where e.case_id = wanted.id
     order by e.at desc, e.id desc limit 1) as effort
  from wanted left join opening on opening.case_id = wanted.id
  cross join lateral (
    select coalesce((select g.into_id from people_merge g
                     where g.absorbed_id = wanted.customer_id and g.undone_at is null),
                    wanted.customer_id) as root) head
  cross join lateral (
    select array(select head.root union
                 select g.absorbed_id from people_merge g
                 where g.into_id = head.root and g.undone_at is null) as ids) who
"""
DEED_PARTS = {"clock": CLOCK, "clocks": CLOCKS, "handed": HANDED, "after": AFTER}
