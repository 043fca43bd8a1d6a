"""The same server on loopback: through the guarded fetcher and a real web socket."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlsplit

import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.server import ServerConnection, serve

from ascolto.channels.adapters.mastodon.api import LIMITS, Api
from ascolto.channels.adapters.mastodon.carrier import MastodonCarrier
from ascolto.channels.adapters.mastodon.fake import SERVER, TOKEN, FakeMastodon
from ascolto.channels.adapters.mastodon.reader import MastodonReader
from ascolto.channels.adapters.mastodon.settings import MastodonSettings
from ascolto.channels.adapters.mastodon.source import MastodonSource
from ascolto.channels.ports import Parcel
from ascolto.kit.fetch import fetch
from ascolto.kit.websocket import WebSocket, opened
from tests import make
from tests.channels.sources.memory import MemoryEar, listening
from tests.kit.test_fetch import LoopbackServer, says
from tests.mailservers.world import until

HERE = {"127.0.0.1"}


class Wire:
    """A `FakeMastodon` that can be reached, and what it was asked for."""

    def __init__(self) -> None:
        self.fake = FakeMastodon()
        self.streams = serve(self._stream, "127.0.0.1", 0)
        self.fake.streaming = f"ws://127.0.0.1:{self.streams.socket.getsockname()[1]}"
        threading.Thread(target=self.streams.serve_forever, daemon=True).start()
        self.pages = LoopbackServer(self._page)
        self.asked: list[str] = []
        self.told: list[str | bytes] = []
        self.ended = False

    def stop(self) -> None:
        self.ended = True
        self.streams.shutdown()
        self.pages.shutdown()
        self.pages.server_close()

    def _page(self, handler: BaseHTTPRequestHandler) -> None:
        size = int(handler.headers.get("Content-Length") or 0)
        answer = self.fake(
            f"{SERVER}{handler.path}",
            method=handler.command,
            headers=dict(handler.headers.items()),
            content=handler.rfile.read(size),
            limits=LIMITS,
        )
        says(answer.body, answer.status)(handler)

    def _stream(self, client: ServerConnection) -> None:
        assert client.request is not None
        self.asked.append(client.request.path)
        headers = {"Authorization": client.request.headers.get("Authorization", "")}
        with suppress(WebSocketException), self.fake.open(client.request.path, headers) as said:
            while not self.ended:
                frame = said.receive(0.05)
                if frame is not None:
                    client.send(frame)
                with suppress(TimeoutError):
                    self.told.append(client.recv(timeout=0.01))


@pytest.fixture
def wire() -> Iterator[Wire]:
    made = Wire()
    yield made
    made.stop()


def api(wire: Wire) -> Api:
    return Api(partial(fetch, private_ok_for=HERE), wire.pages.url.rstrip("/"), TOKEN)


def test_it_is_heard_by_both_ways(wire: Wire) -> None:
    told = MastodonSettings("https://x", TOKEN, tags=("alba",), local=False, visibility="public")

    def open_stream(url: str, headers: Mapping[str, str]) -> AbstractContextManager[WebSocket]:
        return opened(url, headers=headers, private_ok_for=HERE)

    source = MastodonSource(told, api(wire), open_stream)
    ear = MemoryEar()
    with listening(source, ear):
        until(lambda: bool(ear.filled))
        wire.fake.say("Rete giù <b>da ieri</b>")
        until(lambda: len(ear.heard) == 1)
    wire.fake.say("Nel frattempo")
    with listening(source, ear):
        until(lambda: len(ear.heard) == 2)

    texts = [MastodonReader().read(one.raw).text for one in ear.heard.values()]
    assert texts == ["Rete giù da ieri", "Nel frattempo"]
    assert parse_qs(urlsplit(wire.asked[0]).query) == {"stream": ["user"]}
    assert b'"tag":"alba"' in b"".join(str(one).encode() for one in wire.told)


def test_an_answer_leaves_once(wire: Wire) -> None:
    parcel = Parcel(
        message_id="<1@alba.example>", from_address="", from_name="", to_address="", to_name="",
        subject="", text="Ci scusiamo, è colpa nostra", public=True, key="case:1:answer:1",
        answers={"id": "1000", "acct": "giulia"}, written_at=make.NOON,
    )  # fmt: skip
    carrier = MastodonCarrier(api(wire))

    assert carrier.carry(parcel).carried_as == carrier.carry(parcel).carried_as
    assert [one["status"] for one in wire.fake.done.values()] == [
        "@giulia Ci scusiamo, è colpa nostra"
    ]
