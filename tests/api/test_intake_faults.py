"""When something is wrong on our side the sender hears "try again", and soon."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from django.db import connections

from ascolto.api.intake import lane, wire, writers
from ascolto.channels.models import Arrival
from tests.api.webhooks import post_once, send, signed, webhook, with_lane

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real_queue")]


def heard_soon(response: httpx.Response, *, since: float) -> None:
    """Within the two seconds of the lane, and those of a shared machine."""
    assert lane.PATIENCE < 2
    assert time.monotonic() - since < 15
    assert (response.status_code, response.json()["error"]) == (503, "try_again")
    assert int(response.headers["Retry-After"]) > 0


def test_a_database_that_is_away_is_said_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    webhook()
    monkeypatch.setitem(connections.databases["default"], "HOST", "/nowhere/at/all")
    began = time.monotonic()

    response = post_once(signed())

    heard_soon(response, since=began)


@pytest.fixture
def silent_server() -> Iterator[int]:
    """Accepts connections and never says a word, like a database whose disk hangs."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_a_database_that_hangs_is_said_within_two_seconds(
    monkeypatch: pytest.MonkeyPatch, silent_server: int
) -> None:
    webhook()
    monkeypatch.setitem(connections.databases["default"], "HOST", "127.0.0.1")
    monkeypatch.setitem(connections.databases["default"], "PORT", str(silent_server))
    began = time.monotonic()

    response = post_once(signed())

    heard_soon(response, since=began)


def test_a_full_queue_is_said_and_what_was_accepted_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    webhook()
    monkeypatch.setattr(writers, "QUEUE", 5)

    async def flood(client: httpx.AsyncClient) -> list[httpx.Response]:
        await send(client, signed("prima"))
        return await asyncio.gather(*(send(client, signed(f"evt-{n}")) for n in range(100)))

    statuses = [response.status_code for response in with_lane(flood)]

    assert set(statuses) == {200, 503}
    assert Arrival.objects.count() == 1 + statuses.count(200)


def test_a_body_that_dribbles_in_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    webhook()
    monkeypatch.setattr(wire, "PIECE_WITHIN", 0.1)
    post = signed()

    async def slowly() -> AsyncIterator[bytes]:
        yield post.body[:10]
        await asyncio.sleep(3)
        yield post.body[10:]

    response = with_lane(
        lambda client: client.post("/in/negozio/", content=slowly(), headers=post.headers)
    )

    assert (response.status_code, response.json()["error"]) == (408, "too_slow")
    assert Arrival.objects.count() == 0
