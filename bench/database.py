"""The database of the figures: an embedded server of its own, as durable as the product's.

ASCOLTO_BENCH_KEEP names a folder in which the server and what `kept_database` made stay from run to
run: a million conversations take minutes to make, and seconds to look at.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

from ascolto.config import boot
from ascolto.kit.postgres import EmbeddedPostgres

_numbers = count(1)


@contextmanager
def running_server() -> Iterator[None]:
    """The server in a folder that goes when the figures are done, and Django set up on it."""
    with _folder() as home:
        home.chmod(0o755)  # the server may have to run under another account
        server = EmbeddedPostgres(home / "var", refuge=home / "refuge")
        os.environ["DATABASE_URL"] = server.ensure().dsn()
        os.environ["ASCOLTO_HOME"] = str(home / "var")
        os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
        os.environ.setdefault("ASCOLTO_LOG", "ERROR")
        try:
            boot.set_up()
            yield
        finally:
            _close()
            server.release()  # a kept one may be looked at by another run


@contextmanager
def _folder() -> Iterator[Path]:
    kept = os.environ.get("ASCOLTO_BENCH_KEEP")
    if kept:
        Path(kept).mkdir(parents=True, exist_ok=True)
        yield Path(kept).resolve()
        return
    with tempfile.TemporaryDirectory(prefix="ascolto-bench-") as folder:
        yield Path(folder)


@contextmanager
def fresh_database() -> Iterator[str]:
    """An empty, migrated database under Django's connection and in DATABASE_URL; its address."""
    name = f"bench_{next(_numbers)}"
    _drop(name)
    try:
        with _database(name) as address:
            yield address
    finally:
        _drop(name)


@contextmanager
def kept_database(name: str) -> Iterator[bool]:
    """A migrated database that the next run finds again, if a folder is kept; whether it is new.

    One in which something failed while it was new is half made, and not kept.
    """
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        known = server.execute("select 1 from pg_database where datname = %s", (name,)).fetchone()
    try:
        with _database(name):
            yield known is None
    except BaseException:
        if known is None:
            _drop(name)
        raise


def _drop(name: str) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as server:
        server.execute(f'drop database if exists "{name}" with (force)')


@contextmanager
def _database(name: str) -> Iterator[str]:
    from django.db import connection

    outer, old_name = os.environ["DATABASE_URL"], connection.settings_dict["NAME"]
    address = outer.replace(f"/{old_name}?", f"/{name}?")
    with psycopg.connect(outer, autocommit=True) as server:
        known = server.execute("select 1 from pg_database where datname = %s", (name,)).fetchone()
        if known is None:
            server.execute(f'create database "{name}"')
    _point_at(name, address)
    try:
        boot.migrate()
        yield address
    finally:
        _point_at(old_name, outer)


def _point_at(name: str, address: str) -> None:
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name
    os.environ["DATABASE_URL"] = address
    ContentType.objects.clear_cache()


def _close() -> None:
    from django.db import connections

    connections.close_all()
