"""Starts, adopts and stops the embedded PostgreSQL.

Whoever finds it running adopts it; the last one to leave stops it. A server that was killed is
recovered by the next start. `postmaster.pid` is never deleted: it is PostgreSQL's own guard
against two servers on one set of files.
"""

import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ascolto.kit.postgres.locks import SharedUse, exclusive
from ascolto.kit.postgres.place import REFUGE, Place, find_place
from ascolto.kit.postgres.starting import (
    SETTINGS,
    CouldNotStart,
    Server,
    answering,
    comes_up,
    create_database,
    log_after,
    make_database_files,
    occupied,
    rotate,
    spawn,
)

logger = logging.getLogger("ascolto.postgres")

BUSY = ("pre-existing shared memory block", "already exists")  # another server is still going


@dataclass(slots=True)
class EmbeddedPostgres:
    """One embedded database, kept under `home`.

    `options` are PostgreSQL settings laid over `SETTINGS`. `patience` is how many seconds to wait
    for the backends of a killed server to end; `recovery` how long a start may take altogether.
    """

    home: Path
    options: Mapping[str, str] = field(default_factory=dict)
    patience: float = 60
    recovery: float = 600
    refuge: Path = REFUGE
    _use: SharedUse | None = field(default=None, init=False)

    def ensure(self) -> Server:
        """A running server: adopted if there is one, else started. Call `release` when done."""
        place = find_place(self.home, self.refuge)
        with exclusive(place.lock):
            server = answering(place)
            if server is None:
                make_database_files(place, durable=self.options.get("fsync") != "off")
                server = self._start(place)
            create_database(server)
            self._use = self._use or SharedUse(place.users)
        return server

    def release(self) -> None:
        """Leave the server; whoever leaves last stops it."""
        if self._use is None:
            return
        place = find_place(self.home, self.refuge)
        with exclusive(place.lock):
            last = self._use.is_the_last()
            self._use.close()
            self._use = None
            if last:
                self._stop(place, "fast")

    def stop(self, mode: Literal["smart", "fast", "immediate"] = "fast") -> None:
        """Stop the server whoever uses it. `immediate` is a crash: the next start recovers."""
        place = find_place(self.home, self.refuge)
        with exclusive(place.lock):
            self._stop(place, mode)
            if self._use is not None:
                self._use.close()
                self._use = None

    @contextmanager
    def attach_or_start(self) -> Iterator[Server]:
        """For short commands: use the running server, or one of our own for the while."""
        server = self.ensure()
        try:
            yield server
        finally:
            self.release()

    def live(self) -> Server | None:
        """The server if it answers now; starts nothing."""
        return answering(find_place(self.home, self.refuge))

    def dsn(self) -> str:
        """The address of the running server. Raises `CouldNotStart` if there is none."""
        server = self.live()
        if server is None:
            raise CouldNotStart(f"no database is running in {self.home}")
        return server.dsn()

    def _start(self, place: Place) -> Server:
        rotate(place.log)
        socket_folder = place.socket_folder()
        busy_until = time.monotonic() + self.patience
        said = False
        while True:
            log_before = place.log.stat().st_size if place.log.exists() else 0
            process = spawn(place, socket_folder, {**SETTINGS, **self.options})
            if comes_up(place, process, socket_folder, self.recovery):
                return Server(socket_folder, place.programs, place.data, started_now=True)
            words = log_after(place.log, log_before)
            server = answering(place)
            if server is not None:  # it was recovering by itself
                return server
            if not any(sign in words for sign in BUSY) or time.monotonic() > busy_until:
                raise CouldNotStart(f"PostgreSQL did not start; {place.log} ends:\n{words[-2000:]}")
            if not said:
                logger.warning(
                    "the last PostgreSQL was killed and parts of it still hold its memory: "
                    "trying again for %d s",
                    self.patience,
                )
                said = True
            time.sleep(0.5)

    def _stop(self, place: Place, mode: str) -> None:
        # Only one that is there: the number in an old postmaster.pid may be anybody's by now.
        if not occupied(place):
            return
        pg_ctl = place.programs / "pg_ctl"
        stopped = place.account.run(pg_ctl, "stop", "-w", "-t", "120", "-m", mode, "-D", place.data)
        if stopped.returncode != 0:
            logger.warning("PostgreSQL was not stopped: %s", stopped.stderr.strip())


def database_url(environment: Mapping[str, str], home: Path) -> str | None:
    """`DATABASE_URL` if it is set, else the running embedded server of `home`, else None."""
    given = environment.get("DATABASE_URL", "").strip()
    if given:
        return given
    if not (home / "postgres.lock").exists():
        return None  # never started here: do not create folders only to look
    server = EmbeddedPostgres(home).live()
    return None if server is None else server.dsn()
