"""Listening to one source, whatever breaks: taken, heard, complained of, and taken up again."""

import logging
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from ascolto.channels.listening.ear import ChannelEar
from ascolto.channels.ports import NotLetIn, NotMine, Source, SourceTrouble

logger = logging.getLogger("ascolto.sources")


@dataclass(frozen=True, slots=True)
class Habits:
    """Times in seconds. A tenth is added by chance: many sources must not knock in step."""

    look_every: float = 10.0  # whether a source that another host listens to has become free
    first_pause: float = 2.0
    longest_pause: float = 60.0
    # A wrong password stays wrong until somebody changes it, and many tries lock the account.
    pauses_at_the_door: tuple[float, ...] = (60.0, 300.0, 900.0, 1800.0)


class SourceListener:
    """`run` returns when `end` was called, as soon as the source has let go."""

    def __init__(
        self,
        ear: ChannelEar,
        open_source: Callable[[], Source],
        *,
        silence: timedelta | None,
        habits: Habits,
    ) -> None:
        self._ear = ear
        self._open_source = open_source
        self._silence = silence
        self._habits = habits
        self._ending = threading.Event()
        self._turn_over = threading.Event()
        self._failures = 0
        self._turned_away = 0
        self._chance = random.Random()  # noqa: S311 # spreads knocks, guards nothing

    def run(self) -> None:
        while not self._ending.is_set():
            pause = self._turn()
            self._ear.forget_connection()
            self._ending.wait(pause * self._chance.uniform(1.0, 1.1))
        try:
            self._ear.release()
        except Exception:  # the database may be what made us stop
            logger.exception("a source could not be handed back; its lease will run out")
        self._ear.forget_connection()

    def end(self) -> None:
        self._ending.set()
        self._turn_over.set()

    def renew(self) -> None:
        """Called by another thread, every few seconds: a source may be quiet for hours."""
        if not self._ear.renew():
            self._turn_over.set()

    def _turn(self) -> float:
        """Listen until something breaks. Returns the seconds to wait before the next try."""
        began = time.monotonic()
        self._turn_over = threading.Event()
        if self._ending.is_set():  # said between the last look and the new event
            return 0.0
        try:
            if not self._ear.take():
                return self._habits.look_every
            if self._silence is not None:
                self._ear.note_silence(self._silence)
            self._open_source().listen(self._ear, self._turn_over)
        except NotMine:
            return self._habits.look_every
        except NotLetIn as problem:
            self._complain(str(problem))
            return max(self._pause_at_the_door(), problem.rest)
        except SourceTrouble as problem:
            self._complain(str(problem))
            return max(self._pause(began), problem.rest)
        except Exception:
            # The edge of a worker: nothing may end the listening for good.
            logger.exception("listening to a source failed")
            self._complain("errore interno: si veda il registro")
        return self._pause(began)

    def _complain(self, error: str) -> None:
        try:
            self._ear.unwell(error)
        except Exception:
            logger.exception("that a source fails (%s) could not be written down", error)

    def _pause(self, began: float) -> float:
        if self._ear.heard_since(began):
            self._failures = self._turned_away = 0
        self._failures += 1
        return min(
            self._habits.first_pause * 2.0 ** min(self._failures - 1, 10),
            self._habits.longest_pause,
        )

    def _pause_at_the_door(self) -> float:
        pauses = self._habits.pauses_at_the_door
        self._turned_away += 1
        return pauses[min(self._turned_away, len(pauses)) - 1]
