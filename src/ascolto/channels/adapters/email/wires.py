"""What IMAP and SMTP share: certificates, an end to waiting, and words that are safe."""

import base64
import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator

from ascolto.channels.adapters.email.outgoing_headers import one_line
from ascolto.channels.adapters.email.settings import Server

HIDDEN = "•••"
_LONGEST = 300


def tls(server: Server) -> ssl.SSLContext:
    """Certificate and host name are always checked; there is no setting against that."""
    context = ssl.create_default_context(cafile=server.ca_file or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@contextlib.contextmanager
def at_most(seconds: float, connection: Callable[[], socket.socket | None]) -> Iterator[None]:
    """Break the connection when this takes longer, also against a server that drips bytes.

    A time limit of a socket counts from byte to byte; this one counts in all.
    """

    def hang_up() -> None:
        sock = connection()
        if sock is not None:
            with contextlib.suppress(OSError):
                # Not `sock.shutdown`: that of a TLS socket would first let go of the encryption
                # under the hands of the thread that is writing.
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def safe_words(problem: object, server: Server) -> str:
    """What went wrong as one short line, without anything that could be our credentials."""
    said = problem.decode("utf-8", "replace") if isinstance(problem, bytes) else str(problem)
    words = one_line(said)
    if server.password:
        for secret in _forms(server):
            words = words.replace(secret, HIDDEN)
    return words[:_LONGEST]


def _forms(server: Server) -> list[str]:
    """The password as a server or a library may quote it."""
    plain = f"\0{server.user}\0{server.password}"
    coded = (base64.b64encode(one.encode()).decode() for one in (server.password, plain))
    return [server.password, repr(server.password)[1:-1], *coded]
