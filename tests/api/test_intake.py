"""A webhook is kept once, and durably, before its sender hears yes."""

import asyncio
import time
from collections.abc import AsyncIterator

import httpx
import pytest
from django.db import connection
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from ascolto.channels.adapters.webhook.fake import SignedPost
from ascolto.channels.models import Arrival, Channel, Item
from ascolto.channels.services import read_arrival
from tests import make
from tests.api.webhooks import SENDER, post_once, send, signed, webhook, with_lane

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("real_queue")]


def test_a_signed_message_is_kept_and_will_be_read() -> None:
    channel = webhook()

    response = post_once(signed("evt-1"))

    arrival = Arrival.objects.get()
    assert (response.status_code, response.json()) == (200, {"id": arrival.pk, "duplicate": False})
    assert (arrival.channel_id, arrival.external_id) == (channel.pk, "evt-1")
    assert ProcrastinateJob.objects.get().args == {"arrival_ids": [arrival.pk]}


def test_the_raw_bytes_are_kept_as_they_came_and_can_be_read() -> None:
    webhook()
    post = signed("evt-1", text="Fibra giù  ")

    arrival_id = post_once(post).json()["id"]
    read_arrival(arrival_id, now=make.NOON)

    item = Item.objects.get(arrival=arrival_id)
    assert bytes(item.arrival.raw.content) == post.body
    assert (item.text, item.identity.value if item.identity else "") == (
        "Fibra giù  ",
        "giulia@example.org",
    )


def test_what_is_no_json_is_kept_all_the_same_and_waits_in_quarantine() -> None:
    webhook()
    response = post_once(SENDER.raw(b"{oops", identifier="evt-1", at=time.time()))
    read_arrival(response.json()["id"], now=make.NOON)

    arrival = Arrival.objects.get()
    assert arrival.quarantine_reason.startswith("non è JSON")


def test_a_replay_is_answered_and_adds_nothing() -> None:
    webhook()

    async def twice(client: httpx.AsyncClient) -> list[httpx.Response]:
        return [await send(client, signed("evt-1")) for _ in range(2)]

    first, second = with_lane(twice)

    assert (first.json()["duplicate"], second.json()["duplicate"]) == (False, True)
    assert first.json()["id"] == second.json()["id"]
    assert Arrival.objects.count() == 1


def test_hundreds_at_the_same_moment_are_each_kept_once() -> None:
    webhook()

    async def all_at_once(client: httpx.AsyncClient) -> list[httpx.Response]:
        posts = [signed(f"evt-{number % 150}") for number in range(300)]
        return await asyncio.gather(*(send(client, post) for post in posts))

    responses = with_lane(all_at_once)

    assert {response.status_code for response in responses} == {200}
    assert sum(not response.json()["duplicate"] for response in responses) == 150
    assert Arrival.objects.count() == 150
    assert ProcrastinateJob.objects.count() < 150  # one job for many letters


def test_a_letter_that_cannot_be_kept_fails_alone() -> None:
    webhook("negozio")
    webhook("chiuso")

    async def one_bad(client: httpx.AsyncClient) -> list[httpx.Response]:
        await send(client, signed("prima"), "negozio")  # the doors are looked up once
        await asyncio.to_thread(_delete, "chiuso")
        posts = [("negozio", "evt-1"), ("chiuso", "evt-2"), ("negozio", "evt-3")]
        return await asyncio.gather(*(send(client, signed(one), name) for name, one in posts))

    good, bad, also_good = with_lane(one_bad)

    assert (good.status_code, bad.status_code, also_good.status_code) == (200, 500, 200)
    assert bad.json()["error"] == "not_kept"
    assert Arrival.objects.count() == 3


def _delete(name: str) -> None:
    Channel.objects.filter(name=name).delete()
    connection.close()


def test_the_identifier_in_the_body_is_signed_and_the_header_may_not_differ() -> None:
    webhook()
    post = signed("evt-1")
    forged = SignedPost(post.body, {**post.headers, "Ascolto-Id": "evt-2"})

    response = post_once(forged)

    assert (response.status_code, response.json()["error"]) == (400, "other_id")
    assert Arrival.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "status", "error"),
    [
        pytest.param({"method": "GET"}, 405, "post_only", id="a look"),
        pytest.param({"url": "/in/nessuno/"}, 404, "no_such_channel", id="no such channel"),
        pytest.param({"url": "/in/assistenza/"}, 404, "no_such_channel", id="a mailbox"),
        pytest.param({"url": "/in/negozio/altro/"}, 404, "no_such_channel", id="a longer path"),
        pytest.param({"url": "/in/" + "x" * 500}, 404, "no_such_channel", id="a very long name"),
    ],
)
def test_only_posts_to_an_open_webhook_are_taken(
    change: dict[str, str], status: int, error: str
) -> None:
    webhook()
    make.mailbox("assistenza")
    post = signed()

    response = with_lane(
        lambda client: client.request(
            change.get("method", "POST"),
            change.get("url", "/in/negozio/"),
            content=post.body,
            headers=post.headers,
        )
    )

    assert (response.status_code, response.json()["error"]) == (status, error)
    assert Arrival.objects.count() == 0


def test_a_body_of_another_type_is_not_read() -> None:
    webhook()
    post = signed()

    response = post_once(SignedPost(post.body, {**post.headers, "Content-Type": "text/plain"}))

    assert response.status_code == 415


@override_settings(LARGEST_MESSAGE=1000)
@pytest.mark.parametrize("declared", [True, False])
def test_a_body_beyond_the_limit_is_refused(*, declared: bool) -> None:
    webhook()
    post = signed(text="a" * 2000)

    async def pieces() -> AsyncIterator[bytes]:
        yield post.body[:500]
        yield post.body[500:]

    response = with_lane(
        lambda client: client.post(
            "/in/negozio/", content=post.body if declared else pieces(), headers=post.headers
        )
    )

    assert (response.status_code, response.json()["error"]) == (413, "too_large")
    assert Arrival.objects.count() == 0
