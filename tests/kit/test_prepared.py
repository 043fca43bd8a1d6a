"""A query that stays the same is planned once a connection, whatever it is asked with."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from pytest_django import DjangoAssertNumQueries

from ascolto.kit.prepared import fetch

pytestmark = pytest.mark.django_db


def times_prepared(words: str) -> list[int]:
    """How often each prepared query with these words was asked since it was prepared."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select generic_plans + custom_plans from pg_prepared_statements "
            "where statement like %s and statement not like '%%pg_prepared%%'",
            [f"%{words}%"],
        )
        return [times for (times,) in cursor.fetchall()]


def test_it_is_prepared_once_and_taken_again() -> None:
    found = [fetch("select %s::bigint + 20261 as prepared_here", [n]) for n in range(1, 5)]

    assert found == [[(20262,)], [(20263,)], [(20264,)], [(20265,)]]
    assert times_prepared("prepared_here") == [4]


def test_what_django_asks_itself_is_planned_for_its_values() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select %s::bigint as asked_by_django", [1])
        cursor.execute("select %s::bigint as asked_by_django", [1])

    assert times_prepared("asked_by_django") == []


def test_a_list_is_one_value_and_may_be_empty() -> None:
    asked = "select n from generate_series(1, 9) n where n = any(%s::bigint[]) order by n"

    assert [fetch(asked, [ids]) for ids in ([3, 7], [], [9])] == [[(3,), (7,)], [], [(9,)]]


def test_it_is_counted_like_any_other(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(2) as seen:
        fetch("select %s::text as said", ["Giulia"])
        fetch("select %s::text as said", ["Marta"])

    assert all("as said" in one["sql"] for one in seen.captured_queries)


def test_its_errors_are_django_s() -> None:
    with pytest.raises(ProgrammingError):
        fetch("select no_such_column from cases_case where id = %s", [1])


def test_what_it_finds_is_what_django_finds() -> None:
    asked = """
        select '{"a": [1, "è"]}'::jsonb, array['uno', 'due'], array[1, 2]::bigint[], 7::smallint,
               '2026-11-22 10:00:00.25+01'::timestamptz, '2026-11-22'::date, '10:30'::time,
               interval '90 minutes', 12.30::numeric(8, 2), 0.5::real, true, null::text,
               '\\x00ff'::bytea, 'abc'::varchar(9), '2a1d0c4e-0000-4000-8000-000000000001'::uuid
    """
    with connection.cursor() as cursor:
        cursor.execute(asked)
        anew = cursor.fetchall()

    assert fetch(asked, ()) == anew


def test_ids_of_every_size_are_one_query() -> None:
    asked = "select %s::bigint + any_number as of_any_size from unnest(%s::bigint[]) any_number"

    found = [fetch(asked, [id_, [id_]]) for id_ in (1, 40_000, 3_000_000_000)]

    assert found == [[(2,)], [(80_000,)], [(6_000_000_000,)]]
    assert times_prepared("of_any_size") == [3]


def test_an_id_too_large_to_be_one_is_the_id_of_nothing() -> None:
    asked = "select id from cases_case where id = %s"

    assert [fetch(asked, [id_]) for id_ in (2**63 - 1, 2**63, 10**30)] == [[], [], []]


def test_who_asked_once_does_not_prepare_or_keep_what_is_asked_next() -> None:
    fetch("select %s::bigint as asked_first", [1])
    with pytest.raises(ProgrammingError), transaction.atomic():
        fetch("select no_such_column from cases_case where id = %s", [1])

    assert connection.connection.prepare_threshold is None


@pytest.mark.django_db(transaction=True)
def test_how_it_plans_is_not_lost_with_a_transaction_that_is() -> None:
    connection.close()
    with transaction.atomic():
        fetch("select %s::bigint as asked_in_vain", [1])
        transaction.set_rollback(True)

    assert fetch("select current_setting('plan_cache_mode')", ()) == [("force_generic_plan",)]
