"""An interface such as OpenAI's on this machine: answers what it was told to, and remembers."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

PATH = "/v1/chat/completions"


@dataclass
class Endpoint:
    """`says` is the draft; `status` and `body` answer something else instead."""

    port: int = 0
    says: str = ""
    status: int = 200
    body: bytes | None = None
    waits: float = 0.0
    heard: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}/v1"

    @property
    def last(self) -> str:
        """Everything that the last request carried, as one text."""
        return "\n".join(one["content"] for one in self.heard[-1]["messages"])


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    known = Endpoint()

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            known.heard.append(json.loads(self.rfile.read(length)))
            known.keys.append(self.headers.get("Authorization", ""))
            time.sleep(known.waits)
            told = {"choices": [{"message": {"role": "assistant", "content": known.says}}]}
            body = json.dumps(told).encode() if known.body is None else known.body
            self.send_response(known.status if self.path == PATH else 404)
            self.send_header("Content-Length", str(len(body)))
            with suppress(BrokenPipeError):  # whoever asked has not waited
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # its name there
            """Nothing is written to the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    known.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield known
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
