# ruff: noqa: S608 - the statements are put together from parts that are written here
"""Cases and what is said in them. Rows of case n have the ids 10n to 10n + 9."""

# Who is heard and who answers, in numbers: 0 and 1 in every case, 2 and 3 in every tenth, 4 is a
# call. The case %(long)s goes on in ids above LATER.
LATER = 1_000_000_000_000
HEARD, SAID = (0, 2), (1, 3)

SAYINGS = """
  select 10 * n + k as id, n, k, pg_temp.his(n) as customer,
         pg_temp.moment(n) + k * interval '4 minutes' as at
  from generate_series(%(first)s::bigint, %(last)s) n, generate_series(0, 3) k
  where k < 2 or n %% 10 = 3
"""
MORE = f"""
  select {LATER} + k as id, %(long)s as n, k, pg_temp.his(%(long)s) as customer,
         pg_temp.moment(%(long)s) + k * interval '20 minutes' as at
  from generate_series(0, %(slow)s - 1) k
"""
SPOKEN = f"({SAYINGS} union all {MORE})"
TEAM = "(%(teams)s::bigint[])[1 + pg_temp.pick(n, 5, %(of_teams)s)]"
SOMEBODY = "(%(agents)s::bigint[])[1 + pg_temp.pick(n, 6, %(of_agents)s)]"
CHANNEL = "(%(channels)s::bigint[])[1 + pg_temp.pick(n, 5, %(of_teams)s)]"
TEXT = """
  join phrase a on a.id = pg_temp.pick(s.id, 10, %(phrases)s)
  join phrase b on b.id = pg_temp.pick(s.id, 11, %(phrases)s)
  join phrase c on c.id = pg_temp.pick(s.id, 12, %(phrases)s)
"""
WORDS = "initcap(a.words) || '. ' || b.words || ', ' || c.words || '. Pratica ' || (s.n + 70000)"

STEPS = (
    f"""insert into channels_arrival (id, channel_id, external_id, raw_id, received_at, envelope,
               attempts, read_at, quarantine_reason)
        select id, {CHANNEL}, 'bench' || id, %(blob)s, at, '{{}}', 1, at, ''
        from {SPOKEN} s where k %% 2 = 0""",
    f"""insert into channels_item (id, arrival_id, channel_id, kind, identity_id, author_name,
               "to", cc, message_id, "references", heard_at, subject, text, quoted, html, auto,
               bulk, damaged, reading, public, url, post)
        select id, id, {CHANNEL}, 'MESSAGE', 2 * customer, 'Cliente', '["assistenza@alba.example"]',
               '[]', '<' || id || '@example.org>', '[]', at, 'Richiesta ' || n, 'Buongiorno', '',
               case when n %% 2 = 0 then '<p>Buongiorno</p>' else '' end, false,
               false, '[]', '{{}}',
               false, '', '{{}}'
        from {SPOKEN} s where k %% 2 = 0""",
    f"""insert into pressure_decision (id, customer_id, purpose, verdict, reasons, decided_at)
        select id, customer, 'CARE', 'SEND', '[]', at from {SPOKEN} s where k %% 2 = 1""",
    f"""insert into channels_outgoing (id, key, channel_id, identity_id, decision_id, verdict,
               subject_ref, author_id, automatic, subject, text, footer, link, cc, message_id,
               in_reply_to, "references", queued_at, not_before, attempts, maybe_twice, error,
               sent_at, public, answers, carried_as, url)
        select id, 'bench' || id, {CHANNEL}, 2 * customer, id, 'SEND', 'case:' || n, {SOMEBODY},
               false, '', '', '', '', '[]', '<our' || id || '@alba.example>', '', '[]', at, at, 1,
               false, '', at, false, '{{}}', '', ''
        from {SPOKEN} s where k %% 2 = 1""",
    f"""insert into channels_evidence (outgoing_id, kind, grade, at, address, detail)
        select id, 'SMTP_ACCEPTED', 'D', at, '', '' from {SPOKEN} s where k %% 2 = 1""",
    """insert into channels_attachment (item_id, blob_id, name, content_type, size, content_id,
               inline)
       select 10 * n, %(blob)s, 'bolletta.pdf', 'application/pdf', 5, '', false
       from generate_series(%(first)s::bigint, %(last)s) n where n %% 7 = 0""",
    # One case in twenty is open, as in a desk that keeps up; of those half wait for us.
    f"""insert into cases_case (id, customer_id, subject, team_id, assignee_id, opened_at,
               resolved_at, resolved_by_id, priority, fields, snoozed_until, sleeps_through,
               waiting_since, due_at, due_from, warn_at, last_at, last_words, last_channel_kind)
        select n, pg_temp.his(n), 'Richiesta ' || n || ' ' || left(phrase.words, 40), {TEAM},
               case when is_open and pg_temp.pick(n, 7, 4) = 0 then null else {SOMEBODY} end,
               pg_temp.moment(n), case when not is_open then pg_temp.moment(n) + span end,
               case when not is_open then {SOMEBODY} end,
               case when n %% 80 = 0 then 1 when n %% 400 = 20 then 2 when n %% 90 = 0 then -1
                    else 0 end,
               case when n %% 4 = 0 then '{{"impianto": "A-17"}}'::jsonb else '{{}}' end,
               case when is_open and n %% 200 = 0 then %(now)s + n %% 90 * interval '1 hour' end,
               false, case when waits then pg_temp.moment(n) end, due,
               case when waits then pg_temp.moment(n) end,
               case when waits then due - interval '1 hour' end,
               pg_temp.moment(n) + interval '8 minutes', left(phrase.words, 60), 'EMAIL'
        from (select n, n %% 20 = 0 as is_open, n %% 20 = 0 and pg_temp.pick(n, 8, 2) = 0 as waits,
                     interval '1 hour' as span,
                     case when n %% 20 = 0 and pg_temp.pick(n, 8, 2) = 0
                     then %(now)s + (pg_temp.pick(n, 9, 20000) - 1000) * interval '1 minute' end
                     as due
              from generate_series(%(first)s::bigint, %(last)s) n) facts
        join phrase on phrase.id = pg_temp.pick(n, 4, %(phrases)s)""",
    f"""insert into cases_conversation (id, case_id, channel_id, identity_id, opened_at)
        select 10 * n, n, {CHANNEL}, 2 * pg_temp.his(n), pg_temp.moment(n)
        from generate_series(%(first)s::bigint, %(last)s) n""",
    f"""insert into cases_message (id, case_id, conversation_id, item_id, proof, at, subject, text)
        select s.id, n, 10 * n, s.id, case when k = 0 then 'OPENED' else 'TOKEN' end, at,
               'Richiesta ' || n, {WORDS}
        from {SPOKEN} s {TEXT} where k %% 2 = 0""",
    f"""insert into cases_message (id, case_id, conversation_id, outgoing_id, author_id, proof, at,
               subject, text)
        select s.id, n, 10 * n, s.id, {SOMEBODY}, 'OURS', at, '', {WORDS}
        from {SPOKEN} s {TEXT} where k %% 2 = 1""",
)
