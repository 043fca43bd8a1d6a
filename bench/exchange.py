"""Rows a second that an import takes in, beside the same rows copied into bare tables.

A hundred thousand customers from a CSV as Excel in Italian saves it (semicolons, cp1252), and
twenty thousand cases with three messages each from JSON lines. The limit: COPY of the same cells
into tables of the same columns, five hundred rows a commit, as the import commits them. What the
import does besides: reads and understands the file, and finds out who is known.
"""

import io
import json
import os
import time
from collections.abc import Iterator

import psycopg
from bench.database import fresh_database
from django.utils import timezone
from tests import make

from ascolto.cases.models import Case
from ascolto.exchange.models import Run
from ascolto.exchange.rows import File
from ascolto.exchange.services import AT_ONCE, begin, go_on
from ascolto.people.models import Customer

CUSTOMERS = int(os.environ.get("ASCOLTO_BENCH_CUSTOMERS", "100000"))
CASES = int(os.environ.get("ASCOLTO_BENCH_CASES", "20000"))
NAMES = ("Giulia Ferràris", "Niccolò Sala", "Marta D’Amico", "Studio Bianchi & C.", "Zoè Perù")
BARE = (
    "create table bare_customer (id bigserial primary key, name text, about text)",
    """create table bare_identity (id bigserial primary key, customer bigint, kind text,
       value text, unique (kind, value))""",
    "create table bare_entry (id bigserial primary key, kind text, subject text, facts jsonb)",
    "create table bare_message (id bigserial primary key, owner bigint, at timestamptz, text text)",
)


def run() -> None:
    with fresh_database() as address:
        make.team()
        make.mailbox()
        _measured("customers", customers_csv(), CUSTOMERS, copy_customers(address))
        _measured("cases", cases_json(), CASES, copy_cases(address))
        assert Customer.objects.count() >= CUSTOMERS
        assert Case.objects.count() == CASES


def customers_csv() -> bytes:
    lines = ["Codice;Nome;E-mail;Telefono;Note\r\n"]
    lines += [
        f"A-{at};{NAMES[at % 5]} {at};cliente{at}@example.org;011 {at:07};Città, via {at % 90}\r\n"
        for at in range(CUSTOMERS)
    ]
    return "".join(lines).encode("cp1252")


def cases_json() -> bytes:
    return b"".join(
        json.dumps(
            {
                "id": f"T-{at}",
                "customer_email": f"cliente{at % max(1, CUSTOMERS)}@example.org",
                "customer_name": f"{NAMES[at % 5]} {at}",
                "subject": f"Fibra giù {at}",
                "opened_at": "2025-11-03T09:00:00+01:00",
                "resolved_at": "2025-11-04T18:30:00+01:00",
                "tags": ["fibra"],
                "messages": [
                    {"from": who, "at": f"2025-11-03T{hour}:00:00+01:00", "text": "Non va. " * 12}
                    for who, hour in (("customer", 10), ("us", 11), ("customer", 12))
                ],
            }
        ).encode()
        + b"\n"
        for at in range(CASES)
    )


def copy_customers(address: str) -> float:
    """Seconds for the bare rows of the customers: a name, three identities, a line of history."""
    started = time.perf_counter()
    with psycopg.connect(address) as connection:
        for statement in BARE:
            connection.execute(statement)
        for first in _batches(CUSTOMERS):
            some = range(first, min(first + AT_ONCE, CUSTOMERS))
            with connection.transaction(), connection.cursor() as cursor:
                with cursor.copy("copy bare_customer (name, about) from stdin") as copy:
                    for at in some:
                        copy.write_row((f"{NAMES[at % 5]} {at}", f"Città, via {at % 90}"))
                with cursor.copy("copy bare_identity (customer, kind, value) from stdin") as copy:
                    for at in some:
                        copy.write_row((at, "REFERENCE", f"A-{at}"))
                        copy.write_row((at, "EMAIL", f"cliente{at}@example.org"))
                        copy.write_row((at, "PHONE", f"+39011{at:07}"))
                with cursor.copy("copy bare_entry (kind, subject, facts) from stdin") as copy:
                    for at in some:
                        copy.write_row(("exchange.customer_made", f"customer:{at}", "{}"))
    return time.perf_counter() - started


def copy_cases(address: str) -> float:
    """Seconds for the bare rows of the cases: the case, three messages, a line of history."""
    started = time.perf_counter()
    with psycopg.connect(address) as connection:
        for first in _batches(CASES):
            some = range(first, min(first + AT_ONCE, CASES))
            with connection.transaction(), connection.cursor() as cursor:
                with cursor.copy("copy bare_customer (name, about) from stdin") as copy:
                    for at in some:
                        copy.write_row((f"Fibra giù {at}", "2025-11-03"))
                with cursor.copy("copy bare_message (owner, at, text) from stdin") as copy:
                    for at in some:
                        for hour in (10, 11, 12):
                            copy.write_row((at, f"2025-11-03T{hour}:00:00+01", "Non va. " * 12))
                with cursor.copy("copy bare_entry (kind, subject, facts) from stdin") as copy:
                    for at in some:
                        copy.write_row(("cases.imported", f"case:{at}", "{}"))
    return time.perf_counter() - started


def _batches(many: int) -> Iterator[int]:
    yield from range(0, many, AT_ONCE)


def _measured(kind: str, content: bytes, many: int, bare: float) -> None:
    begun = begin(kind=kind.upper(), name="bench", by=None, arguments={}, now=timezone.now())
    started, worked = time.perf_counter(), time.process_time()
    done: Run = go_on(begun.pk, now=timezone.now(), file=File(lambda: io.BytesIO(content)))
    seconds, work = time.perf_counter() - started, time.process_time() - worked
    assert (done.made, done.refused, done.failed) == (many, 0, ""), done.failed
    print(
        f"{many:,} {kind}, {len(content) / 1e6:.1f} MB: {seconds:.1f} s, {many / seconds:,.0f} rows"
        f" a second ({many / work:,.0f} a second of our own processor time);"
        f" bare COPY {many / bare:,.0f}; {seconds / bare:.1f} times as long"
    )
