"""Which doors are open, who stands there, and with which secrets. Looked up every few seconds."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field

from django.db import close_old_connections

from ascolto.channels.doors import Doorkeeper, keeper_of, kinds_with_doors
from ascolto.channels.models import Channel
from ascolto.kit.secrets import WrongKey, unseal

FRESH = 3.0  # seconds that a look counts: so long a closed door may stay open

logger = logging.getLogger("ascolto.intake")


@dataclass(frozen=True, slots=True)
class Door:
    channel_id: int
    keeper: Doorkeeper
    secrets: Mapping[str, str]

    @property
    def shut(self) -> bool:
        """Whether a secret is missing: then nothing passes."""
        return not all(self.secrets.get(name) for name in self.keeper.needs)


@dataclass(slots=True)
class Doors:
    """The open doors by name. One look at the database serves every request meanwhile."""

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
    """Every open door, for a thread of its own."""
    close_old_connections()
    try:
        channels = Channel.objects.filter(kind__in=kinds_with_doors(), closed_at=None)
        return {
            channel.name: Door(channel.pk, keeper_of(channel.kind), _secrets(channel))
            for channel in channels
        }
    finally:
        close_old_connections()


def _secrets(channel: Channel) -> Mapping[str, str]:
    """Those of a network by their names; a webhook of anybody has one alone."""
    sealed = bytes(channel.secret)
    if not sealed:
        return {}
    try:
        opened = unseal(sealed)
    except WrongKey:
        logger.error("the secret of door %s cannot be opened; nothing passes", channel.name)  # noqa: TRY400 # no trace of a secret
        return {}
    if channel.kind == Channel.Kind.WEBHOOK:
        return {"secret": opened}
    try:
        told = json.loads(opened)
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in told.items()} if isinstance(told, dict) else {}
