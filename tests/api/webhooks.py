"""A webhook channel, and a lane to post to without a network."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx

from ascolto.api.intake import IntakeLane
from ascolto.channels.adapters.webhook.fake import FakeSender, SignedPost
from ascolto.channels.models import Channel
from ascolto.kit.secrets import seal
from tests import make

T = TypeVar("T")
SECRET = "un segreto lungo e condiviso"  # noqa: S105 # of the tests alone
SENDER = FakeSender(SECRET)


def webhook(name: str = "negozio", *, secret: str = SECRET) -> Channel:
    return Channel.objects.create(
        kind=Channel.Kind.WEBHOOK,
        name=name,
        title="Il negozio",
        team=make.team(),
        secret=seal(secret),
        opened_at=make.LONG_AGO,
    )


def signed(identifier: str = "evt-1", *, at: float | None = None, **fields: object) -> SignedPost:
    return SENDER.post(identifier, at=time.time() if at is None else at, **fields)


async def send(
    client: httpx.AsyncClient, post: SignedPost, name: str = "negozio"
) -> httpx.Response:
    return await client.post(f"/in/{name}/", content=post.body, headers=post.headers)


def with_lane(deed: Callable[[httpx.AsyncClient], Awaitable[T]]) -> T:
    """Run `deed` with a client of a fresh lane."""

    async def run() -> T:
        lane = IntakeLane()
        transport = httpx.ASGITransport(app=lane)
        try:
            async with httpx.AsyncClient(transport=transport, base_url="http://alba") as client:
                return await deed(client)
        finally:
            await lane.stop()

    return asyncio.run(run())


def post_once(post: SignedPost, name: str = "negozio") -> httpx.Response:
    return with_lane(lambda client: send(client, post, name))
