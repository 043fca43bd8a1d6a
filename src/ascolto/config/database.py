"""From a database address to Django's settings."""

from pathlib import Path
from typing import Any

from psycopg.conninfo import conninfo_to_dict

NOT_RUNNING = "postgresql:///no-database-is-running"
WAIT = 1.5  # seconds for a connection: who waits at a page is told soon that there is none


def django_database(dsn: str, *, pool_size: int) -> dict[str, Any]:
    """The `DATABASES` entry for a libpq address. Connections are checked when taken out."""
    parts = {key: str(value) for key, value in conninfo_to_dict(dsn).items() if value is not None}
    named = {key: parts.pop(key, "") for key in ("dbname", "user", "password", "host", "port")}
    pool = {"min_size": 1, "max_size": pool_size, "timeout": WAIT, "max_idle": 300}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": named["dbname"],
        "USER": named["user"],
        "PASSWORD": named["password"],
        "HOST": named["host"],
        "PORT": named["port"],
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**parts, **({"pool": pool} if pool_size else {})},
    }


def default_home() -> Path:
    """Where data lives when nobody says: `var/` under the folder Ascolto is started from."""
    return Path("var")
