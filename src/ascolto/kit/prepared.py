"""Queries whose text does not change, which the database reads and plans once a connection.

Django writes each value into the text of its query, so that the database takes every query for a
new one: to read and plan those of a page takes it longer than to find what they ask for. Here the
values go beside the text, and the plan is one for any values.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any
from weakref import WeakSet

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg import Connection
from psycopg.abc import Buffer
from psycopg.adapt import Loader
from psycopg.pq import Format, TransactionStatus
from psycopg.types.numeric import Int8

LARGEST = 2**63 - 1  # a `bigint`
KEPT = 300  # prepared queries of a connection: those of all pages

_told: WeakSet[Connection[Any]] = WeakSet()


class _Bound(ServerBindingCursor):
    """One that can say what it asked, also where the database knew it already: Django's own notes
    of what was asked are taken from there."""

    _query: Any

    def execute(self, query: str, *given: Any, **how: Any) -> Any:
        done = super().execute(query, *given, **how)  # type: ignore[misc] # stubs know no base
        self._query = self._query or SimpleNamespace(query=query.encode())
        return done


class _Jsonb(Loader):
    """As text, which Django takes apart itself."""

    format = Format.BINARY

    def load(self, data: Buffer) -> str:
        return bytes(data[1:]).decode()  # one byte says how it is written, and is always 1


def fetch(sql: str, params: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows it finds now, by the connection of this thread. One query, seen and counted as
    Django's own are. A list among the values is one value: `any(%s)`, never `in %s`."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    raw: Connection[Any] = connection.connection
    with connection.wrap_database_errors:
        _plan_once(raw)
        bare: Any = _Bound(raw)  # type: ignore[call-arg] # as above
        bare.format = Format.BINARY  # moments and numbers as the database has them, not in letters
    # Django's way from a cursor to one that counts, logs and wraps errors has no public name.
    with connection._prepare_cursor(bare) as cursor, _preparing(raw):  # noqa: SLF001
        cursor.execute(sql, _sized(params))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


@contextmanager
def _preparing(raw: Connection[Any]) -> Iterator[None]:
    """Only for as long as this is asked: who prepares also counts how often anything else is asked,
    and keeps its text with all the values in it, of a large mail all its bytes."""
    raw.prepare_threshold = 0
    try:
        yield
    finally:
        raw.prepare_threshold = None


def _sized(value: Any) -> Any:
    """Ids as `bigint`, however small: else each size is one more query to prepare. What is too
    large for one, as in an address that somebody made up, is the id of nothing."""
    if type(value) is int and abs(value) <= LARGEST:
        return Int8(value)
    if isinstance(value, Mapping):
        return {name: _sized(one) for name, one in value.items()}
    return [_sized(one) for one in value] if isinstance(value, list | tuple) else value


def _plan_once(raw: Connection[Any]) -> None:
    """Left to itself the database often plans anew: it sees that a plan for these values is a
    little better, and not that to make it takes longer than it saves. Said as a setting and not
    as the connection is opened, where a pooler between us would refuse it."""
    if raw in _told:
        return
    lasts = raw.autocommit and raw.info.transaction_status == TransactionStatus.IDLE
    raw.execute("set plan_cache_mode = force_generic_plan")
    raw.adapters.register_loader("jsonb", _Jsonb)
    raw.prepared_max = KEPT
    if lasts:  # a transaction that is rolled back takes it along
        _told.add(raw)
