"""What takes too long is called off, and nothing else with it."""

import pytest
from django.db import OperationalError, connection, transaction

from ascolto.kit import patience
from ascolto.kit.prepared import fetch

pytestmark = pytest.mark.django_db(transaction=True)


def slept(seconds: float) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_sleep(%s)", [seconds])


def allowed() -> str:
    with connection.cursor() as cursor:
        cursor.execute("show statement_timeout")
        return str(cursor.fetchone()[0])


def test_who_asks_for_too_long_hears_so() -> None:
    with pytest.raises(patience.TooSlow), patience.within("20ms"):
        slept(5)


def test_what_is_soon_found_is_found() -> None:
    with patience.within("5s"):
        assert fetch("select %s::bigint", [7]) == [(7,)]


def test_afterwards_there_is_as_much_time_as_before() -> None:
    before = allowed()
    with transaction.atomic():
        with pytest.raises(patience.TooSlow), patience.within("20ms"):
            slept(5)

        assert allowed() == before
    assert allowed() == before


def test_what_was_prepared_stays_so() -> None:
    asked = "select %s::bigint as stays_prepared"
    fetch(asked, [1])
    with pytest.raises(patience.TooSlow), patience.within("20ms"):
        slept(5)
    fetch(asked, [2])

    with connection.cursor() as cursor:
        cursor.execute(
            "select generic_plans + custom_plans from pg_prepared_statements"
            " where statement like '%%as stays_prepared%%' and statement not like '%%pg_prepared%%'"
        )
        assert cursor.fetchall() == [(2,)]


def test_what_was_found_before_stands() -> None:
    with patience.within("20ms"):
        found = fetch("select %s::bigint", [7])
        with pytest.raises(patience.TooSlow), patience.tried():
            slept(5)
        found += fetch("select %s::bigint", [8])

    assert found == [(7,), (8,)]


def test_another_error_is_its_own() -> None:
    with pytest.raises(OperationalError), patience.within("5s"), connection.cursor() as cursor:
        cursor.execute("select pg_terminate_backend(pg_backend_pid())")
    connection.close()
