"""`ascolto serve`: the database, the pages, the workers and the listeners, as one command.

A parent that does nothing but watch: it starts the parts as processes of their own, starts again
what dies, and stops them in order. A part that hangs or is killed takes no other with it.
"""

import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field

from ascolto.config import boot
from ascolto.config.processes.orphan import PARENT
from ascolto.kit.environment import Environment
from ascolto.kit.postgres import CouldNotStart, EmbeddedPostgres

PARTS = ("web", "worker", "listen")
LOOK_EVERY = 0.5  # seconds
DATABASE_EVERY = 2.0
LONGEST_REST = 20.0
GRACE = 20.0

logger = logging.getLogger("ascolto.serve")


@dataclass(slots=True)
class Part:
    """One child process, started again when it dies, a little later each time."""

    name: str
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    rest: float = 0.0
    not_before: float = field(default=0.0)

    def look(self, *, at: float) -> None:
        if self.process is not None and self.process.poll() is None:
            if at - self.started > LONGEST_REST:
                self.rest = 0.0
            return
        if self.process is not None:
            logger.warning("%s ended (%s); starting it again", self.name, self.process.returncode)
            self.process = None
            self.not_before = at + self.rest
            self.rest = min(LONGEST_REST, self.rest * 2 + 0.5)
        if at >= self.not_before:
            # A session of its own: Ctrl-C in the terminal is for the parent, who stops in order.
            self.process = subprocess.Popen(  # noqa: S603 # our own command, no shell
                [sys.executable, "-m", "ascolto.config.cli", self.name],
                env={**os.environ, PARENT: str(os.getpid())},
                start_new_session=True,
            )
            self.started = at

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def gone(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            logger.warning("%s did not stop in time and is killed", self.name)
            self.process.kill()
            self.process.wait()


class PortTaken(Exception):
    """Something answers at our address already."""


def serve(*, demo: bool) -> int:
    """Run until told to stop. Returns 0 after an orderly end."""
    _refuse_a_taken_port()
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    postgres = None if boot.has_own_database() else boot.embedded()
    if postgres is not None:
        os.environ["DATABASE_URL"] = postgres.ensure().dsn()
    try:
        boot.set_up()
        boot.migrate()
        boot.collect_static()
        words = _move_in(load_demo=demo)
        _watch(postgres, stop, words)
    finally:
        if postgres is not None:
            postgres.release()
    return 0


def _watch(postgres: EmbeddedPostgres | None, stop: threading.Event, words: str) -> None:
    parts = [Part(name) for name in PARTS]
    database_at = time.monotonic()
    announced = False
    while not stop.is_set():
        now = time.monotonic()
        if postgres is not None and now - database_at > DATABASE_EVERY:
            database_at = now
            _keep_alive(postgres)
        for part in parts:
            part.look(at=now)
        if not announced and _answers():
            print(words, flush=True)
            announced = True
        stop.wait(LOOK_EVERY)
    for part in parts:
        part.stop()
    deadline = time.monotonic() + GRACE
    for part in parts:
        part.gone(deadline)


def _keep_alive(postgres: EmbeddedPostgres) -> None:
    if postgres.live() is not None:
        return
    logger.warning("the database is gone; starting it again")
    try:
        postgres.ensure()
    except CouldNotStart:
        logger.exception("the database does not start; trying again")


def _address() -> tuple[str, int]:
    environment = Environment(os.environ)
    return (
        environment.text("ASCOLTO_HOST", "127.0.0.1"),
        environment.number("PORT", 8000, low=1, high=65535),
    )


def _answers() -> bool:
    """Whether the pages can be reached: only then is the address told."""
    host, port = _address()
    try:
        with socket.create_connection(("127.0.0.1" if host == "0.0.0.0" else host, port), 0.3):  # noqa: S104 # compared, not bound
            return True
    except OSError:
        return False


def _refuse_a_taken_port() -> None:
    host, port = _address()
    if _answers():
        raise PortTaken(
            f"something answers at http://{host}:{port} already: stop it, or set PORT to another"
        )


def _move_in(*, load_demo: bool) -> str:
    """Load the demo company into an empty installation; the words that say where to go."""
    from django.conf import settings
    from django.db import connections
    from django.utils import timezone

    from ascolto.config.demo import load
    from ascolto.desk.setup_code import setup_code

    if load_demo and load.is_fresh():
        print("First start: the fictional company Alba Telefonia moves in …", flush=True)
        load.load(now=timezone.now())
    sign_in = load.sign_in()
    words = [f"\n  Ascolto is at  {settings.PUBLIC_URL}/"]
    if sign_in is not None:
        words.append(f"  Sign in as     {sign_in.email}  with  {sign_in.password}")
    elif load.is_fresh():
        words.append(f"  Set it up at   {settings.PUBLIC_URL}/avvio/  code  {setup_code()}")
    connections.close_all()
    return "\n".join([*words, "  Stop it with   Ctrl-C\n"])
