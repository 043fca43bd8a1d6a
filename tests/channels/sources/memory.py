"""An ear without a database, and threads that listen with it: for tests of sources alone."""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from ascolto.channels.ports import Caught, Source


def clock() -> datetime:
    return datetime.now(UTC)


@dataclass
class MemoryEar:
    """Implements `ports.Ear`. Keeps each thing once, as the database does."""

    heard: dict[str, Caught] = field(default_factory=dict)
    offered: list[str] = field(default_factory=list)
    place: dict[str, Any] = field(default_factory=dict)
    wanted: Callable[[str], bool] = lambda _text: True
    clock: Callable[[], datetime] = clock
    well_said: int = 0
    gaps: list[tuple[datetime, str]] = field(default_factory=list)
    filled: list[tuple[int, bool]] = field(default_factory=list)

    def cursor(self) -> dict[str, Any]:
        return dict(self.place)

    def keep(self, caught: Sequence[Caught], cursor: Mapping[str, Any]) -> None:
        for one in caught:
            self.heard.setdefault(one.external_id, one)
        self.offered += [one.external_id for one in caught]
        self.place = dict(cursor)
        self.well()

    def wants(self, text: str, *, language: str = "", author: str = "") -> bool:  # noqa: ARG002 # the port's
        return self.wanted(text)

    def kept(self, external_ids: Collection[str]) -> frozenset[str]:
        return frozenset(self.heard) & frozenset(external_ids)

    def well(self) -> None:
        self.well_said += 1

    def missed(self, *, since: datetime, why: str) -> None:
        self.gaps.append((since, why))

    def caught_up(self, *, found: int, whole: bool = True) -> None:
        self.filled.append((found, whole))
        self.well()

    def now(self) -> datetime:
        return self.clock()


@dataclass
class Hearing:
    """A source that is being listened to; `problem` is what ended it."""

    thread: threading.Thread
    stop: threading.Event
    problem: BaseException | None = None


@contextmanager
def listening(source: Source, ear: MemoryEar) -> Iterator[Hearing]:
    """Listen on a thread of its own; it ends within two seconds of being told to."""
    stop = threading.Event()

    def run() -> None:
        try:
            source.listen(ear, stop)
        except Exception as problem:  # noqa: BLE001 # told to the test
            hearing.problem = problem

    hearing = Hearing(threading.Thread(target=run, daemon=True), stop)
    hearing.thread.start()
    try:
        yield hearing
    finally:
        stop.set()
        hearing.thread.join(60)
        assert not hearing.thread.is_alive(), "told to stop, it went on listening"
