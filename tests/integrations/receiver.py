"""A program that hears webhooks, on loopback, and answers as it is told."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.db import connection

from ascolto.timeline.queries import HORIZON

HERE = ("127.0.0.1",)
PASSED = f"select coalesce(max(transaction), 0) < {HORIZON} from timeline_entry"  # noqa: S608 # ours
Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass(frozen=True, slots=True)
class Told:
    headers: dict[str, str]  # names in lower case
    body: bytes


class Receiver(ThreadingHTTPServer):
    daemon_threads = True
    told: list[Told]
    answer: Answer

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/ascolto"


def status(code: int, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, text in {"Content-Length": "0", **headers}.items():
            handler.send_header(name, text)
        handler.end_headers()

    return answer


@contextmanager
def receiver(answer: Answer | None = None) -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            headers = {name.lower(): text for name, text in self.headers.items()}
            server.told.append(Told(headers, self.rfile.read(length)))
            server.answer(self)

        do_GET = do_POST  # noqa: N815 # the name is the standard library's

        def log_message(self, *_: Any) -> None:
            pass

    server = Receiver(("127.0.0.1", 0), Handler)
    server.told, server.answer = [], answer or status(200)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def let_pass(*, within: float = 60) -> None:
    """Wait until what was written may be told: an older transaction may still be open."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(PASSED)
            if (cursor.fetchone() or (False,))[0]:
                return
        time.sleep(0.02)
    raise AssertionError("an older transaction did not end")
