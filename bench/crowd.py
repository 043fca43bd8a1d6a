"""A company with many conversations, made by SQL alone: the data behind `bench.pages`.

Lifelike where it costs: one customer has hundreds of cases and one case hundreds of messages, one
case in twenty is open, half of those wait for us, some words are said by everybody and others once.
Every choice is a hash of the number of the case, so that each run makes the same company.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bench import crowd_cases, crowd_people, crowd_promises
from django.db import connection

BUSY = 1  # the customer with hundreds of cases
LONG = 20  # the case with hundreds of messages; like every twentieth it is open
LONG_MESSAGES = 260
PHRASES = 20_000

WORDS = (
    "fibra modem linea bolletta fattura rimborso guasto tecnico appuntamento contratto disdetta "
    "trasloco bonifico ritardo assistenza numero portabilità velocità telefono pagamento reclamo "
    "ufficio segnale canone attivazione giorno ieri domani subito ancora nessuno risposta città "
    "quando perché sempre vorrei sapere grazie cordiali saluti prima dopo questo vostra nostra"
)
SYLLABLES = "ba co di fe gu la me no pi ra se to va zi bro cla dri fio gra pre sto tri"

# Foreign keys of generated rows are right by construction; checking millions would be the bench.
FAST = """set session_replication_role = replica; set synchronous_commit = off;
          set maintenance_work_mem = '512MB'; set work_mem = '128MB'"""
SLOW_AGAIN = "reset session_replication_role; reset synchronous_commit; reset all"

# `pick(n, what, of)`: the same number below `of` each time. `his(n)`: whose case this is.
# `moment(n)`: when it was opened; the newest case is the last one.
FUNCTIONS = """
create or replace function pg_temp.pick(n bigint, what int, of_many int) returns int
immutable language sql as $$ select (hashint8(n * 64 + what) & 2147483647) %% of_many $$;
create or replace function pg_temp.his(n bigint) returns bigint immutable language sql as $$
  select case when n %% 5000 = 0 or (n < 1000 and n %% 50 = 0) then 1 else n - (n - 1) %% 3 end $$;
create or replace function pg_temp.moment(n bigint) returns timestamptz immutable language sql as $$
  select %(now)s::timestamptz - (%(last)s - n) * interval '20 seconds' - interval '5 minutes' $$;
"""

# Nine words each: five everybody says, four of thousands.
PHRASE_TABLE = """
create temporary table if not exists phrase as
select n as id,
  (select string_agg((%(words)s::text[])[1 + pg_temp.pick(n, w, %(count)s)], ' ')
   from generate_series(1, 5) w)
  || ' ' ||
  (select string_agg(
     (%(syllables)s::text[])[1 + pg_temp.pick(n, w * 4, %(parts)s)]
     || (%(syllables)s::text[])[1 + pg_temp.pick(n, w * 4 + 1, %(parts)s)]
     || (%(syllables)s::text[])[1 + pg_temp.pick(n, w * 4 + 2, %(parts)s)], ' ')
   from generate_series(6, 9) w) as words
from generate_series(0, %(phrases)s - 1) n
"""

STEPS = (*crowd_people.STEPS, *crowd_cases.STEPS, *crowd_promises.STEPS)


def grow(
    facts: Mapping[str, datetime | int | str | list[int]], *, first: int, last: int, slow: int
) -> None:
    """Add cases `first` to `last` with all that belongs to them, and tell the planner.

    `slow` is the number of messages of the case `LONG`; `facts` is what `bench.company` made.
    """
    words, syllables = WORDS.split(), SYLLABLES.split()
    values = {
        **facts,
        "first": first,
        "last": last,
        "slow": slow,
        "long": LONG,
        "phrases": PHRASES,
        "words": words,
        "count": len(words),
        "syllables": syllables,
        "parts": len(syllables),
    }
    with connection.cursor() as cursor:
        cursor.execute(FAST)
        later = _without_indexes(cursor)
        for statement in FUNCTIONS.split(";\n"):
            if statement.strip():
                cursor.execute(_told(statement, values))
        cursor.execute(PHRASE_TABLE, values)
        for step in STEPS:
            cursor.execute(step, values)
        for index in later:
            cursor.execute(index)
        cursor.execute(SLOW_AGAIN)
        _count_on(cursor)
        cursor.execute("vacuum analyze")


def _told(statement: str, values: Mapping[str, object]) -> str:
    """The definition of a function takes no parameters: they are written into it."""
    from psycopg import sql

    said = {name: sql.Literal(values[name]).as_string() for name in ("now", "last")}
    return statement % said


def _without_indexes(cursor: Any) -> list[str]:
    """Drop every index that no constraint needs; how to make them again, at once and faster."""
    cursor.execute(
        """select c.relname, pg_get_indexdef(i.indexrelid) from pg_index i
           join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid
           where t.relname ~ '^(people|channels|cases|promises|pressure|timeline)_'
             and not i.indisunique and not i.indisprimary"""
    )
    found = cursor.fetchall()
    for name, _ in found:
        cursor.execute(f'drop index "{name}"')
    return [how for _, how in found]


def _count_on(cursor: Any) -> None:
    """Sequences go on after the ids that were given by hand."""
    cursor.execute(
        """select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid
           where c.relkind = 'r' and a.attname = 'id' and a.attidentity <> ''
             and c.relname ~ '^(people|channels|cases|promises|pressure|timeline)_'"""
    )
    for (table,) in cursor.fetchall():
        cursor.execute(
            f"select setval(pg_get_serial_sequence('{table}', 'id'),"  # noqa: S608 # from the catalogue
            f" (select coalesce(max(id), 0) + 1 from {table}))"
        )
