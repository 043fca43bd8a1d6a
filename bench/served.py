"""`ascolto web` and `ascolto worker` as processes of their own, as in production."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

STARTS_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Served:
    port: int
    pid: int

    def memory(self) -> float:
        """What the process holds in memory now, in MB (Linux)."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        return 0.0

    def work(self) -> float:
        """The processor time it has used so far, in seconds (Linux)."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def web() -> Iterator[Served]:
    """The product's own server, on the database under DATABASE_URL and a port of this machine."""
    port = _free_port()
    with _running("web", PORT=str(port), ASCOLTO_HOST="127.0.0.1") as process:
        _wait_for(port, process)
        yield Served(port, process.pid)


@contextmanager
def worker() -> Iterator[Served]:
    """The product's own worker, on the same database. Ready when it has taken a job."""
    with _running("worker") as process:
        yield Served(0, process.pid)


@contextmanager
def _running(part: str, **settings: str) -> "Iterator[subprocess.Popen[bytes]]":
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "ascolto.config.settings", **settings}
    command = [sys.executable, "-m", "ascolto.config.cli", part]
    process = subprocess.Popen(command, env=environment)  # noqa: S603 # our own
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"ascolto web ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("ascolto web did not start in time")
