"""`GET /eventi/`: the live screen. Server-sent events from one connection, to any number of tabs.

Events: `hello` (where the stream is), `deed` {"kind","subject","case",
"customer"}, `changed` (something did;
look again), `presence` {"case"} (somebody came, went or writes; the one without a place), `resync`
(too much happened; draw the page anew), `signed_out`. Every other one carries the place of the
stream as its id, so that a browser that reconnects goes on where it stopped.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from django.db import DatabaseError, InterfaceError
from prometheus_client import Gauge

from ascolto.desk.stream_events import START, Batch, Sight, bare, batch_of, missed
from ascolto.desk.stream_source import Source
from ascolto.desk.stream_viewer import is_same_origin, place_in, replay, sight_of
from ascolto.timeline.queries import Cursor

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

HEARTBEAT = 20.0  # seconds
LOOK_AGAIN = 60.0  # seconds: so long a session that was ended may still hear
MOST_STREAMS = 5000
MOST_WAITING = 64  # batches a slow screen may be behind
STARTS_WITHIN = 3.0
LOOKS_WITHIN = 10.0  # after a restart every tab comes back in the same second
LOOKERS = 4
RETRY = b"retry: 2000\n\n"
BEAT = b":\n\n"

STREAMS = Gauge("ascolto_live_streams", "Live screens that are open on this process")
logger = logging.getLogger("ascolto.live")


class Refusal(Exception):
    """An answer other than a stream: a status, and a word on why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status, self.why = status, why


@dataclass(slots=True, eq=False)
class Screen:
    """One open tab: what waits to be told to it. None in the queue means that it is over."""

    cookies: str
    sight: Sight
    position: Cursor
    waiting: "asyncio.Queue[Batch | None]" = field(
        default_factory=lambda: asyncio.Queue(MOST_WAITING)
    )

    def offer(self, batch: Batch) -> None:
        """Queue a batch; a screen too far behind is told to draw itself anew instead.

        Of who is where it is told nothing: that would be old before it is read.
        """
        if batch.here and self.waiting.full():
            return
        try:
            self.waiting.put_nowait(batch)
        except asyncio.QueueFull:
            self._forget()
            self.waiting.put_nowait(missed(batch.last))

    def close(self) -> None:
        self._forget()
        self.waiting.put_nowait(None)

    def _forget(self) -> None:
        while not self.waiting.empty():
            self.waiting.get_nowait()


