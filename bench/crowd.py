"""A company with many conversations, made by SQL alone: the data behind `bench.pages`."""

from collections.abc import Mapping
from datetime import datetime

from django.db import connection

WORDS = (
    "fibra modem linea bolletta fattura rimborso guasto tecnico appuntamento contratto disdetta "
    "trasloco bonifico ritardo assistenza numero portabilità velocità telefono pagamento reclamo "
    "ufficio segnale canone attivazione giorno ieri domani subito ancora nessuno risposta città"
)

# Foreign keys of generated rows are right by construction; checking millions would be the bench.
FAST = "set session_replication_role = replica; set synchronous_commit = off"

# A word by any number, in this session.
WORD = """
create or replace function pg_temp.word(at bigint) returns text immutable language sql as $$
  select (%(words)s::text[])[1 + (at & 1023) %% %(count)s]
$$
"""

STEPS = (
    """insert into people_customer (id, kind, name, language, about, created_at)
       select n, 'PERSON', 'Cliente ' || n || ' ' || pg_temp.word(n), 'it', '',
              %(now)s
       from generate_series(%(first)s, %(last)s) n""",
    """insert into people_identity (id, customer_id, kind, value, normal, first_seen_at)
       select n, n, 'EMAIL', 'c' || n || '@example.org', 'c' || n || '@example.org', %(now)s
       from generate_series(%(first)s, %(last)s) n""",
    """insert into channels_arrival (id, channel_id, external_id, raw_id, received_at, envelope,
              attempts, read_at, quarantine_reason)
       select n, %(channel)s, 'bench' || n, %(blob)s, %(now)s, '{}', 1, %(now)s, ''
       from generate_series(%(first)s, %(last)s) n""",
    """insert into channels_item (id, arrival_id, channel_id, kind, identity_id, author_name,
              message_id, "references", heard_at, subject, text, quoted, html, auto, bulk,
              damaged, reading)
       select n, n, %(channel)s, 'MESSAGE', n, 'Cliente', '<' || n || '@example.org>', '[]',
              %(now)s - n * interval '20 seconds', 'Richiesta ' || n, '', '', '', false, false,
              '[]', '{}'
       from generate_series(%(first)s, %(last)s) n""",
    """insert into pressure_decision (id, customer_id, purpose, verdict, reasons, decided_at)
       select n, n, 'CARE', 'SEND', '[]', %(now)s
       from generate_series(%(first)s, %(last)s) n""",
    """insert into channels_outgoing (id, key, channel_id, identity_id, decision_id, verdict,
              subject_ref, automatic, subject, text, footer, link, message_id, in_reply_to,
              "references", queued_at, not_before, attempts, maybe_twice, error, sent_at)
       select n, 'bench' || n, %(channel)s, n, n, 'SEND', 'case:' || n, false, '', '', '', '',
              '<our' || n || '@alba.example>', '', '[]', %(now)s, %(now)s, 1, false, '', %(now)s
       from generate_series(%(first)s, %(last)s) n""",
    # One case in twenty is open, as in a desk that keeps up.
    """insert into cases_case (id, customer_id, subject, team_id, opened_at, resolved_at,
              waiting_since, due_at, due_from, warn_at, last_at, last_words, last_channel_kind)
       select n, n, 'Richiesta ' || n, %(team)s, %(now)s - n * interval '20 seconds',
              case when n %% 20 = 0 then null else %(now)s - n * interval '10 seconds' end,
              case when n %% 20 = 0 then %(now)s end,
              case when n %% 20 = 0 then %(now)s + n * interval '1 second' end,
              case when n %% 20 = 0 then %(now)s end, case when n %% 20 = 0 then %(now)s end,
              %(now)s - n * interval '10 seconds', 'Buongiorno', 'EMAIL'
       from generate_series(%(first)s, %(last)s) n""",
    """insert into cases_conversation (id, case_id, channel_id, identity_id, opened_at)
       select n, n, %(channel)s, n, %(now)s from generate_series(%(first)s, %(last)s) n""",
    """insert into cases_message (id, case_id, conversation_id, item_id, proof, at, subject, text)
       select n * 2, n, n, n, 'OPENED', %(now)s - n * interval '20 seconds', 'Richiesta ' || n,
              (select string_agg(pg_temp.word(hashint8(n * 31 + w)), ' ')
               from generate_series(1, 27) w)
       from generate_series(%(first)s, %(last)s) n""",
    """insert into cases_message (id, case_id, conversation_id, outgoing_id, author_id, proof, at,
              subject, text)
       select n * 2 + 1, n, n, n, %(author)s, 'OURS', %(now)s - n * interval '10 seconds', '',
              (select string_agg(pg_temp.word(hashint8(n * 37 + w)), ' ')
               from generate_series(1, 27) w)
       from generate_series(%(first)s, %(last)s) n""",
)


def grow(facts: Mapping[str, datetime | int | str], *, first: int, last: int) -> None:
    """Add conversations `first` to `last`, two messages each, and tell the planner about them."""
    words = WORDS.split()
    values = {**facts, "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(FAST)
        cursor.execute(WORD, {"words": words, "count": len(words)})
        for step in STEPS:
            cursor.execute(step, values)
        cursor.execute("reset session_replication_role; reset synchronous_commit")
        cursor.execute("vacuum analyze")
