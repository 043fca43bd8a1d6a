"""The one connection of a process that hears when the history grows."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connections

from ascolto.desk.stream_events import START, Batch, Here, Row, batch_of, missed
from ascolto.timeline.queries import HEAD, STREAM, Cursor

PAGE = 500
MOST_PAGES = 10  # after a long silence a screen is drawn anew sooner than told everything
IDLE = 5.0  # seconds: looks without being told, should a notice ever be lost
SOON, LATER = 0.01, 1.0  # seconds between looks while an older transaction holds rows back
TOGETHER = 0.004  # seconds: deeds of one moment are told together
ANSWERS_WITHIN = 10.0
REST, LONGEST_REST = 0.2, 5.0

HELD_BACK = "select exists (select 1 from timeline_entry where (transaction, id) > (%s, %s))"

logger = logging.getLogger("ascolto.live")


@dataclass(slots=True)
class Source:
    """Follows the timeline in the order (transaction, id) and publishes it in batches.

    A row counts once every older transaction has ended: one that commits late comes later, never
    in the past. While such a transaction is open, rows are held back and looked for again soon.
    """

    publish: Callable[[Batch], None]
    position: Cursor | None = None
    listening: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Follow for ever. A database that goes away is waited for; nothing is skipped."""
        rest = REST
        while True:
            try:
                await self._follow()
            except (psycopg.Error, OSError, TimeoutError) as problem:
                was_listening = self.listening.is_set()
                self.listening.clear()
                rest = REST if was_listening else min(rest * 2, LONGEST_REST)
                logger.warning(
                    "the live stream lost the database, again in %.1f s: %s", rest, problem
                )
                await asyncio.sleep(rest)

    async def _follow(self) -> None:
        async with asyncio.timeout(ANSWERS_WITHIN):
            connection = await psycopg.AsyncConnection.connect(**address(), autocommit=True)
        async with connection:
            await connection.execute("listen timeline")
            await connection.execute("listen presence")
            if self.position is None:
                self.position = await _head(connection)
            self.listening.set()
            pause = SOON
            while True:
                async with asyncio.timeout(ANSWERS_WITHIN):
                    moved = await self._catch_up(connection)
                    held_back = await self._is_held_back(connection)
                pause = SOON if moved or not held_back else min(pause * 2, LATER)
                await self._news(connection, pause if held_back else IDLE)

    async def _news(self, connection: psycopg.AsyncConnection, within: float) -> None:
        """Wait for a notice, or until it is time to look anyway. Who is where is told at once."""
        here: list[Here] = []
        async for notice in connection.notifies(timeout=within, stop_after=1):
            known = Here.of(notice.payload) if notice.channel == "presence" else None
            here += [known] if known else []
        if here:
            self.publish(Batch((), here=tuple(dict.fromkeys(here))))
        await asyncio.sleep(TOGETHER)

    async def _catch_up(self, connection: psycopg.AsyncConnection) -> bool:
        """Publish what is new; whether there was any."""
        for page in range(MOST_PAGES):
            rows = await self._page(connection)
            if rows:
                self.position = rows[-1].cursor
                self.publish(batch_of(rows))
            if len(rows) < PAGE:
                return page > 0 or bool(rows)
        self.position = await _head(connection)
        self.publish(missed(self.position))
        return True

    async def _page(self, connection: psycopg.AsyncConnection) -> list[Row]:
        at = self.position or START
        cursor = await connection.execute(STREAM, (at.transaction, at.id, PAGE))
        return [Row.of(columns) for columns in await cursor.fetchall()]

    async def _is_held_back(self, connection: psycopg.AsyncConnection) -> bool:
        at = self.position or START
        cursor = await connection.execute(HELD_BACK, (at.transaction, at.id))
        row = await cursor.fetchone()
        return bool(row and row[0])


async def _head(connection: psycopg.AsyncConnection) -> Cursor:
    cursor = await connection.execute(HEAD)
    transaction, entry_id = await cursor.fetchone() or (0, 0)
    return Cursor(transaction, entry_id)


def address() -> dict[str, Any]:
    """Where Django's database is, for a connection of our own."""
    wanted = connections["default"].get_connection_params()
    ours = {
        name: value for name, value in wanted.items() if name not in {"context", "cursor_factory"}
    }
    return {**ours, "application_name": "ascolto live"}
