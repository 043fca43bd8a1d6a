"""A WebSocket to an address that somebody else chose, as guarded as `kit.fetch`.

The name is resolved once, only public addresses are dialled, no redirect is followed, no proxy is
used, and a message has a largest size.
"""

import socket
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from http import HTTPStatus

import httpx
from websockets.exceptions import (
    ConnectionClosed,
    InvalidStatus,
    InvalidURI,
    WebSocketException,
)
from websockets.sync.client import ClientConnection, connect

from ascolto.kit.deadline import Deadline
from ascolto.kit.targets import PORTS, FetchFailed, Refused, reachable

CONNECT_SECONDS = 15.0
LARGEST = 4 * 1024 * 1024  # bytes of one message, after decompression


class TurnedAway(FetchFailed):
    """The server answered the handshake with a no."""

    def __init__(self, status: int) -> None:
        super().__init__(f"answered {status}")
        self.status = status

    @property
    def for_good(self) -> bool:
        """Whether it is about who we are: trying again would not help."""
        return self.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


class WebSocket:
    """One open connection. Used by one thread."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    def receive(self, seconds: float) -> str | bytes | None:
        """The next message, or None when none came in time. Raises `FetchFailed`."""
        try:
            return self._connection.recv(timeout=seconds)
        except TimeoutError:
            return None
        except ConnectionClosed as problem:
            raise FetchFailed(f"the connection was closed: {problem}") from problem

    def send(self, text: str) -> None:
        """Raises `FetchFailed`."""
        try:
            self._connection.send(text)
        except ConnectionClosed as problem:
            raise FetchFailed(f"the connection was closed: {problem}") from problem


@contextmanager
def opened(
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    largest: int = LARGEST,
    private_ok_for: Collection[str] = (),
) -> Iterator[WebSocket]:
    """Connect to a `ws` or `wss` URL. Raises `Refused`, `TurnedAway` or `FetchFailed`."""
    deadline = Deadline(CONNECT_SECONDS)
    target, found = reachable(url, deadline, private_ok_for=private_ok_for, schemes=("ws", "wss"))
    secure = target.scheme == "wss"
    dialled = _dial(target, found, deadline)
    with ExitStack() as stack:
        stack.callback(dialled.close)
        with _as_our_errors(target.host):
            opening = connect(
                url,
                sock=dialled,
                server_hostname=target.raw_host.decode("ascii") if secure else None,
                additional_headers=dict(headers or {}),
                user_agent_header="Ascolto",
                proxy=None,
                open_timeout=deadline.left(),
                close_timeout=2,
                max_size=largest,
            )
            connection = stack.enter_context(opening)
        yield WebSocket(connection)


@contextmanager
def _as_our_errors(host: str) -> Iterator[None]:
    try:
        yield
    except InvalidStatus as problem:
        raise TurnedAway(problem.response.status_code) from problem
    except (InvalidURI, ValueError) as problem:
        raise Refused(str(problem)) from problem
    except (WebSocketException, OSError, EOFError) as problem:
        raise FetchFailed(f"{host}: {problem}") from problem


def _dial(target: httpx.URL, found: list[str], deadline: Deadline) -> socket.socket:
    port = target.port or PORTS[target.scheme]
    share = deadline.left() / len(found)
    problem: Exception | None = None
    for address in found:
        try:
            return socket.create_connection((address, port), timeout=share)
        except OSError as refusal:
            problem = refusal
    raise FetchFailed(f"{target.host} cannot be reached: {problem}") from problem
