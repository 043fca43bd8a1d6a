"""A wire that can be made bad: slow, cut after so many bytes, or silently swallowing."""

import asyncio
import contextlib
import threading
from collections.abc import Coroutine
from concurrent.futures import Future
from dataclasses import dataclass
from types import TracebackType
from typing import Self

CHUNK = 4096
PATIENCE = 30  # seconds


@dataclass(slots=True)
class Weather:
    """What happens to bytes on their way from the server to the client, on every connection.

    Change it at any time; it counts for the bytes to come.
    """

    delay: float = 0.0  # seconds before each piece
    cut_after: int | None = None  # bytes of one connection, then it breaks in the middle
    swallow: bool = False  # the connection lives and says nothing any more
    instead: tuple[bytes, bytes] = (b"", b"")  # said for what the server says, of one length


class Proxy:
    """Listens on a port of its own in a thread of its own. Use as a context."""

    def __init__(self, target: int) -> None:
        self.port = 0
        self.weather = Weather()
        self.connections = 0
        self._target = target
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self._soon(self._start()).result(PATIENCE)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._soon(self._stop()).result(PATIENCE)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE)
        self._loop.close()

    def break_all(self) -> None:
        """Cut every connection there is."""
        self._soon(self._break()).result(PATIENCE)

    def _soon(self, work: Coroutine[None, None, None]) -> Future[None]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _start(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = int(self._server.sockets[0].getsockname()[1])

    async def _stop(self) -> None:
        if self._server is not None:
            self._server.close()
        await self._break()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _break(self) -> None:
        for writer in list(self._open):
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(writer)
        with contextlib.suppress(OSError):
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target)
            self._open.add(far_writer)
            forth = asyncio.create_task(self._forth(reader, far_writer))
            await self._back(far_reader, writer)
            forth.cancel()
            far_writer.transport.abort()
            self._open.discard(far_writer)
        writer.transport.abort()
        self._open.discard(writer)

    async def _forth(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while piece := await reader.read(CHUNK):
                writer.write(piece)
                await writer.drain()
            writer.write_eof()

    async def _back(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        passed = 0
        while piece := await reader.read(CHUNK):
            await asyncio.sleep(self.weather.delay)
            if self.weather.swallow:
                continue
            said = piece.replace(*self.weather.instead) if self.weather.instead[0] else piece
            limit = self.weather.cut_after
            room = len(piece) if limit is None else max(limit - passed, 0)
            writer.write(said[:room])
            await writer.drain()
            passed += len(piece)
            if room < len(piece):
                # An orderly end, so that what was sent before it does arrive.
                writer.close()
                return
