"""The database of the figures: an embedded server of its own, as durable as the product's."""

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
    with tempfile.TemporaryDirectory(prefix="ascolto-bench-") as folder:
        home = Path(folder)
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
            server.stop()


@contextmanager
def fresh_database() -> Iterator[str]:
    """An empty, migrated database under Django's connection and in DATABASE_URL; its address."""
    from django.db import connection

    outer, name = os.environ["DATABASE_URL"], f"bench_{next(_numbers)}"
    old_name = connection.settings_dict["NAME"]
    address = outer.replace(f"/{old_name}?", f"/{name}?")
    with psycopg.connect(outer, autocommit=True) as server:
        server.execute(f'create database "{name}"')
    _point_at(name, address)
    try:
        boot.migrate()
        yield address
    finally:
        _point_at(old_name, outer)
        with psycopg.connect(outer, autocommit=True) as server:
            server.execute(f'drop database if exists "{name}" with (force)')


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
