"""The embedded server: found or started, left by the last one, recovered after a kill."""

import os
import shutil
import signal
import stat
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from ascolto.kit.postgres import CouldNotStart, EmbeddedPostgres, Server, database_url

QUICK = {"fsync": "off", "shared_buffers": "16MB", "max_connections": "20"}


@contextmanager
def a_home() -> Iterator[Path]:
    """A home that an unprivileged account can enter; `tmp_path` is closed to it."""
    folder = Path(tempfile.mkdtemp(prefix="kit"))
    folder.chmod(0o755)
    yield folder / "var"
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def begun() -> Iterator[Path]:
    with a_home() as home:
        with ours(home).attach_or_start():
            pass
        yield home


@pytest.fixture
def home(begun: Path) -> Iterator[Path]:
    """A home with a database that was made before and is stopped: making one takes a second."""
    # Tests that never left the server are all in this one process.
    (begun / "postgres.users").unlink(missing_ok=True)
    yield begun
    ours(begun).stop("immediate")


@pytest.fixture
def new_home() -> Iterator[Path]:
    with a_home() as home:
        yield home
        if home.exists():
            ours(home).stop("immediate")


@contextmanager
def moved(home: Path, elsewhere: Path) -> Iterator[Path]:
    elsewhere.parent.mkdir(parents=True, exist_ok=True)
    home.rename(elsewhere)
    yield elsewhere
    ours(elsewhere).stop()
    elsewhere.rename(home)


def ours(home: Path, patience: float = 60, **options: str) -> EmbeddedPostgres:
    refuge = home.parent / "refuge"
    return EmbeddedPostgres(home, {**QUICK, **options}, patience=patience, refuge=refuge)


def one(server: Server, query: str) -> object:
    with psycopg.connect(server.dsn()) as connection:
        row = connection.execute(query.encode()).fetchone()
        return row and row[0]


def postmaster(server: Server) -> int:
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def test_a_first_start_makes_a_database_fit_for_keeping_things(new_home: Path) -> None:
    server = ours(new_home).ensure()

    assert server.started_now
    assert one(server, "select current_database()") == "ascolto"
    assert one(server, "show data_checksums") == "on"
    assert one(server, "show synchronous_commit") == "on"
    assert one(server, "select lower('PERCHÉ')") == "perché"


def test_the_only_door_is_a_private_folder(home: Path) -> None:
    server = ours(home).ensure()

    assert one(server, "show listen_addresses") == ""
    assert stat.S_IMODE(server.socket_folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(server.data.stat().st_mode) == 0o700


def test_the_second_adopts_and_the_last_to_leave_stops_it(home: Path) -> None:
    serve, command = ours(home), ours(home)
    serve.ensure()

    adopted = command.ensure()
    serve.release()
    left_alone = command.live()
    command.release()

    assert not adopted.started_now
    assert left_alone is not None
    assert command.live() is None


def test_a_short_command_has_a_server_for_the_while(home: Path) -> None:
    postgres = ours(home)

    with postgres.attach_or_start() as server:
        assert one(server, "select 1") == 1
        assert database_url({}, home) == server.dsn()

    assert postgres.live() is None
    assert database_url({}, home) is None


def test_many_that_start_at_once_share_one_server(home: Path) -> None:
    servers: list[Server] = []
    threads = [
        threading.Thread(target=lambda: servers.append(ours(home).ensure())) for _ in range(4)
    ]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(server.started_now for server in servers) == [False, False, False, True]


def test_a_killed_server_comes_back_with_every_row(home: Path) -> None:
    server = ours(home).ensure()
    with psycopg.connect(server.dsn()) as connection:
        connection.execute("create table kept as select n from generate_series(1, 1000) n")
    os.kill(postmaster(server), signal.SIGKILL)

    again = ours(home).ensure()

    assert one(again, "select count(*) from kept") == 1000


def test_after_a_kill_we_wait_for_backends_that_still_work(home: Path) -> None:
    server = ours(home).ensure()
    busy = psycopg.connect(server.dsn(), autocommit=True)
    work = threading.Thread(target=_keep_busy, args=[busy, 3])
    work.start()
    wait_until_active(server, busy.info.backend_pid)
    os.kill(postmaster(server), signal.SIGKILL)

    with pytest.raises(CouldNotStart, match="shared memory"):
        ours(home, patience=0).ensure()
    again = ours(home).ensure()

    work.join()
    assert again.started_now


def wait_until_active(server: Server, backend: int) -> None:
    query = "select 1 from pg_stat_activity where pid = %s and state = 'active'"
    until = time.monotonic() + 60
    with psycopg.connect(server.dsn(), autocommit=True) as connection:
        while connection.execute(query, [backend]).fetchone() is None:
            assert time.monotonic() < until


def _keep_busy(connection: psycopg.Connection, seconds: int) -> None:
    loop = (
        "do $$ declare ends timestamptz := clock_timestamp() + interval '%s seconds';"
        " begin while clock_timestamp() < ends loop end loop; end $$"
    )
    with suppress(psycopg.OperationalError), connection:
        connection.execute((loop % seconds).encode())


def test_a_home_with_a_long_name_gets_a_short_socket_folder(home: Path) -> None:
    with moved(home, home.parent / ("a-name-with-spaces and-more-" * 4)) as long:
        server = ours(long).ensure()

        assert len(os.fsencode(server.socket_folder / ".s.PGSQL.5432")) <= 103
        assert one(server, "select 1") == 1
        assert stat.S_IMODE(server.socket_folder.stat().st_mode) == 0o700
    server.socket_folder.rmdir()


def test_a_name_that_a_url_would_misread_is_no_obstacle(home: Path) -> None:
    with moved(home, home.parent / "dati & cose? 100% più") as odd:
        assert one(ours(odd).ensure(), "select 1") == 1


def test_an_interrupted_first_start_leaves_nothing_half_made(new_home: Path) -> None:
    (new_home / "pgdata.new").mkdir(parents=True)
    (new_home / "pgdata.new" / "PG_VERSION").write_text("18\n")

    server = ours(new_home).ensure()

    assert one(server, "select 1") == 1


def test_a_start_that_fails_says_why(home: Path) -> None:
    with pytest.raises(CouldNotStart, match="shared_buffers"):
        ours(home, shared_buffers="plenty").ensure()


def test_a_database_of_your_own_comes_first(new_home: Path) -> None:
    assert database_url({"DATABASE_URL": " postgresql://db/x "}, new_home) == "postgresql://db/x"
    assert database_url({"DATABASE_URL": " "}, new_home) is None
    assert not new_home.exists()


def test_asking_for_the_address_of_a_stopped_server_is_an_error(new_home: Path) -> None:
    with pytest.raises(CouldNotStart, match="no database is running"):
        ours(new_home).dsn()
