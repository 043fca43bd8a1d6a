"""`ascolto web` as a process of its own, on a port of this machine alone."""

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
    """The product's own server, on the database under DATABASE_URL."""
    port = _free_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "ASCOLTO_HOST": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "ascolto.config.settings",
    }
    process = subprocess.Popen([sys.executable, "-m", "ascolto.config.cli", "web"], env=environment)
    try:
        _wait_for(port, process)
        yield Served(port, process.pid)
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
