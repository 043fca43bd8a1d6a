"""A browser's end of the live stream, and a hand that writes history beside it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

import psycopg
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from ascolto.desk.stream import StreamLane
from ascolto.desk.stream_source import address
from ascolto.staff.models import Colleague

T = TypeVar("T")
PATIENCE = 60.0
INSERT = """
insert into timeline_entry (kind, at, subject, team_id, facts)
values (%s, now(), %s, %s, '{}')
"""


@dataclass(frozen=True, slots=True)
class Heard:
    name: str
    place: str
    told: dict[str, Any]


def signed_in(colleague: Colleague) -> str:
    """The Cookie header of a colleague who has signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(colleague.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = colleague.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


@dataclass
class Browser:
    """One tab: opens the stream and keeps what it hears."""

    lane: StreamLane
    headers: dict[str, str]
    query: str = ""
    method: str = "GET"
    path: str = "/eventi/"
    status: int = 0
    answer: dict[str, str] = field(default_factory=dict)
    heard: list[Heard] = field(default_factory=list)
    raw: bytes = b""
    _leaves: asyncio.Event = field(default_factory=asyncio.Event)
    _stalled: asyncio.Event = field(default_factory=asyncio.Event)
    _task: "asyncio.Task[None] | None" = None

    async def __aenter__(self) -> Self:
        self._stalled.set()
        scope: dict[str, Any] = {
            "type": "http",
            "method": self.method,
            "path": self.path,
            "query_string": self.query.encode(),
            "headers": [(k.lower().encode(), v.encode()) for k, v in self.headers.items()],
        }
        self._task = asyncio.create_task(self.lane(scope, self._receive, self._send))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stalled.set()
        self._leaves.set()
        if self._task is not None:
            await asyncio.wait_for(self._task, PATIENCE)

    def stall(self) -> None:
        """The tab sleeps: nothing is taken off the wire any more."""
        self._stalled.clear()

    def wake(self) -> None:
        self._stalled.set()

    async def until(
        self, enough: Callable[[list[Heard]], bool], *, within: float = PATIENCE
    ) -> None:
        async with asyncio.timeout(within):
            while not enough(self.heard):  # noqa: ASYNC110 # whatever the test waits for
                await asyncio.sleep(0.005)

    async def hears(self, name: str, *, times: int = 1, within: float = PATIENCE) -> list[Heard]:
        await self.until(lambda heard: len(named(heard, name)) >= times, within=within)
        return named(self.heard, name)

    async def ends(self, *, within: float = PATIENCE) -> None:
        if self._task is not None:
            await asyncio.wait_for(asyncio.shield(self._task), within)

    async def _receive(self) -> MutableMapping[str, Any]:
        await self._leaves.wait()
        return {"type": "http.disconnect"}

    async def _send(self, event: MutableMapping[str, Any]) -> None:
        await self._stalled.wait()
        if event["type"] == "http.response.start":
            self.status = event["status"]
            self.answer = {k.decode(): v.decode() for k, v in event["headers"]}
            return
        self.raw += event.get("body", b"")
        for block in event.get("body", b"").decode().split("\n\n"):
            lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
            if "event" in lines:
                place = lines.get("id", "")
                self.heard.append(Heard(lines["event"], place, json.loads(lines["data"])))


def named(heard: list[Heard], name: str) -> list[Heard]:
    return [one for one in heard if one.name == name]


def subjects(heard: list[Heard]) -> list[str]:
    return [one.told["subject"] for one in heard if one.name == "deed"]


async def hand(**options: Any) -> psycopg.AsyncConnection:
    """A connection of its own to write with."""
    return await psycopg.AsyncConnection.connect(**{**address(), **options})


async def write(connection: psycopg.AsyncConnection, subject: str, team: int | None) -> None:
    await connection.execute(INSERT, ("cases.heard", subject, team))


def with_lane(deed: Callable[[StreamLane], Awaitable[T]]) -> T:
    async def run() -> T:
        lane = StreamLane()
        try:
            return await deed(lane)
        finally:
            await lane.stop()

    return asyncio.run(run())
