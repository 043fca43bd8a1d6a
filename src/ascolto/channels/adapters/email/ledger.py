"""The listener's book, kept in the database: cursor, letters and health of one channel."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.db import connection, transaction

from ascolto.channels.adapters.email.catching_up import Cursor, Found
from ascolto.channels.adapters.email.listener import NotMine
from ascolto.channels.models import Channel, Health
from ascolto.channels.services import Letter, accept_many, unwell, well
from ascolto.channels.services.reading import quarantine
from ascolto.kit.lease import Lease, LeaseLost

LEASE_SECONDS = 60.0  # three times the longest wait between two renewals


class ChannelLedger:
    """Implements `listener.Ledger`. Used by one thread."""

    def __init__(self, channel_id: int, *, clock: Callable[[], datetime]) -> None:
        self._channel_id = channel_id
        self._clock = clock
        self._lease = Lease(f"mailbox:{channel_id}", seconds=LEASE_SECONDS)

    def claim(self) -> bool:
        return self._lease.take()

    def release(self) -> None:
        self._lease.release()

    def cursor(self) -> Cursor | None:
        stored = Channel.objects.values_list("cursor", flat=True).get(pk=self._channel_id)
        return Cursor.from_json(stored)

    @transaction.atomic
    def keep(self, found: Sequence[Found], cursor: Cursor) -> None:
        now = self._clock()
        try:
            self._lease.guard()
        except LeaseLost as problem:
            raise NotMine from problem
        accepted = accept_many(
            [Letter(self._channel_id, one.raw, one.external_id, one.envelope) for one in found],
            now=now,
        )
        for letter, arrival in zip(found, accepted, strict=True):
            if letter.problem and not arrival.duplicate:
                quarantine(arrival.arrival_id, reason=letter.problem, now=now)
        Channel.objects.filter(pk=self._channel_id).update(cursor=cursor.as_json())

    def well(self) -> None:
        well(self._channel(), Health.Way.IN, now=self._clock())

    def unwell(self, error: str) -> None:
        unwell(self._channel(), Health.Way.IN, error=error, now=self._clock())

    def today(self) -> date:
        return self._clock().date()

    def forget_connection(self) -> None:
        """A thread that waits must not hold one of the pool's connections, or a dead one."""
        connection.close()

    def _channel(self) -> Channel:
        return Channel.objects.get(pk=self._channel_id)
