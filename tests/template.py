"""The migrations run once, not once a worker and a run: the database they made is copied.

A template is of one state of the migrations; what it lacks Django's own `migrate` adds.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parents[1]
OTHERS = ("django", "django-allauth", "procrastinate")  # they bring migrations, too
OTHER_STATES = 3  # of other branches, kept beside ours
BUILDING = 5_117_208  # the lock of whoever makes a template


@contextmanager
def one_of(dsn: str) -> Iterator[None]:
    """Within, Django makes the database of the tests: from the template, or for it."""
    name = f"ascolto_template_{fingerprint()}"
    with psycopg.connect(dsn, dbname="postgres", autocommit=True) as beside:
        beside.execute("select pg_advisory_lock(%s)", [BUILDING])
        known = _templates(beside)
        if name in known:
            connection.settings_dict["TEST"]["TEMPLATE"] = name
        yield
        if name not in known:
            _keep(beside, name, old=known)


def fingerprint() -> str:
    """Of everything that makes the tables what they are."""
    digest = hashlib.sha256(" ".join(version(one) for one in OTHERS).encode())
    for file in sorted(ROOT.glob("src/ascolto/*/migrations/*.py")):
        digest.update(f"{file.parent.parent.name}/{file.name}".encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def _templates(beside: psycopg.Connection) -> list[str]:
    rows = beside.execute(
        "select datname from pg_database where datname ~ '^ascolto_template_' order by oid"
    )
    return [name for (name,) in rows.fetchall()]


def _keep(beside: psycopg.Connection, name: str, *, old: list[str]) -> None:
    for one in old[:-OTHER_STATES]:
        beside.execute(SQL("drop database if exists {}").format(Identifier(one)))
    connection.close()  # nobody may be in what is copied
    made = Identifier(settings.DATABASES["default"]["NAME"])
    beside.execute(SQL("create database {} template {}").format(Identifier(name), made))
