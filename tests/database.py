"""The database of the tests: one embedded server for every run and worker, fast and careless."""

import atexit
import os
import tempfile
from pathlib import Path

import psycopg

from ascolto.kit.postgres import EmbeddedPostgres

CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def dsn() -> str:
    """The address of the server; starts it if no other run has."""
    given = os.environ.get("ASCOLTO_TEST_DATABASE_URL")
    if given:
        return given
    home = Path(tempfile.gettempdir()) / f"ascolto-tests-{os.getuid()}"
    server = EmbeddedPostgres(home, options=CARELESS)
    running = server.ensure()
    atexit.register(server.release)
    _forget_killed_runs(running.dsn("postgres"))
    return running.dsn()


def _forget_killed_runs(address: str) -> None:
    """Drop the databases of runs that were killed before they could do it themselves."""
    with psycopg.connect(address, autocommit=True) as connection:
        names = connection.execute("select datname from pg_database where datname ~ '^test_[0-9]'")
        for (name,) in names.fetchall():
            pid = int(name.split("_")[1])
            if not Path(f"/proc/{pid}").exists() and Path("/proc/self").exists():
                connection.execute(f'drop database if exists "{name}" with (force)')
