"""Listening to one mailbox: catch up, wait for news, catch up again, whatever breaks."""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from ascolto.channels.adapters.email.catching_up import Cursor, Found, Postbox, batches, start_of
from ascolto.channels.adapters.email.imap import MailboxTrouble, NotGiven, NotLetIn
from ascolto.channels.adapters.email.settings import BadSettings

logger = logging.getLogger("ascolto.mail")

LOOK_EVERY = 20.0  # seconds; also with IDLE, which may be broken without saying so
FIRST_PAUSE, LONGEST_PAUSE = 2.0, 60.0
# A wrong password stays wrong until somebody changes it, and many tries lock the account.
PAUSES_AT_THE_DOOR = (60.0, 300.0, 900.0, 1800.0)
MOST_REFUSALS = 3  # then a message is put where a person sees it, and the next ones are read


class NotMine(Exception):
    """Another host listens to this mailbox."""


class Ledger(Protocol):
    """What the listener asks of the rest of Ascolto."""

    def claim(self) -> bool:
        """Take or renew the right to listen; False if another has it."""

    def release(self) -> None: ...
    def cursor(self) -> Cursor | None: ...
    def keep(self, found: Sequence[Found], cursor: Cursor) -> None:
        """Keep letters and cursor durably, both or neither. Raises `NotMine`."""

    def well(self) -> None: ...
    def unwell(self, error: str) -> None: ...
    def today(self) -> date: ...
    def forget_connection(self) -> None:
        """Called before a long wait and after a failure."""


@dataclass(frozen=True, slots=True)
class Habits:
    """How one mailbox is listened to. Times in seconds, sizes in bytes."""

    largest: int
    idle: bool = True
    mark_seen: bool = False
    new_only: bool = False
    look_every: float = LOOK_EVERY
    first_pause: float = FIRST_PAUSE
    longest_pause: float = LONGEST_PAUSE
    pauses_at_the_door: tuple[float, ...] = PAUSES_AT_THE_DOOR


class Listener:
    """`run` returns when `stop` is set, within about a second of quiet waiting."""

    def __init__(
        self, ledger: Ledger, open_box: Callable[[], Postbox], habits: Habits, stop: threading.Event
    ) -> None:
        self._ledger = ledger
        self._open_box = open_box
        self._habits = habits
        self._stop = stop
        self._failures = 0
        self._turned_away = 0
        self._claimed_at = 0.0
        self._not_given: Counter[int] = Counter()

    def run(self) -> None:
        while not self._stop.is_set():
            pause = self._turn()
            self._stop.wait(pause)
        try:
            self._ledger.release()
        except Exception:  # the database may be what made us stop
            logger.exception("a mailbox could not be handed back; its lease will run out")
        self._ledger.forget_connection()

    def _turn(self) -> float:
        """Listen until something breaks. Returns the seconds to wait before the next try."""
        try:
            self._claim()
            with self._open_box() as box:
                self._turned_away = 0
                self._listen(box)
        except NotMine:
            self._ledger.forget_connection()
            return self._habits.look_every
        except NotLetIn as problem:
            self._complain(str(problem))
            return self._pause_at_the_door()
        except NotGiven as problem:
            self._not_given[problem.uid] += 1
            self._complain(str(problem))
        except (MailboxTrouble, BadSettings) as problem:
            self._complain(str(problem))
        except Exception:
            # The edge of a worker: nothing may end the listening for good.
            logger.exception("listening to a mailbox failed")
            self._complain("errore interno: si veda il registro")
        return self._pause()

    def _listen(self, box: Postbox) -> None:
        while not self._stop.is_set():
            self._catch_up(box)
            self._ledger.well()
            self._failures = 0
            self._ledger.forget_connection()
            if self._habits.idle and box.can_idle:
                box.wait(self._habits.look_every, self._stop)
            else:
                self._stop.wait(self._habits.look_every)
            self._claim()

    def _catch_up(self, box: Postbox) -> None:
        start = start_of(
            box,
            self._ledger.cursor(),
            new_only=self._habits.new_only,
            today=self._ledger.today(),
        )
        if start != self._ledger.cursor():
            self._ledger.keep([], start)
        given_up = {uid for uid, times in self._not_given.items() if times >= MOST_REFUSALS}
        for batch in batches(
            box,
            start,
            largest=self._habits.largest,
            given_up=given_up,
            between=self._renew_in_time,
        ):
            self._ledger.keep(batch.found, batch.cursor)
            self._failures = 0  # a line that breaks but brings us forward is worth a quick try
            if self._habits.mark_seen:
                box.mark_seen([one.uid for one in batch.found])
            if self._stop.is_set():
                return

    def _renew_in_time(self) -> None:
        """Renew our right to listen before it runs out, also in the middle of much work."""
        if time.monotonic() - self._claimed_at > self._habits.look_every / 2:
            self._claim()

    def _claim(self) -> None:
        if not self._ledger.claim():
            raise NotMine
        self._claimed_at = time.monotonic()

    def _complain(self, error: str) -> None:
        try:
            self._ledger.unwell(error)
        except Exception:
            logger.exception("that a mailbox fails (%s) could not be written down", error)
        self._ledger.forget_connection()

    def _pause(self) -> float:
        self._failures += 1
        return min(
            self._habits.first_pause * 2.0 ** min(self._failures - 1, 10),
            self._habits.longest_pause,
        )

    def _pause_at_the_door(self) -> float:
        pauses = self._habits.pauses_at_the_door
        self._turned_away += 1
        return pauses[min(self._turned_away, len(pauses)) - 1]
