"""Queries whose text does not change, which the database reads and plans once a connection.

Django writes each value into the text of its query, so that the database takes every query for a
new one: to read and plan a page of thirty takes it longer than to find what they ask for. Here the
values go beside the text. After five times it compares what a plan for these values would cost
with one for any values, and keeps the second if it is no dearer.
"""

from collections.abc import Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor

AFTER = 1
"""How often a connection asks something before it is prepared: what is asked once is not."""


def fetch(sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows it finds now, by the connection of this thread. One query, seen and counted as
    Django's own are. A list among the values is one value: `any(%s)`, never `in %s`."""
    connection: Any = connections[DEFAULT_DB_ALIAS]
    connection.ensure_connection()
    # Django's way from a cursor to one that counts, logs and wraps errors has no public name.
    with connection.wrap_database_errors:
        bare = ServerBindingCursor(connection.connection)  # type: ignore[call-arg] # stubs: none
    with connection._prepare_cursor(bare) as cursor:  # noqa: SLF001
        cursor.execute(sql, params)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
