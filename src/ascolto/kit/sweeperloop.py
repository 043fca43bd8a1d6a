"""The sweeper as a thread: with a connection of its own, and patient with the database."""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import psycopg

from ascolto.kit import sweeper
from ascolto.kit.sweeper import Suspect

EVERY = 3.0  # seconds between two looks
CONFIRM = 12.0  # seconds a suspicion must last: longer than one heartbeat

logger = logging.getLogger("ascolto.sweeper")


@dataclass(slots=True)
class Suspicions:
    """What was suspected since when. Pure; the times are seconds of a monotonic clock.

    After the machine slept, or the database was away, every worker looks silent for a moment:
    acting on the first look would run living jobs twice. A gap between two looks means just that,
    so it makes us forget.
    """

    confirm: float = CONFIRM
    longest_gap: float = EVERY * 3
    _since: dict[Suspect, float] = field(default_factory=dict)
    _last_look: float | None = None

    def confirmed(self, found: list[Suspect], *, at: float) -> list[Suspect]:
        if self._last_look is not None and at - self._last_look > self.longest_gap:
            self._since = {}
        self._last_look = at
        self._since = {suspect: self._since.get(suspect, at) for suspect in found}
        return [suspect for suspect in found if at - self._since[suspect] >= self.confirm]

    def forget(self) -> None:
        self._since = {}


class SweeperLoop(threading.Thread):
    """Looks every few seconds until `stop`. A killed worker's job is put back within 45 s.

    That is 25 s of silence, 12 s of confirmation and a look or two; the next worker finds it when
    it asks again, 5 s later at most. It must send its heartbeat every 10 s, which is the default.
    """

    def __init__(
        self,
        conninfo: str,
        *,
        silence: timedelta = sweeper.SILENCE,
        every: float = EVERY,
        suspicions: Suspicions | None = None,
        on_sweep: Callable[[sweeper.Swept], None] | None = None,
    ) -> None:
        super().__init__(name="sweeper", daemon=True)
        self._conninfo = conninfo
        self._silence = silence
        self._every = every
        self._suspicions = suspicions or Suspicions()
        self._on_sweep = on_sweep
        self._stopping = threading.Event()

    def stop(self, timeout: float = 10) -> None:
        self._stopping.set()
        self.join(timeout)

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                with psycopg.connect(self._conninfo, autocommit=True, connect_timeout=5) as opened:
                    self._sweep_until_stopped(opened)
            except psycopg.Error as problem:
                # The database restarts, fails over, is not migrated yet: try again, for ever.
                logger.warning("the sweeper lost the database and tries again: %s", problem)
                self._suspicions.forget()
                self._stopping.wait(self._every)

    def _sweep_until_stopped(self, connection: psycopg.Connection) -> None:
        while not self._stopping.is_set():
            found = sweeper.suspects(connection, silence=self._silence)
            sure = self._suspicions.confirmed(found, at=time.monotonic())
            swept = sweeper.put_back(connection, sure)
            if swept.requeued or swept.given_up or swept.superseded:
                logger.warning("jobs of dead workers: %s", swept)
            if self._on_sweep is not None:
                self._on_sweep(swept)
            self._stopping.wait(self._every)
