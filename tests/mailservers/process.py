"""Starting and stopping one server in the foreground, by its own process id."""

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

START_SECONDS = 60
ATTEMPTS = 3
STOP_SECONDS = 10


class DidNotStart(Exception):
    """The server ended, or did not listen in time. The message ends with its log."""


class Server:
    """One program in a process group of its own, so that nothing of it outlives a test run."""

    def __init__(self, command: Sequence[str], log: Path, ready: Callable[[], bool]) -> None:
        self._command = command
        self._log = log
        self._ready = ready
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it is ready. Raises `DidNotStart`."""
        for _ in range(ATTEMPTS):
            if self._is_up():
                return
            time.sleep(1)
        raise DidNotStart(f"{self._command[0]}:\n{self._log.read_text()[-3000:]}")

    def _is_up(self) -> bool:
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - a command of ours
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while not self._ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                return False
            time.sleep(0.03)
        return True

    def stop(self) -> None:
        """Ask it to end; make sure that it did."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_SECONDS)
        self.kill()

    def kill(self) -> None:
        """As a power cut would: the program and its children, at once."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None


def listens(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
