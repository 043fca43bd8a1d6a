"""Shapes of networks, written after their public documentation; and how each signs them."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from ascolto.channels.adapters.webhook.fake import SignedPost
from ascolto.channels.models import Channel
from ascolto.kit.secrets import seal
from tests import make

APP_SECRET = "il segreto dell’app"  # noqa: S105 # of the tests alone
TOKEN = "una-parola-scelta"  # noqa: S105 # of the tests alone
PAGE = "100200300"


def channel(kind: str, name: str, settings: dict[str, object], **secrets: str) -> Channel:
    return Channel.objects.create(
        kind=kind,
        name=name,
        title=name.capitalize(),
        team=make.team(),
        settings=settings,
        secret=seal(json.dumps(secrets)),
        opened_at=make.LONG_AGO,
    )


def meta_channel(kind: str = Channel.Kind.FACEBOOK, name: str = "pagina") -> Channel:
    return channel(
        kind,
        name,
        {"account": PAGE},
        app_secret=APP_SECRET,
        verify_token=TOKEN,
        access_token="una chiave",  # noqa: S106 # of the tests alone
    )


def from_meta(
    *entries: dict[str, Any], about: str = "page", secret: str = APP_SECRET
) -> SignedPost:
    body = json.dumps({"object": about, "entry": list(entries)}).encode()
    code = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    return SignedPost(
        body, {"Content-Type": "application/json", "X-Hub-Signature-256": f"sha256={code}"}
    )


def comment(
    number: int = 1, text: str = "da tre settimane senza linea", *, verb: str = "add"
) -> dict[str, Any]:
    value = {
        "item": "comment",
        "verb": verb,
        "comment_id": f"{PAGE}_9_{number}",
        "post_id": f"{PAGE}_9",
        "parent_id": f"{PAGE}_9",
        "from": {"id": f"70{number}", "name": "Paolo Rinaldi"},
        "created_time": int(make.NOON.timestamp()),
        "message": text,
        "post": {"permalink_url": f"https://www.facebook.com/{PAGE}/posts/9"},
    }
    return {"id": PAGE, "time": int(time.time()), "changes": [{"field": "feed", "value": value}]}


def whatsapp(**value: Any) -> dict[str, Any]:
    return {"id": PAGE, "changes": [{"field": "messages", "value": value}]}


def from_x(**events: Any) -> SignedPost:
    body = json.dumps({"for_user_id": "42", **events}).encode()
    code = base64.b64encode(hmac.new(APP_SECRET.encode(), body, hashlib.sha256).digest())
    return SignedPost(
        body,
        {
            "Content-Type": "application/json",
            "x-twitter-webhooks-signature": f"sha256={code.decode()}",
        },
    )


@dataclass(slots=True)
class Asked:
    method: str
    path: str
    headers: dict[str, str]
    told: Any


@dataclass(slots=True)
class Network:
    """A network's API on loopback: it answers what was laid ready, in order, and keeps the asking.

    When nothing is laid ready it answers the last thing again.
    """

    url: str
    answers: list[tuple[int, object]] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)

    def will_answer(self, *told: object, status: int = 200) -> None:
        self.answers += [(status, one) for one in told]


@contextmanager
def network() -> Iterator[Network]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            headers = {name.lower(): text for name, text in self.headers.items()}
            told = json.loads(raw) if raw[:1] in {b"{", b"["} else raw.decode()
            opened.asked.append(Asked(self.command, self.path, headers, told))
            status, said = opened.answers.pop(0) if len(opened.answers) > 1 else opened.answers[0]
            content = said if isinstance(said, bytes) else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 # names of the library

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    opened = Network(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield opened
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
