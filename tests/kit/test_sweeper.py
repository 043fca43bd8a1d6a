"""Jobs of dead workers run again; those of slow but living ones are left alone."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from django.db import connection as django_connection
from procrastinate.contrib.django.models import ProcrastinateJob

from ascolto.kit.models import PutBack
from ascolto.kit.sweeper import SWEEPER_LOCK, Suspect, Swept, put_back, suspects, sweep
from ascolto.kit.sweeperloop import Suspicions, SweeperLoop
from ascolto.kit.work import later, once
from tests.kit import jobs_of_the_tests

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = timedelta(seconds=0.2)
assert jobs_of_the_tests.ran is not None  # its tasks are registered by the import


def conninfo() -> str:
    settings = django_connection.get_connection_params()
    return psycopg.conninfo.make_conninfo(
        **{key: settings[key] for key in ("dbname", "user", "host", "port") if key in settings}
    )


@pytest.fixture
def database() -> Iterator[psycopg.Connection]:
    # Django does not empty the queue's tables after a test: they are not its own.
    empty = "truncate procrastinate_workers, procrastinate_jobs cascade"
    with psycopg.connect(conninfo(), autocommit=True) as opened:
        opened.execute(empty)
        yield opened
        opened.execute(empty)


def wait_until(true: Callable[[], bool], *, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < until
        time.sleep(0.02)


def a_worker(database: psycopg.Connection, *, silent_for: float) -> int:
    row = database.execute(
        "insert into procrastinate_workers (last_heartbeat)"
        " values (clock_timestamp() - %s * interval '1 second') returning id",
        [silent_for],
    ).fetchone()
    assert row is not None
    return int(row[0])


def fetched_by(database: psycopg.Connection, worker: int) -> int:
    row = database.execute(
        "select id from procrastinate_fetch_job_v2(null, %s)", [worker]
    ).fetchone()
    assert row is not None
    return int(row[0])


def status(job: int) -> str:
    return str(ProcrastinateJob.objects.get(pk=job).status)


def test_the_job_of_a_silent_worker_is_put_back(database: psycopg.Connection) -> None:
    later("kit_tests.note", number=1)
    job = fetched_by(database, a_worker(database, silent_for=60))

    swept = sweep(database, silence=AT_ONCE)

    assert swept == Swept(requeued=1)
    assert status(job) == "todo"
    assert fetched_by(database, a_worker(database, silent_for=0)) == job


def test_the_job_of_a_worker_whose_row_is_gone_is_put_back(database: psycopg.Connection) -> None:
    later("kit_tests.note", number=1)
    job = fetched_by(database, a_worker(database, silent_for=0))
    database.execute("delete from procrastinate_workers")

    sweep(database, silence=AT_ONCE)

    assert status(job) == "todo"


def test_a_slow_job_of_a_living_worker_is_left_alone(database: psycopg.Connection) -> None:
    later("kit_tests.note", number=1)
    job = fetched_by(database, a_worker(database, silent_for=0))
    database.execute("update procrastinate_events set at = at - interval '3 hours'")

    swept = sweep(database, silence=timedelta(seconds=20))

    assert swept == Swept()
    assert status(job) == "doing"


def test_silence_while_the_database_was_down_does_not_count(database: psycopg.Connection) -> None:
    later("kit_tests.note", number=1)
    job = fetched_by(database, a_worker(database, silent_for=10**8))

    swept = sweep(database, silence=timedelta(days=365))  # the server started after that

    assert swept == Swept()
    assert status(job) == "doing"


def test_a_worker_that_came_back_in_between_keeps_its_job(database: psycopg.Connection) -> None:
    later("kit_tests.note", number=1)
    worker = a_worker(database, silent_for=60)
    job = fetched_by(database, worker)
    found = suspects(database, silence=AT_ONCE)
    database.execute("select procrastinate_update_heartbeat_v1(%s)", [worker])

    swept = put_back(database, found)

    assert swept == Swept()
    assert status(job) == "doing"


def test_a_job_that_keeps_losing_its_worker_is_given_up_and_seen(
    database: psycopg.Connection,
) -> None:
    later("kit_tests.note", number=1)

    def lose_a_worker() -> Swept:
        database.execute("update procrastinate_jobs set scheduled_at = null")
        fetched_by(database, a_worker(database, silent_for=60))
        return sweep(database, silence=AT_ONCE, deaths=3)

    swept = [lose_a_worker() for _ in range(3)]

    assert swept == [Swept(requeued=1), Swept(requeued=1), Swept(given_up=1)]
    assert ProcrastinateJob.objects.get().status == "failed"
    outcomes = PutBack.objects.order_by("pk").values_list("outcome", flat=True)
    assert list(outcomes) == ["PUT_BACK", "PUT_BACK", "GIVEN_UP"]


def test_a_stranded_job_steps_aside_for_its_double_in_the_queue(
    database: psycopg.Connection,
) -> None:
    once("kit_tests.note", "tidy", number=1)
    job = fetched_by(database, a_worker(database, silent_for=60))
    once("kit_tests.note", "tidy", number=1)

    swept = sweep(database, silence=AT_ONCE)

    assert swept == Swept(superseded=1)
    assert status(job) == "aborted"
    assert ProcrastinateJob.objects.filter(status="todo").count() == 1


def test_two_hosts_do_not_sweep_at_once(database: psycopg.Connection) -> None:
    later("kit_tests.note", number=1)
    fetched_by(database, a_worker(database, silent_for=60))
    with psycopg.connect(conninfo()) as other:
        other.execute("select pg_advisory_xact_lock(%s)", [SWEEPER_LOCK])

        swept = sweep(database, silence=AT_ONCE)

    assert swept == Swept(busy=True)


def test_a_suspicion_must_last() -> None:
    suspicions = Suspicions(confirm=12, longest_gap=15)
    suspect = Suspect(1, "note", None, None)

    looks = [suspicions.confirmed([suspect], at=at) for at in (100, 105, 110, 112)]

    assert looks == [[], [], [], [suspect]]


def test_after_the_machine_slept_suspicion_begins_anew() -> None:
    suspicions = Suspicions(confirm=12, longest_gap=15)
    suspect = Suspect(1, "note", None, None)

    looks = [suspicions.confirmed([suspect], at=at) for at in (100, 110, 400, 410)]

    assert looks == [[], [], [], []]


def test_the_loop_puts_back_and_outlives_a_lost_connection(database: psycopg.Connection) -> None:
    seen: list[Swept] = []
    loop = SweeperLoop(
        conninfo() + " application_name=the_sweeper",
        silence=AT_ONCE,
        every=0.05,
        suspicions=Suspicions(confirm=0.1, longest_gap=5),
        on_sweep=seen.append,
    )
    loop.start()
    try:
        wait_until(lambda: len(seen) > 1)
        database.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
            " where application_name = 'the_sweeper'"
        )
        later("kit_tests.note", number=1)
        job = fetched_by(database, a_worker(database, silent_for=60))

        wait_until(lambda: status(job) == "todo")
    finally:
        loop.stop()

    assert not loop.is_alive()
    assert Swept(requeued=1) in seen
