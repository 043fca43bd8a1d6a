# ruff: noqa: S608 - the statements are put together from parts that are written here
"""What surrounds a case: clocks, words given, history, notes, tags, drafts, links, and strays."""

from bench.crowd_cases import SOMEBODY, TEAM

NUMBERS = "generate_series(%(first)s::bigint, %(last)s) n"
CASES = "cases_case c where c.id between %(first)s and %(last)s"
PROMISE = """insert into promises_promise (customer_id, subject, kind, words, team_id, made_by_id,
  started_at, warn_at, due_at, paused_at, pause_reason, overrun_at, ended_at, ending, reason)"""
OVERRUN = "case when due_at < %(now)s then due_at end"


def running(kind: str, due: str, which: str, *, paused: str = "false", words: str = "") -> str:
    return f"""{PROMISE}
        select customer_id, 'case:' || id, '{kind}', '{words}', team_id,
               case when '{kind}' = 'WORD' then assignee_id end, opened_at,
               {due} - interval '1 hour', {due},
               case when {paused} then opened_at end,
               case when {paused} then 'attesa del tecnico' else '' end,
               case when {due} < %(now)s then {due} end, null, '', ''
        from {CASES} and resolved_at is null and {which}"""


STEPS = (
    f"""{PROMISE}
        select customer_id, 'case:' || id, 'FIRST_ANSWER', '', team_id, null, opened_at,
               opened_at + interval '1 hour', opened_at + interval '4 hours', null, '',
               case when id %% 25 = 0 then opened_at + interval '4 hours' end,
               opened_at + case when id %% 25 = 0 then interval '5 hours'
                                else interval '4 minutes' end,
               case when id %% 25 = 0 then 'BROKEN' else 'KEPT' end, ''
        from {CASES}""",
    running("NEXT_ANSWER", "due_at", "due_at is not null"),
    running("UPDATE", "(%(now)s + interval '3 days')", "id %% 80 = 0", paused="id %% 160 = 0"),
    running("RESOLUTION", "(%(now)s + id %% 9 * interval '1 day')", "id %% 60 = 0"),
    running(
        "WORD",
        "(%(now)s + (id %% 71 - 5) * interval '1 hour')",
        "id %% 100 = 0",
        words="il tecnico",
    ),
    """insert into promises_clockfact (promise_id, kind, at, why)
       select p.id, 'STARTED', p.started_at, '' from promises_promise p
       where p.ended_at is null and substr(p.subject, 6)::bigint between %(first)s and %(last)s""",
    f"""insert into timeline_entry (customer_id, kind, at, by_id, subject, team_id, facts)
        select customer_id, 'cases.opened', opened_at, null, 'case:' || id, team_id, '{{}}'
        from {CASES}""",
    f"""insert into timeline_entry (customer_id, kind, at, by_id, subject, team_id, facts)
        select customer_id, 'cases.assigned', opened_at + interval '2 minutes', assignee_id,
               'case:' || id, team_id, '{{"to": "Elena Sala"}}'
        from {CASES} and assignee_id is not null""",
    f"""insert into timeline_entry (customer_id, kind, at, by_id, subject, team_id, facts)
        select customer_id, 'cases.resolved', resolved_at, resolved_by_id, 'case:' || id, team_id,
               '{{"reason": "sistemato"}}'
        from {CASES} and resolved_at is not null""",
    f"""insert into timeline_entry (kind, at, by_id, subject, facts)
        select case when n %% 4000 = 0 then 'administration.colleague_changed'
                    else 'knowledge.macro_saved' end,
               pg_temp.moment(n), %(author)s, 'colleague:%(author)s', '{{"name": "Elena Sala"}}'
        from {NUMBERS} where n %% 500 = 0""",
    f"""insert into cases_note (id, case_id, author_id, at, text)
        select n, n, {SOMEBODY}, pg_temp.moment(n) + interval '3 minutes', 'Sentito il tecnico.'
        from {NUMBERS} where n %% 6 = 0 or n = %(long)s""",
    f"""insert into cases_mention (note_id, colleague_id, seen_at)
        select n, %(author)s, case when n %% 60000 <> 0 then %(now)s end
        from {NUMBERS} where n %% 600 = 0""",
    f"""insert into cases_casetag (case_id, tag_id, at)
        select n, (%(tags)s::bigint[])[1 + pg_temp.pick(n, 20, %(of_tags)s)], pg_temp.moment(n)
        from {NUMBERS} where n %% 3 <> 0
        union all
        select n, (%(tags)s::bigint[])[1 + (pg_temp.pick(n, 20, %(of_tags)s) + 1) %% %(of_tags)s],
               pg_temp.moment(n)
        from {NUMBERS} where n %% 20 = 0 and n %% 3 <> 0""",
    f"""insert into cases_follower (case_id, colleague_id, why, since)
        select n, (%(agents)s::bigint[])[1 + pg_temp.pick(n, 21, %(of_agents)s)],
               case when n %% 3 = 0 then 'ASKED' else 'FOLLOWS' end, pg_temp.moment(n)
        from {NUMBERS} where n %% 20 = 0""",
    f"""insert into cases_draft (case_id, author_id, kind, "to", cc, text, saved_at)
        select n, (%(agents)s::bigint[])[1 + pg_temp.pick(n, 22, %(of_agents)s)], 'REPLY', '', '',
               'Buongiorno, abbiamo', %(now)s
        from {NUMBERS} where n %% 60 = 20""",
    f"""insert into cases_caselink (first_id, second_id, by_id, at, why)
        select n - 1, n, %(author)s, pg_temp.moment(n), '' from {NUMBERS} where n %% 100 = 0""",
    f"""insert into cases_matterlink (id, case_id, identity_id, token_hash, made_at)
        select n, n, 2 * pg_temp.his(n), sha256(('bench' || n)::bytea), pg_temp.moment(n)
        from {NUMBERS}""",
    f"""insert into cases_transfer (case_id, from_team_id, to_team_id, by_id, at, reason)
        select n, %(team)s, {TEAM}, {SOMEBODY}, pg_temp.moment(n), 'è di competenza loro'
        from {NUMBERS} where n %% 12 = 0""",
    f"""insert into cases_rating (case_id, message_id, identity_id, score, words, at)
        select n, 10 * n + 1, 2 * pg_temp.his(n), 1 + pg_temp.pick(n, 23, 3), '', %(now)s
        from {NUMBERS} where n %% 30 = 1""",
    f"""insert into cases_callrequest (case_id, identity_id, number, wish, at, outcome)
        select n, 2 * pg_temp.his(n), '+39 011 5550100', 'dopo le 18', pg_temp.moment(n), ''
        from {NUMBERS} where n %% 1000 = 0""",
    # What nobody could read, most of it looked at; and what machines wrote.
    f"""insert into channels_arrival (id, channel_id, external_id, raw_id, received_at, envelope,
               attempts, quarantined_at, quarantine_reason, set_aside_at)
        select 10 * n + 9, %(channel)s, 'stray' || n, %(blob)s, pg_temp.moment(n), '{{}}', 3,
               pg_temp.moment(n), 'mittente mancante',
               case when n %% 10000 <> 0 then %(now)s end
        from {NUMBERS} where n %% 500 = 0""",
    f"""insert into channels_arrival (id, channel_id, external_id, raw_id, received_at, envelope,
               attempts, read_at, quarantine_reason)
        select 10 * n + 8, %(channel)s, 'machine' || n, %(blob)s, pg_temp.moment(n), '{{}}', 1,
               pg_temp.moment(n), '' from {NUMBERS} where n %% 50 = 0""",
    f"""insert into channels_item (id, arrival_id, channel_id, kind, identity_id, author_name,
               "to", cc, message_id, "references", heard_at, subject, text, quoted, html, auto,
               bulk, damaged, reading, public, url, post)
        select 10 * n + 8, 10 * n + 8, %(channel)s, 'AUTO', 2 * pg_temp.his(n), 'Cliente', '[]',
               '[]', '', '[]', pg_temp.moment(n), 'Fuori ufficio', 'Torno lunedì.', '', '', true,
               false, '[]', '{{}}', false, '', '{{}}' from {NUMBERS} where n %% 50 = 0""",
)
