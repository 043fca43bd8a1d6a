"""Mails are read in a child process: one hostile mail costs one child, never the worker.

Inside the child memory and processor time are limited by the kernel, which also stops what a
timer in Python can't (a loop in a C extension). The wall limit is kept here.
"""

import contextlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from ascolto.channels.adapters.email import wire
from ascolto.channels.adapters.email.values import ReadMail

MEMORY = 200 * 1024 * 1024
WALL_SECONDS = 2.0
START_SECONDS = 20.0
_SOURCE = Path(__file__).parents[4]


class Unreadable(Exception):
    """The mail could not be read within the limits; its raw bytes must be kept and shown."""


class GuardedReader:
    """Reads mails one at a time; may be shared by threads. Starts its child when first needed.

    The child is a new interpreter, not a fork, so that it can be started in a process with
    threads and open connections.
    """

    def __init__(self, *, wall_seconds: float = WALL_SECONDS, memory: int = MEMORY) -> None:
        self._wall_seconds = wall_seconds
        self._memory = memory
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def child_pid(self) -> int | None:
        return self._child.pid if self._child is not None else None

    def read(self, raw: bytes) -> ReadMail:
        """As `read_message`, or `Unreadable` when that took too much or crashed."""
        with self._lock:
            child = self._living_child()
            try:
                answer = wire.exchange(child, raw, time.monotonic() + self._wall_seconds)
                return wire.unpack(answer)
            except TimeoutError:
                self._stop()
                raise Unreadable(f"not read within {self._wall_seconds:g} s") from None
            except (OSError, msgspec.MsgspecError) as problem:
                code = self._stop()
                raise Unreadable(f"the reader stopped (exit {code})") from problem
            except BaseException:
                self._stop()  # half an exchange is left in the pipe
                raise

    def close(self) -> None:
        """Let the child end by itself, then make sure."""
        with self._lock:
            child = self._child
            if child is None:
                return
            if child.stdin is not None:
                with contextlib.suppress(OSError):
                    child.stdin.close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=1)
            self._stop()

    def _living_child(self) -> subprocess.Popen[bytes]:
        if self._child is not None and self._child.poll() is None:
            return self._child
        self._stop()
        seconds = max(1, round(self._wall_seconds))
        self._child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-m", f"{__package__}.guard_child", str(self._memory), str(seconds)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            env=environment(),
            start_new_session=True,  # Ctrl-C is for the worker, which then closes us
        )
        try:
            wire.exchange(self._child, None, time.monotonic() + START_SECONDS)
        except OSError as problem:
            code = self._stop()
            raise Unreadable(f"the reader did not start (exit {code})") from problem
        return self._child

    def _stop(self) -> int | None:
        child, self._child = self._child, None
        if child is None:
            return None
        if child.poll() is None:
            child.kill()
        code = child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()
        return code


def environment() -> dict[str, str]:
    """No passwords and no database address for a process that reads strangers' bytes."""
    known = os.environ.get("PYTHONPATH")
    paths = [str(_SOURCE), *([known] if known else [])]
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(paths)}
