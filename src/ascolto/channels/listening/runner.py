"""One thread for each source there is, started and stopped as channels come and go."""

import hashlib
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.utils import timezone

from ascolto.channels.listening.ear import ChannelEar, Wants
from ascolto.channels.listening.listener import Habits, SourceListener
from ascolto.channels.models import Channel
from ascolto.channels.registry import kinds_listened_to, silence_of, source_of

RELOAD_SECONDS = 10.0  # a third of the lease: see ear.LEASE_SECONDS
STOP_SECONDS = 10.0

logger = logging.getLogger("ascolto.sources")


@dataclass(frozen=True, slots=True)
class _Running:
    version: str
    listener: SourceListener
    thread: threading.Thread


class SourceListeners(threading.Thread):
    """Minds the others. It ends when `stop` is set and every listener has ended."""

    def __init__(
        self,
        stop: threading.Event,
        *,
        wants: Callable[[int], Wants],
        clock: Callable[[], datetime] = timezone.now,  # noqa: TID251 - a listener is an edge
        reload_seconds: float = RELOAD_SECONDS,
        habits: Habits | None = None,
    ) -> None:
        """`wants` gives, for the id of a channel, what its monitors would match."""
        super().__init__(name="source-listeners", daemon=True)
        self._stopping = stop
        self._wants = wants
        self._clock = clock
        self._reload_seconds = reload_seconds
        self._habits = habits or Habits()
        self._running: dict[int, _Running] = {}

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.reload()
                self.renew()
            except Exception:  # the edge of a worker: those that listen must go on
                logger.exception("the sources could not be looked up; those running go on")
            connection.close()
            self._stopping.wait(self._reload_seconds)
        self._end(list(self._running))

    def reload(self) -> None:
        """Start new sources, stop closed ones, restart those whose settings have changed."""
        open_ones = Channel.objects.filter(kind__in=kinds_listened_to(), closed_at=None)
        channels = {
            channel.pk: channel for channel in open_ones if not channel.settings.get("demo")
        }
        versions = {pk: _version(channel) for pk, channel in channels.items()}
        self._end([pk for pk, one in self._running.items() if versions.get(pk) != one.version])
        for pk, channel in channels.items():
            running = self._running.get(pk)
            if running is None or not running.thread.is_alive():
                self._running[pk] = self._start(channel, versions[pk])

    def renew(self) -> None:
        """Renew the right to listen to each; who lost it stops."""
        for one in self._running.values():
            one.listener.renew()

    def _start(self, channel: Channel, version: str) -> _Running:
        ear = ChannelEar(channel.pk, wants=self._wants(channel.pk), clock=self._clock)
        listener = SourceListener(
            ear,
            lambda: source_of(channel),
            silence=silence_of(channel.kind),
            habits=self._habits,
        )
        thread = threading.Thread(target=listener.run, name=f"source-{channel.name}", daemon=True)
        thread.start()
        return _Running(version, listener, thread)

    def _end(self, channel_ids: list[int]) -> None:
        ending = [self._running.pop(pk) for pk in channel_ids]
        for one in ending:
            one.listener.end()
        for one in ending:
            one.thread.join(STOP_SECONDS)
            if one.thread.is_alive():
                # It writes nothing more: whoever takes over the lease shuts it out.
                logger.error("%s did not end in %s s", one.thread.name, STOP_SECONDS)


def _version(channel: Channel) -> str:
    told = json.dumps([channel.address, channel.settings], sort_keys=True).encode()
    return hashlib.sha256(told + b"\0" + bytes(channel.secret)).hexdigest()
