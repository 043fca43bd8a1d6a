"""From the environment to a running Django, with a database under it."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ascolto.config.database import default_home
from ascolto.kit.environment import Environment
from ascolto.kit.postgres import EmbeddedPostgres


def home() -> Path:
    """The folder of an installation's data."""
    return Environment(os.environ).path("ASCOLTO_HOME", default_home())


def has_own_database() -> bool:
    """Whether somebody brought a PostgreSQL of his own."""
    return bool(os.environ.get("DATABASE_URL", "").strip())


def embedded() -> EmbeddedPostgres:
    return EmbeddedPostgres(home())


@contextmanager
def running() -> Iterator[None]:
    """Django, set up, on the database: the given one, or the embedded one for the while."""
    if has_own_database():
        set_up()
        yield
        return
    with embedded().attach_or_start() as server:
        os.environ["DATABASE_URL"] = server.dsn()
        set_up()
        yield


def set_up() -> None:
    """Set Django up and register the adapters. Once a process."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ascolto.config.settings")
    import django

    django.setup()
    from ascolto.config.wiring import wire

    wire()


def keep_loaded() -> None:
    """What is loaded by now stays for good: whoever looks for garbage need not go through all of it
    again, which takes tens of milliseconds in the middle of somebody's page."""
    gc.collect()
    gc.freeze()


def migrate() -> None:
    """Bring the database to this version. Does nothing, quickly, when it is there."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def collect_static() -> None:
    """Put the static files where they are served from; skipped when nothing changed."""
    from django.conf import settings
    from django.core.management import call_command

    from ascolto.desk.fonts import build_fonts

    build_fonts(settings.HOME / "fonts" / "fonts")
    stamp = settings.HOME / "static" / ".stamp"
    newest = str(max(_changed(Path(folder)) for folder in settings.STATICFILES_DIRS))
    if stamp.exists() and stamp.read_text() == newest:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(newest)


def _changed(folder: Path) -> float:
    return max((path.stat().st_mtime for path in folder.rglob("*")), default=0)
