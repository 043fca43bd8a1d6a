"""Takes whatever letters wait and keeps them with one statement. Yes is said after the commit."""

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field

from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from ascolto.channels.services import Accepted, Letter, accept_many

WRITERS = 2
AT_ONCE = 500  # letters
WEIGHT_AT_ONCE = 32 * 1024 * 1024  # bytes, whatever the number of letters
QUEUE = 4000
LAST_LETTERS_WITHIN = 2.0  # seconds; a sender's patience ends a little sooner

logger = logging.getLogger("ascolto.intake")


class Overloaded(Exception):
    """More waits than can be written soon."""


class NotKept(Exception):
    """The database refused this very letter."""


@dataclass(frozen=True, slots=True)
class Waiting:
    letter: Letter
    answer: "asyncio.Future[Accepted]"


@dataclass(slots=True)
class Writers:
    """Two tasks that write; started with the first letter of an event loop."""

    executor: Executor
    _queue: "asyncio.Queue[Waiting]" = field(default_factory=lambda: asyncio.Queue(QUEUE))
    _tasks: "list[asyncio.Task[None]]" = field(default_factory=list)
    _stopping: bool = False

    async def keep(self, letter: Letter) -> Accepted:
        """Keep one letter durably. Raises `Overloaded`, `NotKept`, or a `DatabaseError`."""
        if self._stopping:
            raise Overloaded
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._write_on()) for _ in range(WRITERS)]
        waiting = Waiting(letter, asyncio.get_running_loop().create_future())
        try:
            self._queue.put_nowait(waiting)
        except asyncio.QueueFull as problem:
            raise Overloaded from problem
        return await waiting.answer

    async def stop(self) -> None:
        """Take no more, keep what was taken, end. Whoever is not kept by then is told so."""
        self._stopping = True
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LAST_LETTERS_WITHIN):
                await self._queue.join()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks = []
        while not self._queue.empty():
            waiting = self._queue.get_nowait()
            if not waiting.answer.done():
                waiting.answer.set_exception(Overloaded())

    async def _write_on(self) -> None:
        while True:
            taken = self._whatever_waits(await self._queue.get())
            # Some senders have given up by now.
            batch = [waiting for waiting in taken if not waiting.answer.done()]
            if batch:
                await self._write(batch)
            for _ in taken:
                self._queue.task_done()

    def _whatever_waits(self, first: Waiting) -> list[Waiting]:
        """The first and all behind it that may go with it."""
        batch, weight = [first], len(first.letter.raw)
        while len(batch) < AT_ONCE and weight < WEIGHT_AT_ONCE and not self._queue.empty():
            batch.append(self._queue.get_nowait())
            weight += len(batch[-1].letter.raw)
        return batch

    async def _write(self, batch: list[Waiting]) -> None:
        letters = [waiting.letter for waiting in batch]
        loop = asyncio.get_running_loop()
        try:
            outcomes = await loop.run_in_executor(self.executor, write, letters)
        except Exception as problem:  # noqa: BLE001 # every waiting sender must hear something
            outcomes = [problem] * len(batch)
        for waiting, outcome in zip(batch, outcomes, strict=True):
            if waiting.answer.done():
                continue
            if isinstance(outcome, Exception):
                waiting.answer.set_exception(outcome)
            else:
                waiting.answer.set_result(outcome)


def write(letters: Sequence[Letter]) -> list[Accepted | Exception]:
    """Keep them all at once; if that fails, one by one, so that one bad letter fails alone."""
    close_old_connections()
    try:
        return [*accept_many(letters, now=timezone.now())]
    except (OperationalError, InterfaceError):
        raise  # the database is away: one by one would fare no better
    except (DatabaseError, ValueError) as problem:
        if len(letters) > 1:
            return [_write_one(letter) for letter in letters]
        logger.exception("a letter could not be kept")
        return [NotKept(str(problem))]
    finally:
        close_old_connections()


def _write_one(letter: Letter) -> Accepted | Exception:
    try:
        return accept_many([letter], now=timezone.now())[0]
    except (OperationalError, InterfaceError) as problem:
        return problem
    except (DatabaseError, ValueError) as problem:
        logger.exception("a letter could not be kept")
        return NotKept(str(problem))
