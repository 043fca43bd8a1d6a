"""An SMTP server that does what a test tells it to: refuse, break off, or fall silent, anywhere."""

import contextlib
import socketserver
import threading
import time
from types import TracebackType
from typing import Self

BREAK = "break"  # hang up instead of answering
SILENCE = "silence"  # never answer
GOOD = {
    "GREETING": "220 posta.example",
    "EHLO": "250-posta.example\r\n250-SIZE 1000000\r\n250 AUTH PLAIN",
    "AUTH": "235 2.7.0 ok",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    ".": "250 2.0.0 kept",
    "QUIT": "221 bye",
    "RSET": "250 ok",
}


class ScriptedSmtp:
    """`script` maps a verb (or GREETING, or `.` for the end of the data) to what to answer."""

    def __init__(self, script: dict[str, str] | None = None) -> None:
        self.script = GOOD | (script or {})
        self.kept: list[bytes] = []
        self.heard: list[str] = []
        self.released = threading.Event()
        scripted = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                with contextlib.suppress(OSError, EOFError):
                    scripted.converse(self)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.released.set()
        self._server.shutdown()
        self._thread.join(30)
        self._server.server_close()

    def converse(self, client: socketserver.StreamRequestHandler) -> None:
        self._answer(client, "GREETING")
        while line := client.rfile.readline():
            self.heard.append(line.decode("ascii", "replace").strip())
            verb = line.split()[0].decode("ascii").upper() if line.strip() else ""
            self._answer(client, verb)
            if verb == "DATA" and self.script["DATA"].startswith("354"):
                self._data(client)
            if verb == "QUIT":
                return

    def _data(self, client: socketserver.StreamRequestHandler) -> None:
        lines = []
        while (line := client.rfile.readline()) != b".\r\n":
            if not line:
                raise EOFError
            lines.append(line.removeprefix(b"."))
        self.kept.append(b"".join(lines))
        self._answer(client, ".")

    def _answer(self, client: socketserver.StreamRequestHandler, verb: str) -> None:
        said = self.script.get(verb, "500 what?")
        if said == BREAK:
            raise EOFError
        if said == SILENCE:
            self.released.wait(30)
            raise EOFError
        if said.startswith("drip"):  # one byte now and then, never a whole line
            for _ in range(600):
                client.wfile.write(b"2")
                if self.released.wait(0.05):
                    raise EOFError
                time.sleep(0)
        client.wfile.write(said.encode() + b"\r\n")
