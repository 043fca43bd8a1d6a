"""A WebSocket to somebody else's address: guarded as a fetch is."""

import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus

import pytest
from websockets.http11 import Request, Response
from websockets.sync.server import Server, ServerConnection, serve

from ascolto.kit.targets import FetchFailed, Refused
from ascolto.kit.websocket import TurnedAway, opened

HERE = {"127.0.0.1"}
Talk = Callable[[ServerConnection], None]
Opener = Callable[[Talk], str]


def _door(connection: ServerConnection, request: Request) -> Response | None:
    if request.path == "/chiuso":
        return connection.respond(HTTPStatus.UNAUTHORIZED, "no\n")
    if request.path == "/altrove":
        moved = connection.respond(HTTPStatus.FOUND, "")
        moved.headers["Location"] = "ws://127.0.0.1:1/"
        return moved
    return None


@pytest.fixture
def server() -> Iterator[Opener]:
    running: list[Server] = []

    def start(talk: Talk) -> str:
        made = serve(talk, "127.0.0.1", 0, process_request=_door)
        running.append(made)
        threading.Thread(target=made.serve_forever, daemon=True).start()
        return f"ws://127.0.0.1:{made.socket.getsockname()[1]}"

    yield start
    for one in running:
        one.shutdown()


def test_messages_come_and_go_and_waiting_ends(server: Opener) -> None:
    def talk(connection: ServerConnection) -> None:
        name = connection.recv()
        assert isinstance(name, str)
        connection.send(f"ciao {name}")
        connection.recv()

    with opened(server(talk), private_ok_for=HERE) as wire:
        wire.send("Giulia")
        assert wire.receive(10) == "ciao Giulia"
        assert wire.receive(0.05) is None
        wire.send("basta")


def test_our_headers_arrive(server: Opener) -> None:
    def talk(connection: ServerConnection) -> None:
        assert connection.request is not None
        connection.send(connection.request.headers["Authorization"])

    with opened(server(talk), headers={"Authorization": "Bearer x"}, private_ok_for=HERE) as wire:
        assert wire.receive(10) == "Bearer x"


def test_a_private_address_is_not_dialled(server: Opener) -> None:
    address = server(lambda connection: connection.close())
    with pytest.raises(Refused, match="not on the public internet"), opened(address):
        pass


@pytest.mark.parametrize("address", ["http://a.example", "wss://u:p@a.example", "wss://", "x"])
def test_what_is_no_address_of_a_web_socket_is_refused(address: str) -> None:
    with pytest.raises(Refused), opened(address):
        pass


def test_who_is_not_let_in_is_told_so(server: Opener) -> None:
    address = server(lambda connection: connection.close())
    with pytest.raises(TurnedAway) as told, opened(f"{address}/chiuso", private_ok_for=HERE):
        pass
    assert told.value.status == 401
    assert told.value.for_good


def test_a_redirect_is_not_followed(server: Opener) -> None:
    address = server(lambda connection: connection.close())
    with pytest.raises((Refused, FetchFailed)), opened(f"{address}/altrove", private_ok_for=HERE):
        pass


def test_a_message_that_is_too_large_ends_it(server: Opener) -> None:
    address = server(lambda connection: connection.send("x" * 5000))
    with (
        opened(address, largest=1000, private_ok_for=HERE) as wire,
        pytest.raises(FetchFailed, match="closed"),
    ):
        wire.receive(10)


def test_nobody_there_is_a_failure_that_may_pass() -> None:
    with pytest.raises(FetchFailed), opened("ws://127.0.0.1:9", private_ok_for=HERE):
        pass
