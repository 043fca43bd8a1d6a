"""A whole Ascolto for the end-to-end tests: its own processes, on the database of the test."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path

import httpx
from django.conf import settings
from django.db import connection

from ascolto.channels.models import Channel
from ascolto.desk.fonts import build_fonts
from ascolto.kit.secrets import seal
from tests import make
from tests.mailservers.world import MailWorld, UserBox
from tests.ports import free_port

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("web", "worker", "listen")
DESK = "assistenza@azienda.example"


@dataclass
class House:
    """`web`, `worker` and `listen` as an installer runs them."""

    port: int
    processes: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, part: str) -> None:
        self.processes[part] = subprocess.Popen(  # noqa: S603 # our own command
            [sys.executable, "-m", "ascolto.config.cli", part],
            cwd=ROOT,
            env=environment(self.port),
            start_new_session=True,
        )

    def kill(self, part: str) -> None:
        """As the machine would: no time to say goodbye."""
        self.processes[part].kill()
        self.processes[part].wait(30)

    def stop(self) -> None:
        for process in self.processes.values():
            process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(30)

    def wait_until_ready(self, *, seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while True:
            try:
                if httpx.get(f"{self.url}/healthz", timeout=2).status_code == HTTPStatus.OK:
                    return
            except httpx.HTTPError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


def environment(port: int) -> dict[str, str]:
    """What the processes are told: the test's database, and one address to answer at."""
    database = settings.DATABASES["default"]
    return {
        **{key: value for key, value in os.environ.items() if not key.startswith("ASCOLTO_TEST")},
        "DATABASE_URL": _address(connection.settings_dict, str(database["NAME"])),
        "DJANGO_SETTINGS_MODULE": "tests.e2e.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "PORT": str(port),
        "ASCOLTO_URL": f"http://127.0.0.1:{port}",
    }


def _address(given: dict[str, object], name: str) -> str:
    parts = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "dbname": name}
    return " ".join(f"{key}='{value}'" for key, value in parts.items() if value)


@contextmanager
def open_house(parts: tuple[str, ...] = PARTS) -> Iterator[House]:
    """Start the parts, wait until the door answers, and stop them in order at the end."""
    house = House(free_port())
    build_fonts(settings.HOME / "fonts" / "fonts")
    try:
        for part in parts:
            house.start(part)
        if "web" in parts:
            house.wait_until_ready()
        yield house
    finally:
        house.stop()


def real_mailbox(world: MailWorld, address: str = DESK) -> tuple[Channel, UserBox]:
    """The company's mailbox on the real mail servers, as a channel."""
    box = world.add_user(address)
    channel = make.mailbox(address.partition("@")[0])
    channel.address = address
    channel.settings = {
        "imap": {
            "host": "127.0.0.1",
            "port": world.dovecot.imap_port,
            "security": "plain",
            "user": address,
            "allow_plain": True,
        },
        "smtp": {
            "host": "127.0.0.1",
            "port": world.postfix.plain_port,
            "security": "plain",
            "allow_plain": True,
        },
    }
    channel.secret = seal(json.dumps({"imap_password": box.password}))
    channel.save()
    return channel, box