class StreamLane:
    """A raw ASGI application. One listening connection a process, started by the first screen."""

    def __init__(self) -> None:
        self._screens: set[Screen] = set()
        self._source = Source(self._publish)
        self._following: asyncio.Task[None] | None = None
        self._executor = ThreadPoolExecutor(LOOKERS, thread_name_prefix="live")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            screen, place = await self._open(scope)
        except Refusal as refusal:
            await _refuse(send, refusal)
            return
        hung_up = asyncio.create_task(_until_hung_up(receive, screen))
        STREAMS.inc()
        try:
            await self._tell(screen, place, send)
        finally:
            STREAMS.dec()
            self._screens.discard(screen)
            hung_up.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await hung_up

    async def stop(self) -> None:
        """End every stream and the listening. Browsers come back by themselves."""
        for screen in self._screens:
            screen.close()
        if self._following is not None:
            self._following.cancel()
            await asyncio.gather(self._following, return_exceptions=True)
            self._following = None
        self._executor.shutdown(wait=False)

    def _publish(self, batch: Batch) -> None:
        for screen in self._screens:
            screen.offer(batch)

    async def _open(self, scope: Scope) -> tuple[Screen, str]:
        """A screen that hears from now on, and the place its browser says it has seen."""
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        _check(scope, headers)
        if len(self._screens) >= MOST_STREAMS:
            raise Refusal(503, "too many streams")
        cookies = headers.get("cookie", "")
        sight = await self._on_a_thread(sight_of, cookies)
        if sight is None:
            raise Refusal(401, "sign in first")
        await self._started()
        screen = Screen(cookies, sight, self._source.position or START)
        self._screens.add(screen)
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("da", [""])[-1]
        return screen, headers.get("last-event-id") or asked

    async def _started(self) -> None:
        if self._following is None:
            self._following = asyncio.create_task(self._source.run())
        try:
            async with asyncio.timeout(STARTS_WITHIN):
                await self._source.listening.wait()
        except TimeoutError as problem:
            raise Refusal(503, "the database does not answer") from problem

    async def _tell(self, screen: Screen, place: str, send: Send) -> None:
        await _begin(send)
        first = await self._so_far(screen, place)
        await _say(send, RETRY + first)
        look_again = time.monotonic() + LOOK_AGAIN
        while True:
            words = await _next(screen)
            if words is None:
                break
            if time.monotonic() >= look_again:
                look_again = time.monotonic() + LOOK_AGAIN
                if not await self._still_signed_in(screen):
                    words = bare("signed_out", screen.position)
                    screen.close()
            if words:
                await _say(send, words)
        await send({"type": "http.response.body", "body": b""})

    async def _so_far(self, screen: Screen, place: str) -> bytes:
        """What a returning browser has missed, or a word on where the stream is.

        The screen hears already: what comes in meanwhile waits in its queue, and what is then in
        both is told once, because a batch is cut at the screen's position.
        """
        if not place:
            return bare("hello", screen.position)
        seen = place_in(place)
        if seen is None:
            return bare("resync", screen.position)
        try:
            rows = await self._on_a_thread(replay, seen)
        except Refusal:
            rows = None
        if rows is None:
            return bare("resync", screen.position)
        if not rows:
            screen.position = seen
            return bare("hello", seen)
        screen.position = rows[-1].cursor
        return batch_of(rows).text(screen.sight, after=seen) or bare("hello", screen.position)

    async def _still_signed_in(self, screen: Screen) -> bool:
        """Ask again who he is and what he may see. While the database is away, nothing changes."""
        try:
            sight = await self._on_a_thread(sight_of, screen.cookies)
        except Refusal:
            return True
        if sight is not None:
            screen.sight = sight
        return sight is not None

    async def _on_a_thread(self, look: Callable[..., Any], *given: object) -> Any:
        try:
            async with asyncio.timeout(LOOKS_WITHIN):
                return await asyncio.get_running_loop().run_in_executor(
                    self._executor, look, *given
                )
        except (TimeoutError, DatabaseError, InterfaceError) as problem:
            raise Refusal(503, "the database does not answer") from problem


def _check(scope: Scope, headers: dict[str, str]) -> None:
    if scope["path"] != "/eventi/":
        raise Refusal(404, "the stream is at /eventi/")
    if scope["method"] != "GET":
        raise Refusal(405, "the stream is read")
    if not is_same_origin(headers):
        raise Refusal(403, "only pages of this address may listen")


async def _next(screen: Screen) -> bytes | None:
    """The next words for this screen: events, nothing, or a heartbeat; None when it is over."""
    try:
        async with asyncio.timeout(HEARTBEAT):
            batch = await screen.waiting.get()
    except TimeoutError:
        return BEAT
    if batch is None:
        return None
    words = batch.text(screen.sight, after=screen.position)
    screen.position = max(screen.position, batch.last)
    return words


async def _until_hung_up(receive: Receive, screen: Screen) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    screen.close()


async def _begin(send: Send) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        (b"x-content-type-options", b"nosniff"),
    ]
    await send({"type": "http.response.start", "status": 200, "headers": headers})


async def _say(send: Send, words: bytes) -> None:
    await send({"type": "http.response.body", "body": words, "more_body": True})


async def _refuse(send: Send, refusal: Refusal) -> None:
    body = f"{refusal.why}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
    ]
    if refusal.status == 503:  # noqa: PLR2004 # Service Unavailable
        headers.append((b"retry-after", b"5"))
    if refusal.status == 405:  # noqa: PLR2004 # Method Not Allowed
        headers.append((b"allow", b"GET"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
