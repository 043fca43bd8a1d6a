"""Starts, adopts and stops the embedded PostgreSQL.

Whoever finds it running adopts it; the last one to leave stops it. A server that was killed is
recovered by the next start. `postmaster.pid` is never deleted: it is PostgreSQL's own guard
against two servers on one set of files.
"""

import logging
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import psycopg

from ascolto.kit.postgres.locks import SharedUse, exclusive
from ascolto.kit.postgres.place import REFUGE, Place, find_place

logger = logging.getLogger("ascolto.postgres")

DATABASE = "ascolto"
SETTINGS = {
    "listen_addresses": "",  # no TCP at all: the socket's private folder is the only door
    "synchronous_commit": "on",  # what was acknowledged survives a power cut
    "wal_compression": "pglz",
    "shared_buffers": "128MB",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",  # many short queries: compiling them costs more than it saves
}
BUSY = ("pre-existing shared memory block", "already exists")  # another server is still going
LARGEST_LOG = 16 * 1024 * 1024
LINE_OF_SOCKET_FOLDER = 4  # in postmaster.pid, counted from 0


class CouldNotStart(Exception):
    """The server did not come up; the message quotes the end of its log."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers."""

    socket_folder: Path
    programs: Path  # psql, pg_dump, pg_restore, pg_basebackup … are in here
    data: Path
    started_now: bool  # False: it was running already, and was adopted

    def dsn(self, database: str = DATABASE) -> str:
        """A libpq URI; the socket's folder is percent-encoded by the rules of libpq."""
        host = "".join(
            char if char.isascii() and (char.isalnum() or char in "/-._") else _percent(char)
            for char in os.fsdecode(self.socket_folder)
        )
        return f"postgresql://{DATABASE}@/{database}?host={host}&port=5432"


def _percent(char: str) -> str:
    return "".join(f"%{byte:02X}" for byte in os.fsencode(char))


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
    _process: "subprocess.Popen[bytes] | None" = field(default=None, init=False)

    def ensure(self) -> Server:
        """A running server: adopted if there is one, else started. Call `release` when done."""
        place = find_place(self.home, self.refuge)
        with exclusive(place.lock):
            self._use = self._use or SharedUse(place.users)
            server = _answering(place)
            if server is None:
                _make_database_files(place, durable=self.options.get("fsync") != "off")
                server = self._start(place)
            _create_database(server)
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
        return _answering(find_place(self.home, self.refuge))

    def dsn(self) -> str:
        """The address of the running server. Raises `CouldNotStart` if there is none."""
        server = self.live()
        if server is None:
            raise CouldNotStart(f"no database is running in {self.home}")
        return server.dsn()

    def _start(self, place: Place) -> Server:
        _rotate(place.log)
        socket_folder = place.socket_folder()
        busy_until = time.monotonic() + self.patience
        said = False
        while True:
            log_before = place.log.stat().st_size if place.log.exists() else 0
            self._process = _spawn(place, socket_folder, {**SETTINGS, **self.options})
            if _comes_up(place, self._process, socket_folder, self.recovery):
                return Server(socket_folder, place.programs, place.data, started_now=True)
            words = _log_after(place.log, log_before)
            server = _answering(place)
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
        if (place.data / "postmaster.pid").exists():
            place.account.run(
                place.programs / "pg_ctl", "stop", "-w", "-t", "120", "-m", mode, "-D", place.data
            )
        if self._process is not None:
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=10)
            self._process = None


def database_url(environment: Mapping[str, str], home: Path) -> str | None:
    """`DATABASE_URL` if it is set, else the running embedded server of `home`, else None."""
    given = environment.get("DATABASE_URL", "").strip()
    if given:
        return given
    if not (home / "postgres.lock").exists():
        return None  # never started here: do not create folders only to look
    server = EmbeddedPostgres(home).live()
    return None if server is None else server.dsn()


def _answering(place: Place) -> Server | None:
    """The live server of these files, at the socket that it says itself it listens on."""
    try:
        lines = (place.data / "postmaster.pid").read_text().splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if len(lines) <= LINE_OF_SOCKET_FOLDER:
        return None  # just being written: not ready in any case
    folder = Path(lines[LINE_OF_SOCKET_FOLDER])
    if not _is_ready(place, folder):
        return None
    return Server(folder, place.programs, place.data, started_now=False)


def _is_ready(place: Place, socket_folder: Path) -> bool:
    program = place.programs / "pg_isready"
    return place.account.run(program, "-q", "-t", "5", "-h", socket_folder).returncode == 0


def _spawn(
    place: Place, socket_folder: Path, settings: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    command = [str(place.programs / "postgres"), "-D", str(place.data), "-k", str(socket_folder)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    with place.log.open("ab") as log:
        return subprocess.Popen(  # noqa: S603 -- our own program, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,  # Ctrl-C on the application must not stop it before us
            **place.account.identity(),
        )


def _comes_up(
    place: Place, process: "subprocess.Popen[bytes]", socket_folder: Path, timeout: float
) -> bool:
    """Wait for the server to answer; False if it ended by itself."""
    until = time.monotonic() + timeout
    while time.monotonic() < until:
        if process.poll() is not None:
            return False
        if _is_ready(place, socket_folder):
            return True
        time.sleep(0.03)
    raise CouldNotStart(f"PostgreSQL is still not ready after {timeout:.0f} s; see {place.log}")


def _make_database_files(place: Place, *, durable: bool) -> None:
    """initdb into a folder of its own, then rename: a killed initdb leaves nothing half made."""
    if place.data.exists():
        return
    half = place.base / "pgdata.new"
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(mode=0o700)
    place.account.own(half)
    command = [str(place.programs / "initdb"), "-D", str(half), "-U", DATABASE]
    command += ["--auth-local=trust", "--auth-host=reject", "-E", "UTF8", "--locale=C.UTF-8"]
    command += ["--data-checksums", "--no-instructions", *([] if durable else ["--no-sync"])]
    made = place.account.run(*command)
    if made.returncode != 0:
        raise CouldNotStart(f"initdb failed: {made.stderr.strip() or made.stdout.strip()}")
    half.rename(place.data)
    if durable:
        folder = os.open(place.base, os.O_RDONLY)
        os.fsync(folder)  # else a power cut could undo the rename, and the next start delete it
        os.close(folder)


def _create_database(server: Server) -> None:
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        found = connection.execute("select 1 from pg_database where datname = %s", [DATABASE])
        if found.fetchone() is None:
            connection.execute(f'create database "{DATABASE}"')


def _rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))


def _log_after(log: Path, offset: int) -> str:
    with log.open("rb") as file:
        file.seek(offset)
        return file.read().decode(errors="replace")
