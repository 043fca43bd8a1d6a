"""A whole installation under attack: `ascolto serve` on a durable database of its own."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from ascolto.kit.postgres import EmbeddedPostgres
from tests.e2e.house import ROOT
from tests.mailservers.world import MailWorld, UserBox
from tests.ports import free_port

PARTS = ("web", "worker", "listen")


@dataclass
class Theatre:
    """The stage, the actors' pids, and the ledger of what must be there at the end."""

    home: Path
    box: UserBox
    world: MailWorld
    dice: random.Random
    serve: "subprocess.Popen[bytes] | None" = None
    killed: list[str] = field(default_factory=list)

    def environment(self) -> dict[str, str]:
        return {
            **{key: value for key, value in os.environ.items() if key != "DATABASE_URL"},
            "ASCOLTO_HOME": str(self.home),
            "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
            "PORT": str(free_port()),
            "ASCOLTO_LOG": "ERROR",
            "FURNISH": json.dumps(
                {
                    "address": self.box.address,
                    "password": self.box.password,
                    "imap_port": str(self.world.dovecot.imap_port),
                    "smtp_port": str(self.world.postfix.plain_port),
                }
            ),
        }

    def open(self) -> None:
        furnishing = [sys.executable, "-m", "tests.faults.furnish"]
        subprocess.run(furnishing, cwd=ROOT, env=self.environment(), check=True)  # noqa: S603
        self.serve = subprocess.Popen(  # our own command
            [sys.executable, "-m", "ascolto.config.cli", "serve", "--no-demo"],
            cwd=ROOT,
            env=self.environment(),
        )

    def close(self) -> None:
        if self.serve is not None:
            self.serve.send_signal(signal.SIGTERM)
            self.serve.wait(60)

    def kill_a_part(self) -> None:
        """Kill one of web, worker and listen, without warning. The worker is the first to go."""
        assert self.serve is not None
        part = self.dice.choice(PARTS) if "worker" in self.killed else "worker"
        for child in psutil.Process(self.serve.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):  # a short-lived one, gone meanwhile
                if part in child.cmdline():
                    child.kill()
                    self.killed.append(part)
                    return

    def kill_the_database(self) -> None:
        """Kill the postmaster; `serve` must notice and start it again."""
        server = EmbeddedPostgres(self.home).live()
        assert server is not None
        pid = int((server.data / "postmaster.pid").read_text().splitlines()[0])
        os.kill(pid, signal.SIGKILL)
        self.killed.append("database")

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """One look at the database, patient while it comes back."""
        deadline = time.monotonic() + 120
        while True:
            try:
                address = EmbeddedPostgres(self.home).dsn()
                with psycopg.connect(address, connect_timeout=5) as connection:
                    return connection.execute(question.encode()).fetchall()
            except Exception:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.5)

    def count(self, question: str) -> int:
        number = self.ask(question)[0][0]
        assert isinstance(number, int)
        return number

    def wait_until(self, question: str, wanted: int, *, seconds: float) -> int:
        """Until the answer to `question` is `wanted`; the last answer in any case."""
        deadline = time.monotonic() + seconds
        while (found := self.count(question)) != wanted and time.monotonic() < deadline:
            time.sleep(0.5)
        return found
