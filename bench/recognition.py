"""How long it takes to know who speaks, among 10,000 identities and among 10,000,000.

The limit beside it is a query that asks for nothing. The number of the big house is
ASCOLTO_BENCH_IDENTITIES, how often each is asked ASCOLTO_BENCH_ROUNDS. What was flat stays flat:
beside them stands the ratio, of the quickest answers. That is what the work takes; the rest is what
else the machine had to do.
"""

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from bench.database import kept_database
from django.db import connection, transaction
from django.utils import timezone

from ascolto.people.likeness.services import propose_for
from ascolto.people.models import Customer
from ascolto.people.policy import Sender
from ascolto.people.queries import records_of
from ascolto.people.services import known_many, recognise_many

SMALL, MIDDLE = 10_000, 1_000_000
BIG = int(os.environ.get("ASCOLTO_BENCH_IDENTITIES", "10000000"))
ROUNDS = int(os.environ.get("ASCOLTO_BENCH_ROUNDS", "200"))
EACH = 10  # identities of a customer
FIRST = "{Giulia,Marta,Elena,Piero,Sara,Luca,Anna,Paolo,Rosa,Nino,Ada,Ivo}"
SURNAMES = "{Rossi,Ferraris,Bianchi,Russo,Esposito,Romano,Colombo,Ricci,Marino,Greco,Gallo,Conti}"
PEOPLE = """
insert into people_customer (id, kind, name, language, about, created_at)
select n, 'PERSON',
       (%(first)s::text[])[1 + n %% 12] || ' ' || (%(surnames)s::text[])[1 + (n / 12) %% 12]
       || ' ' || initcap(left(md5(n::text), 8)), 'it', '', %(now)s
  from generate_series(1, %(customers)s) n
"""
IDENTITIES = """
insert into people_identity (customer_id, kind, value, normal, first_seen_at)
select 1 + n / %(each)s,
       case n %% 3 when 0 then 'EMAIL' when 1 then 'PHONE' else 'HANDLE' end,
       v, v, %(now)s
  from (select n, case n %% 3 when 0 then 'c' || n || '@example.org'
                              when 1 then '+390' || (100000000 + n)
                              else 'bluesky:did:plc:' || md5(n::text) end as v
          from generate_series(0, %(identities)s - 1) n) made
"""

INDEXES = """
select indexname, indexdef from pg_indexes i
 where tablename in ('people_customer', 'people_identity') and schemaname = 'public'
   and not exists (select from pg_constraint where conname = i.indexname)
"""
DEPTHS = """
select c.relname, (bt_metap(c.relname)).level
  from pg_index x join pg_class c on c.oid = x.indexrelid join pg_am a on a.oid = c.relam
 where x.indrelid = 'people_identity'::regclass and a.amname = 'btree' order by 1
"""
LOOKUP = """
explain (analyze, buffers, format json)
select * from people_identity where kind = 'EMAIL' and normal = %s
"""


def run() -> None:
    small, middle, big = measured(SMALL), measured(MIDDLE), measured(BIG)
    print(f"| who speaks | {SMALL:,} | {MIDDLE:,} | {BIG:,} | ratio |")
    print("| --- | --- | --- | --- | --- |")
    for name, times in small.items():
        before, between, after = min(times), min(middle[name]), min(big[name])
        p95 = statistics.quantiles(big[name], n=20)[-1]
        print(
            f"| {name} | {before:.2f} ms | {between:.2f} ms | {after:.2f} ms (p95 {p95:.2f})"
            f" | {after / before:.2f} |"
        )


def measured(identities: int) -> dict[str, list[float]]:
    """The times of each question, in ms."""
    with kept_database(f"recognition_{identities}") as is_new:
        if is_new:
            fill(identities)
        looked_at(identities)
        dice = random.Random(identities)  # noqa: S311 # the same people in every run
        asked = questions(identities, dice)
        return {name: [timed(ask) for _ in range(ROUNDS)] for name, ask in asked.items()}


def fill(identities: int) -> None:
    started = time.perf_counter()
    values: dict[str, str | int | datetime] = {
        "first": FIRST,
        "surnames": SURNAMES,
        "now": timezone.now(),
        "customers": identities // EACH + 1,
        "identities": identities,
        "each": EACH,
    }
    with connection.cursor() as cursor, _bare_tables():
        cursor.execute(PEOPLE, values)
        cursor.execute(IDENTITIES, values)
    with connection.cursor() as cursor:
        cursor.execute("select setval('people_customer_id_seq', max(id)) from people_customer")
        cursor.execute("vacuum analyze people_customer, people_identity, people_merge")
    print(f"{identities:,} identities were made in {time.perf_counter() - started:.0f} s")


@contextmanager
def _bare_tables() -> Iterator[None]:
    """Without indexes, but for what keeps a constraint, and nobody to look at each row: a tenth of
    the time. The indexes are made again in the end, as good as new."""
    with connection.cursor() as cursor:
        cursor.execute(INDEXES)
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'drop index "{name}"')
        cursor.execute("set session_replication_role = replica")
        cursor.execute("set maintenance_work_mem = '512MB'")
        yield
        cursor.execute("reset session_replication_role")
        for _, definition in indexes:
            cursor.execute(definition)


def looked_at(identities: int) -> None:
    """How deep the indexes are, and how many pages one lookup touches."""
    with connection.cursor() as cursor:
        cursor.execute("create extension if not exists pageinspect")
        cursor.execute(DEPTHS)
        depths = ", ".join(f"{name} {level + 1}" for name, level in cursor.fetchall())
        cursor.execute(LOOKUP, [f"c{3 * (identities // 7)}@example.org"])
        pages = cursor.fetchone()[0][0]["Plan"]
    touched = pages["Shared Hit Blocks"] + pages["Shared Read Blocks"]
    print(f"{identities:,} identities: {touched} pages a lookup; levels of {depths}")


def questions(identities: int, dice: random.Random) -> dict[str, Callable[[], object]]:
    def somebody() -> Sender:
        return Sender("EMAIL", f"c{3 * dice.randrange(identities // 3)}@example.org")

    def stranger() -> Sender:
        name = f"giulia{dice.getrandbits(40):x}.example"
        key = f"bluesky:did:plc:{dice.getrandbits(60):x}"
        return Sender("HANDLE", key, shown=f"@{name}", aliases=(f"bluesky:{name}",))

    def customer() -> int:
        return 1 + dice.randrange(identities // EACH)

    def propose() -> object:
        with transaction.atomic():
            who = Customer.objects.get(pk=customer())
            found = propose_for(who, words=["Chiamatemi al 011 5551234"], now=timezone.now())
            transaction.set_rollback(True)
            return found

    return {
        "nothing (the limit)": lambda: connection.cursor().execute("select 1"),
        "one who is known": lambda: known_many([somebody()]),
        "fifty who are known": lambda: known_many([somebody() for _ in range(50)]),
        "a stranger, by every name he may be written under": lambda: known_many([stranger()]),
        "fifty, half of them met": lambda: met([somebody, stranger] * 25),
        "the records read as one": lambda: records_of(customer()),
        "whom he may be": propose,
    }


def met(several: list[Callable[[], Sender]]) -> None:
    with transaction.atomic():
        recognise_many([make() for make in several], now=timezone.now())
        transaction.set_rollback(True)


def timed(ask: Callable[[], object]) -> float:
    started = time.perf_counter()
    ask()
    return (time.perf_counter() - started) * 1000
