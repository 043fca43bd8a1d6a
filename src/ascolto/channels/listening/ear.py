"""What a source hears goes into the database here: with its cursor, once, by one holder."""

import threading
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.db import connection, transaction

from ascolto.channels.listening import gaps
from ascolto.channels.models import Arrival, Channel, Health
from ascolto.channels.ports import Caught, NotMine
from ascolto.channels.services import Letter, accept_many, unwell, well
from ascolto.kit.lease import Lease, LeaseLost

LEASE_SECONDS = 30.0  # three renewals; also how long a dead listener goes unseen
WELL_EVERY = 10.0  # seconds: a stream says it a hundred times as often


class Wants(Protocol):
    """Whether any monitor would match these words."""

    def __call__(self, text: str, /, *, language: str = "", author: str = "") -> bool: ...


def lease_name(channel_id: int) -> str:
    return f"source:{channel_id}"


class ChannelEar:
    """Implements `ports.Ear` for one channel. The source's thread uses it; another renews."""

    def __init__(self, channel_id: int, *, wants: Wants, clock: Callable[[], datetime]) -> None:
        self.channel_id = channel_id
        self._wants = wants
        self._clock = clock
        self._lease = Lease(lease_name(channel_id), seconds=LEASE_SECONDS)
        self._sitting: int | None = None  # the lease's generation in which we listen
        self._lock = threading.Lock()
        self._well_said = 0.0  # when it was written down; 0 makes the next time the time
        self._heard_at = 0.0

    def take(self) -> bool:
        """Begin to listen; False if another host does."""
        with self._lock:
            taken = self._lease.take()
            self._sitting = self._lease.generation if taken else None
            return taken

    def renew(self) -> bool:
        """From any thread: renew the right to listen. False if we had it and it is lost."""
        with self._lock:
            if self._sitting is None:
                return True
            if self._lease.take() and self._lease.generation == self._sitting:
                return True
            self._sitting = None
            return False

    def release(self) -> None:
        with self._lock:
            if self._sitting is not None:
                self._sitting = None
                self._lease.release()

    def cursor(self) -> dict[str, Any]:
        with self._book():
            stored = Channel.objects.values_list("cursor", flat=True).get(pk=self.channel_id)
            return dict(stored)

    def keep(self, caught: Sequence[Caught], cursor: Mapping[str, Any]) -> None:
        with self._book(), transaction.atomic():
            self._guard()
            accept_many(
                [
                    Letter(self.channel_id, one.raw, one.external_id, dict(one.envelope))
                    for one in caught
                ],
                now=self._clock(),
            )
            Channel.objects.filter(pk=self.channel_id).update(cursor=dict(cursor))
        self.well()

    def wants(self, text: str, *, language: str = "", author: str = "") -> bool:
        return self._wants(text, language=language, author=author)

    def kept(self, external_ids: Collection[str]) -> frozenset[str]:
        asked = list(external_ids)
        if not asked:
            return frozenset()
        with self._book():
            known = Arrival.objects.filter(channel_id=self.channel_id, external_id__in=asked)
            return frozenset(known.values_list("external_id", flat=True))

    def well(self) -> None:
        if self._sitting is None:
            raise NotMine
        if time.monotonic() - self._well_said < WELL_EVERY:
            return
        with self._book():
            well(self._channel(), Health.Way.IN, now=self._clock())
        self._well_said = self._heard_at = time.monotonic()

    def unwell(self, error: str) -> None:
        """It does not answer as it should: said at once, for whoever looks."""
        with self._book():
            unwell(self._channel(), Health.Way.IN, error=error, now=self._clock())
        self._well_said = 0.0

    def heard_since(self, moment: float) -> bool:
        """Whether all was well after this moment of the monotonic clock."""
        return self._heard_at > moment

    def note_silence(self, longest: timedelta) -> None:
        """Nobody listened, or nobody answered, for longer than that: there is a gap."""
        health = Health.objects.filter(channel_id=self.channel_id, way=Health.Way.IN).first()
        if health and health.well_at and self._clock() - health.well_at > longest:
            self.missed(since=health.well_at, why=health.error or "nessuno era in ascolto")

    def missed(self, *, since: datetime, why: str) -> None:
        with self._book(), transaction.atomic():
            self._guard()
            gaps.begin(self.channel_id, since=since, why=why, now=self._clock())

    def caught_up(self, *, found: int, whole: bool = True) -> None:
        with self._book(), transaction.atomic():
            self._guard()
            gaps.end(self.channel_id, found=found, whole=whole, now=self._clock())
        self.well()

    def now(self) -> datetime:
        return self._clock()

    def forget_connection(self) -> None:
        """A thread that waits must not hold one of the pool's connections, or a dead one."""
        if not connection.in_atomic_block:
            connection.close()

    @contextmanager
    def _book(self) -> Iterator[None]:
        try:
            yield
        finally:
            self.forget_connection()

    def _guard(self) -> None:
        """Inside a transaction: nobody else listens until it ends. Raises `NotMine`.

        Also when the lease came back to us meanwhile: what was read before belongs to a past in
        which somebody else went on.
        """
        if self._sitting is None or self._lease.generation != self._sitting:
            raise NotMine
        try:
            self._lease.guard()
        except LeaseLost as problem:
            raise NotMine from problem

    def _channel(self) -> Channel:
        return Channel.objects.get(pk=self.channel_id)
