"""Which webhooks are open, and with which secret. Looked up once every few seconds."""

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field

from django.db import close_old_connections

from ascolto.channels.models import Channel
from ascolto.kit.secrets import WrongKey, unseal

FRESH = 3.0  # seconds that a look counts: so long a closed door may stay open

logger = logging.getLogger("ascolto.intake")


@dataclass(frozen=True, slots=True)
class Door:
    channel_id: int
    secret: str  # empty: nothing passes


@dataclass(slots=True)
class Doors:
    """The open webhooks by name. One look at the database serves every request meanwhile."""

    executor: Executor
    clock: Callable[[], float] = time.monotonic
    _doors: dict[str, Door] = field(default_factory=dict)
    _looked: float = float("-inf")
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def find(self, name: str) -> Door | None:
        """The door of this name, if it is open."""
        if self.clock() - self._looked > FRESH:
            async with self._looking:
                if self.clock() - self._looked > FRESH:
                    loop = asyncio.get_running_loop()
                    self._doors = await loop.run_in_executor(self.executor, open_doors)
                    self._looked = self.clock()
        return self._doors.get(name)


def open_doors() -> dict[str, Door]:
    """Every open webhook, for a thread of its own."""
    close_old_connections()
    try:
        channels = Channel.objects.filter(kind=Channel.Kind.WEBHOOK, closed_at=None)
        return {channel.name: Door(channel.pk, _secret(channel)) for channel in channels}
    finally:
        close_old_connections()


def _secret(channel: Channel) -> str:
    sealed = bytes(channel.secret)
    if not sealed:
        return ""
    try:
        return unseal(sealed)
    except WrongKey:
        logger.error("the secret of webhook %s cannot be opened; nothing passes", channel.name)  # noqa: TRY400 # no trace of a secret
        return ""
