"""A Mastodon server in memory, after its public documentation: for tests, and trying one out."""

import json
import queue
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ascolto.kit.fetch import Fetched, FetchFailed, Limits
from ascolto.kit.websocket import TurnedAway, WebSocket

SERVER = "https://mastodon.example"
TOKEN = "un-gettone"  # noqa: S105 # of a server that is none


def account(number: int, name: str) -> dict[str, Any]:
    return {
        "id": str(number), "acct": name, "display_name": name.capitalize(),
        "url": f"{SERVER}/@{name}", "uri": f"{SERVER}/users/{name}", "followers_count": 40,
    }  # fmt: skip


ALBA, GIULIA = account(1, "alba"), account(2, "giulia")


class FakeSocket(WebSocket):
    """What `opened` gives, without a wire."""

    def __init__(self, server: "FakeMastodon") -> None:
        self._server = server
        self.frames: queue.Queue[str] = queue.Queue()
        self.asked: list[dict[str, str]] = []

    def receive(self, seconds: float) -> str | None:
        if self._server.away:
            raise FetchFailed("the connection was closed")
        try:
            return self.frames.get(timeout=min(seconds, 0.05))
        except queue.Empty:
            return None

    def send(self, text: str) -> None:
        self.asked.append(json.loads(text))


@dataclass
class FakeMastodon:
    """Implements `api.Send` by being called, and `source.Open` by `open`."""

    statuses: list[dict[str, Any]] = field(default_factory=list)
    notifications: list[dict[str, Any]] = field(default_factory=list)
    sockets: list[FakeSocket] = field(default_factory=list)
    done: dict[str, dict[str, Any]] = field(default_factory=dict)  # by idempotency key
    boosts: set[str] = field(default_factory=set)
    streaming: str = "wss://s.example"
    away: bool = False
    deaf: bool = False  # the stream says nothing, and does not break

    def say(self, text: str, **fields: Any) -> dict[str, Any]:
        """Giulia says something under the tag #alba."""
        number = str(1000 + len(self.statuses))
        status = {
            "id": number, "uri": f"{SERVER}/users/giulia/statuses/{number}",
            "url": f"{SERVER}/@giulia/{number}", "visibility": "public",
            "content": f"<p>{text}</p>",
            "created_at": "2026-03-04T11:00:00.000Z", "language": "it", "account": GIULIA,
            "mentions": [], "spoiler_text": "", **fields,
        }  # fmt: skip
        self.statuses.append(status)
        self.tell("update", status)
        return status

    def notify(self, kind: str, status: Mapping[str, Any]) -> None:
        told = {
            "id": str(5000 + len(self.notifications)), "type": kind,
            "account": GIULIA, "status": dict(status),
        }  # fmt: skip
        self.notifications.append(told)
        self.tell("notification", told)

    def tell(self, event: str, payload: Any) -> None:
        """Over the stream; a payload is JSON in a string there, or an id."""
        said = payload if isinstance(payload, str) else json.dumps(payload)
        frame = json.dumps({"stream": ["hashtag", "alba"], "event": event, "payload": said})
        for one in [] if self.deaf else self.sockets:
            one.frames.put(frame)

    @contextmanager
    def open(self, url: str, headers: Mapping[str, str]) -> Iterator[WebSocket]:  # noqa: ARG002 # as `opened`
        if self.away:
            raise FetchFailed("mastodon.example: nessuna risposta")
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            raise TurnedAway(401)
        made = FakeSocket(self)
        self.sockets.append(made)
        try:
            yield made
        finally:
            self.sockets.remove(made)

    def __call__(
        self,
        url: str,
        *,
        method: str,
        headers: Mapping[str, str],
        content: bytes,
        limits: Limits,  # noqa: ARG002 # as `fetch`
    ) -> Fetched:
        if self.away:
            raise FetchFailed("mastodon.example: nessuna risposta")
        if headers.get("Authorization") != f"Bearer {TOKEN}":
            return _json(401, {"error": "The access token is invalid"})
        parts = urlsplit(url)
        path = parts.path.removeprefix("/api/")
        if method == "GET":
            asked = {name: given[0] for name, given in parse_qs(parts.query).items()}
            return self._got(path, asked)
        return self._done(method, path, json.loads(content or b"{}"), headers)

    def _got(self, path: str, asked: Mapping[str, str]) -> Fetched:
        rows = {"v1/notifications": self.notifications, "v1/timelines/tag/alba": self.statuses}
        if path == "v1/accounts/verify_credentials":
            return _json(200, ALBA)
        if path == "v2/instance":
            return _json(200, {"configuration": {"urls": {"streaming": self.streaming}}})
        if path not in rows:
            return _json(404, {"error": "Record not found"})
        low, high = int(asked.get("since_id", 0)), int(asked.get("max_id", 10**9))
        found = [one for one in rows[path] if low < int(one["id"]) < high]
        return _json(200, found[::-1][: int(asked["limit"])])

    def _done(
        self, method: str, path: str, body: dict[str, Any], headers: Mapping[str, str]
    ) -> Fetched:
        key = headers.get("Idempotency-Key", "")
        if path == "v1/statuses":
            if key not in self.done:
                number = str(2000 + len(self.done))
                self.done[key] = {**body, "id": number, "url": f"{SERVER}/@alba/{number}"}
            return _json(200, self.done[key])
        status_id, _, deed = path.removeprefix("v1/statuses/").partition("/")
        ours = [key for key, made in self.done.items() if made["id"] == status_id]
        if method == "DELETE" and ours:
            return _json(200, self.done.pop(ours[0]))
        if deed in {"reblog", "unreblog"}:
            (self.boosts.add if deed == "reblog" else self.boosts.discard)(status_id)
            return _json(200, {"id": "1", "url": f"{SERVER}/@alba/1"})
        return _json(404, {"error": "Record not found"})


def _json(status: int, body: object) -> Fetched:
    return Fetched(status, {"content-type": "application/json"}, json.dumps(body).encode())
