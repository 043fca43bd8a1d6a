"""Listening to Bluesky: a stream with a cursor, filtered here, and what it forgot asked for."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from threading import Event as Flag
from typing import Any

from ascolto.channels.adapters.bluesky import backfill
from ascolto.channels.adapters.bluesky.authors import Authors
from ascolto.channels.adapters.bluesky.events import Dialect, Told
from ascolto.channels.adapters.bluesky.sieve import Sieve
from ascolto.channels.adapters.bluesky.xrpc import Account, XrpcError
from ascolto.channels.ports import Ear, NotLetIn, SourceTrouble
from ascolto.kit.fetch import FetchFailed, Refused
from ascolto.kit.websocket import TurnedAway, WebSocket

LOOK = 0.5  # seconds: how soon we notice that we are to stop
KEEP_EVERY = 1.0
PLACE_EVERY = 5.0  # the cursor is written down also when nothing concerned us
AT_ONCE = 200
BUSY = 300.0  # seconds of rest for a server that has had enough of us
NOW = 30.0  # seconds: what is younger is the present
LONGEST_SILENCE = 60.0  # of a stream of everybody
Open = Callable[[str], AbstractContextManager[WebSocket]]


@dataclass
class _Sitting:
    """One connection: where we are in the stream, and what is yet to be kept."""

    place: int
    at: str
    returned: bool  # we were here before, and the first frame tells whether all is still there
    sieve: Sieve
    found: int = 0
    caught_up: bool = False
    whole: bool = True
    kept_at: float = field(default_factory=time.monotonic)
    frame_at: float = field(default_factory=time.monotonic)
    kept_place: int | None = None

    def cursor(self) -> dict[str, Any]:
        return {"place": self.place, "at": self.at}


class BlueskySource:
    """Implements `ports.Source`."""

    def __init__(
        self, account: Account, dialect: Dialect, base: str, open_stream: Open,
        *, search: tuple[str, ...] = (),
    ) -> None:  # fmt: skip
        self._account = account
        self._dialect = dialect
        self._base = base
        self._open = open_stream
        self._search = search

    def check(self) -> str:
        with _as_trouble():
            session = self._account.session()
            now = datetime.now(UTC)  # noqa: TID251 - a person presses a button
            with self._open(self._dialect.address(self._base, self._dialect.beginning(now))):
                return f"@{session.handle} ({session.did})"

    def listen(self, ear: Ear, stop: Flag) -> None:
        with _as_trouble():
            us = self._account.session().did
            cursor = ear.cursor()
            known = cursor.get("place")
            sitting = _Sitting(
                self._dialect.beginning(ear.now()) if known is None else int(known),
                str(cursor.get("at") or ear.now().isoformat()),
                returned=known is not None,
                sieve=Sieve(us, ear, Authors(self._account)),
            )
            with self._open(self._dialect.address(self._base, sitting.place)) as wire:
                if known is None:
                    ear.keep([], sitting.cursor())
                while not stop.is_set():
                    self._step(ear, wire, sitting)

    def _step(self, ear: Ear, wire: WebSocket, sitting: _Sitting) -> None:
        frame = wire.receive(LOOK)
        if frame is None:
            self._silent(sitting)
            self._keep(ear, sitting)
            self._arrive(ear, sitting)
            ear.well()
            return
        sitting.frame_at = time.monotonic()
        told = self._read(frame)
        self._mind_gaps(ear, sitting, told)
        if told.place is not None:
            sitting.place = told.place
            sitting.at = told.at.isoformat() if told.at else sitting.at
        sitting.sieve.add(told.events)
        if time.monotonic() - sitting.kept_at > KEEP_EVERY or len(sitting.sieve) >= AT_ONCE:
            self._keep(ear, sitting)
            if told.at is not None and (ear.now() - told.at).total_seconds() < NOW:
                self._arrive(ear, sitting)
            ear.well()

    def _read(self, frame: str | bytes) -> Told:
        try:
            return self._dialect.read(frame)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return Told()  # one bad frame of a stranger must not stop the stream

    def _keep(self, ear: Ear, sitting: _Sitting) -> None:
        caught = sitting.sieve.sifted()
        moved = sitting.place != sitting.kept_place
        waited = time.monotonic() - sitting.kept_at > PLACE_EVERY or not sitting.caught_up
        if caught or (moved and waited):
            ear.keep(caught, sitting.cursor())
            sitting.kept_place = sitting.place
            sitting.found += len(caught)
        sitting.kept_at = time.monotonic()

    def _arrive(self, ear: Ear, sitting: _Sitting) -> None:
        """The present is reached: whatever was missed is here, or it is lost."""
        if not sitting.caught_up:
            ear.caught_up(found=sitting.found, whole=sitting.whole)
            sitting.caught_up = True

    def _silent(self, sitting: _Sitting) -> None:
        if self._dialect.everybody and time.monotonic() - sitting.frame_at > LONGEST_SILENCE:
            raise SourceTrouble("il flusso tace da un minuto")

    def _mind_gaps(self, ear: Ear, sitting: _Sitting, told: Told) -> None:
        if told.reset:
            ear.missed(since=_moment(sitting.at, ear), why="la rete ha ricominciato da capo")
            ear.keep([], {"at": sitting.at})
            raise SourceTrouble("la rete non conosce il nostro segno")
        lost = told.outdated or self._dialect.jumped(sitting.place, told)
        if sitting.returned and lost:
            since = _moment(sitting.at, ear)
            ear.missed(since=since, why="la rete non conserva più ciò che ci è sfuggito")
            sitting.whole = self._fetch(sitting, since)
            sitting.caught_up = False  # if that was said in a silence before this frame
        if told.place is not None:
            sitting.returned = False

    def _fetch(self, sitting: _Sitting, since: datetime) -> bool:
        """Ask for what the stream forgot. Whether it is all."""
        try:
            for event in backfill.told_us(self._account, since):
                sitting.sieve.add((event,))
            for words in self._search:
                for event in backfill.said_of(self._account, words, since):
                    sitting.sieve.add((event,))
        except (XrpcError, FetchFailed, Refused, backfill.NotWhole):
            return False
        # Without words to search for, what was said of us, and not to us, cannot be found.
        return bool(self._search)


def _moment(text: str, ear: Ear) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return ear.now()


@contextmanager
def _as_trouble() -> Iterator[None]:
    try:
        yield
    except XrpcError as problem:
        if problem.at_the_door:
            raise NotLetIn(f"Bluesky non ci lascia entrare: {problem}") from problem
        trouble = SourceTrouble(f"Bluesky: {problem}")
        trouble.rest = BUSY if problem.status == HTTPStatus.TOO_MANY_REQUESTS else 0.0
        raise trouble from problem
    except TurnedAway as problem:
        kind = NotLetIn if problem.for_good else SourceTrouble
        raise kind(f"il flusso risponde {problem.status}") from problem
    except (FetchFailed, Refused) as problem:
        raise SourceTrouble(str(problem)) from problem
