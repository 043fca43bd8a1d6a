"""Queries that are called off when they take too long: who asked hears so, and goes on."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction

_CALLED_OFF = "57014"  # query_canceled


class TooSlow(Exception):
    """The database was still looking when its time was over."""


@contextmanager
def within(patience: str) -> Iterator[None]:
    """Each query asked here may take so long ("400ms", "2s"); raises `TooSlow` where one takes
    longer. The transaction around them is closed and not thrown away: a connection that throws one
    away forgets what it had prepared.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('statement_timeout', %s, true)", [patience])
        late = None
        try:
            with tried():
                yield
        except TooSlow as error:
            late = error
        cursor.execute("set local statement_timeout to default")
    if late is not None:
        raise late


@contextmanager
def tried() -> Iterator[None]:
    """Where a query here is called off, what was found before it stands. Raises `TooSlow`."""
    try:
        with transaction.atomic():
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == _CALLED_OFF:
            raise TooSlow from error
        raise
