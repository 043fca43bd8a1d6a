"""An IMAP server that says what a test puts into its mouth, for answers Dovecot never gives."""

import socketserver
import threading
from types import TracebackType
from typing import Self

GOOD = {
    "CAPABILITY": b"* CAPABILITY IMAP4rev1 IDLE\r\n%s OK done\r\n",
    "LOGIN": b"%s OK in\r\n",
    "EXAMINE": b"* 1 EXISTS\r\n* OK [UIDVALIDITY 7] valid\r\n%s OK [READ-ONLY] done\r\n",
    "LOGOUT": b"* BYE\r\n%s OK out\r\n",
}


class ScriptedImap:
    """`script` maps a command to its answer, with `%s` where the tag belongs."""

    def __init__(self, script: dict[str, bytes]) -> None:
        answers = GOOD | script

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                self.wfile.write(b"* OK here\r\n")
                while line := self.rfile.readline():
                    tag, verb, *rest = line.decode("ascii").split()
                    command = f"UID {rest[0]}" if verb == "UID" else verb
                    answer = answers.get(command.upper(), b"%s BAD what?\r\n")
                    self.wfile.write(answer.replace(b"%s", tag.encode("ascii")))

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
        self._server.shutdown()
        self._thread.join(30)
        self._server.server_close()
