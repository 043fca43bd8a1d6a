"""The steps of bringing a server up: make its files, run it, wait for it, read what it said."""

import os
import shutil
import subprocess
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg

from ascolto.kit.postgres.place import Place

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
LARGEST_LOG = 16 * 1024 * 1024
LINE_OF_SOCKET_FOLDER = 4  # in postmaster.pid, counted from 0
READY, NOT_YET = 0, 1  # the exit codes of pg_isready when somebody is there


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
        """A libpq URI. There is no password: whoever may enter the folder is let in."""
        return (
            f"postgresql://{DATABASE}@/{database}?host={quote(str(self.socket_folder))}&port=5432"
        )


def answering(place: Place) -> Server | None:
    """The live server of these files, at the socket that it says itself it listens on."""
    folder = _listening_at(place)
    if folder is None or _readiness(place, folder) != READY:
        return None
    return Server(folder, place.programs, place.data, started_now=False)


def occupied(place: Place) -> bool:
    """Whether a server has these files, even one that is starting, recovering or stopping."""
    folder = _listening_at(place)
    return folder is not None and _readiness(place, folder) in (READY, NOT_YET)


def _listening_at(place: Place) -> Path | None:
    try:
        lines = (place.data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return None  # no server, or not ours to see; starting one will say which
    if len(lines) <= LINE_OF_SOCKET_FOLDER:
        return None  # just being written: not ready in any case
    return Path(lines[LINE_OF_SOCKET_FOLDER])


def _readiness(place: Place, socket_folder: Path) -> int:
    program = place.programs / "pg_isready"
    return place.account.run(program, "-q", "-t", "5", "-h", socket_folder).returncode


def spawn(
    place: Place, socket_folder: Path, settings: Mapping[str, str]
) -> "subprocess.Popen[bytes]":
    command = [str(place.programs / "postgres"), "-D", str(place.data), "-k", str(socket_folder)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    place.log.touch(mode=0o600)  # a failing statement is logged with what it was about
    with place.log.open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 -- our own program, no shell
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,  # Ctrl-C on the application must not stop it before us
            **place.account.identity(),
        )
    # It may outlive us; if not, it is buried at once: a dead child still looks alive to pg_ctl.
    threading.Thread(target=process.wait, name="postgres", daemon=True).start()
    return process


def comes_up(
    place: Place, process: "subprocess.Popen[bytes]", socket_folder: Path, timeout: float
) -> bool:
    """Wait for the server to answer; False if it ended by itself."""
    until = time.monotonic() + timeout
    while time.monotonic() < until:
        if process.poll() is not None:
            return False
        if _readiness(place, socket_folder) == READY:
            return True
        time.sleep(0.03)
    raise CouldNotStart(f"PostgreSQL is still not ready after {timeout:.0f} s; see {place.log}")


def make_database_files(place: Place, *, durable: bool) -> None:
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


def create_database(server: Server) -> None:
    with psycopg.connect(server.dsn("postgres"), autocommit=True) as connection:
        found = connection.execute("select 1 from pg_database where datname = %s", [DATABASE])
        if found.fetchone() is None:
            connection.execute(f'create database "{DATABASE}"')


def rotate(log: Path) -> None:
    if log.exists() and log.stat().st_size > LARGEST_LOG:
        log.replace(log.with_suffix(".log.1"))


def log_after(log: Path, offset: int) -> str:
    with log.open("rb") as file:
        file.seek(offset)
        return file.read().decode(errors="replace")
