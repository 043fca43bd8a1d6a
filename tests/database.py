"""The database of the tests: one embedded server for every run and worker, fast and careless."""

import atexit
import os
import tempfile
from pathlib import Path

from ascolto.kit.postgres import EmbeddedPostgres

CARELESS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def dsn() -> str:
    """The address of the server; starts it if no other run has."""
    given = os.environ.get("ASCOLTO_TEST_DATABASE_URL")
    if given:
        return given
    home = Path(tempfile.gettempdir()) / f"ascolto-tests-{os.getuid()}"
    server = EmbeddedPostgres(home, options=CARELESS)
    address = server.ensure().dsn()
    atexit.register(server.release)
    return address
