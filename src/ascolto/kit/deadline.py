"""One deadline for a whole HTTP exchange, whatever the other side does in between.

A timeout for each read is not enough: a server that sends one byte of header a second never runs
into it. So when the time is up, the socket is shut from outside.
"""

import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import httpx

SHORTEST = 0.001  # seconds: zero would mean "do not wait at all" to some, "for ever" to others


class Deadline:
    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._socket: socket.socket | None = None

    def left(self) -> float:
        return max(SHORTEST, self._until - time.monotonic())

    def passed(self) -> bool:
        return time.monotonic() >= self._until

    def check(self) -> None:
        if self.passed():
            raise TimeoutError

    @contextmanager
    def client(self, connect: float) -> Iterator[httpx.Client]:
        """A client for one exchange, that ends by the deadline. It knows no proxies.

        `connect` is the number of seconds to wait for this one address to answer at all.
        """
        alarm = threading.Timer(self.left(), self._cut)
        alarm.daemon = True
        alarm.start()
        try:
            with httpx.Client(
                timeout=httpx.Timeout(self.left(), connect=min(connect, self.left())),
                trust_env=False,
                follow_redirects=False,
            ) as client:
                yield client
        finally:
            alarm.cancel()
            self._socket = None

    def watch(self, event: str, info: Mapping[str, Any]) -> None:
        """Given to httpx as its `trace`: notes the socket as soon as there is one."""
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            self._socket = info["return_value"].get_extra_info("socket")
            if self.passed():  # the alarm rang before there was anything to cut
                self._cut()

    def _cut(self) -> None:
        opened = self._socket
        if opened is not None:
            with suppress(OSError):
                # Not the method of an SSL socket, which would first take leave of the other side.
                socket.socket.shutdown(opened, socket.SHUT_RDWR)
