"""One listener for each mailbox there is, started and stopped as channels come and go."""

import hashlib
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils import timezone

from ascolto.channels.adapters.email.imap import ImapMailbox
from ascolto.channels.adapters.email.ledger import ChannelLedger
from ascolto.channels.adapters.email.listener import Habits, Listener
from ascolto.channels.adapters.email.settings import BadSettings, MailboxSettings, parse
from ascolto.channels.models import Channel
from ascolto.kit.secrets import WrongKey, unseal

logger = logging.getLogger("ascolto.mail")

RELOAD_SECONDS = 30.0
STOP_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class _Running:
    version: str
    stop: threading.Event
    thread: threading.Thread


class MailListeners(threading.Thread):
    """The thread that minds the others. It ends when `stop` is set and every listener has ended."""

    def __init__(
        self,
        stop: threading.Event,
        *,
        clock: Callable[[], datetime] = timezone.now,  # noqa: TID251 - a listener is an edge
        reload_seconds: float = RELOAD_SECONDS,
    ) -> None:
        super().__init__(name="mail-listeners", daemon=True)
        self._stopping = stop
        self._clock = clock
        self._reload_seconds = reload_seconds
        self._running: dict[int, _Running] = {}

    def run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.reload()
            except Exception:  # the edge of a worker: those that listen must go on
                logger.exception("the mailboxes could not be looked up; those running go on")
            connection.close()
            self._stopping.wait(self._reload_seconds)
        self._end(list(self._running))

    def reload(self) -> None:
        """Start new mailboxes, stop closed ones, restart those whose settings have changed."""
        channels = {
            channel.pk: channel
            for channel in Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None)
            if channel.settings.get("imap")
        }
        versions = {pk: _version(channel) for pk, channel in channels.items()}
        self._end([pk for pk, one in self._running.items() if versions.get(pk) != one.version])
        for pk, channel in channels.items():
            running = self._running.get(pk)
            if running is None or not running.thread.is_alive():
                self._running[pk] = self._start(channel, versions[pk])

    def _start(self, channel: Channel, version: str) -> _Running:
        stop = threading.Event()
        ledger = ChannelLedger(channel.pk, clock=self._clock)
        listener = listener_for(channel, ledger, stop)
        thread = threading.Thread(target=listener.run, name=f"mail-{channel.name}", daemon=True)
        thread.start()
        return _Running(version, stop, thread)

    def _end(self, channel_ids: list[int]) -> None:
        ending = [self._running.pop(pk) for pk in channel_ids]
        for one in ending:
            one.stop.set()
        for one in ending:
            one.thread.join(STOP_SECONDS)
            if one.thread.is_alive():
                # It writes nothing more: whoever takes over the lease shuts it out.
                logger.error("%s did not end in %s s", one.thread.name, STOP_SECONDS)


def listener_for(channel: Channel, ledger: ChannelLedger, stop: threading.Event) -> Listener:
    """A listener also for settings that make no sense: it says so, until they are mended."""

    def open_box() -> ImapMailbox:
        told = settings_of(channel)
        if told.imap is None:
            raise BadSettings("imap is missing")
        return ImapMailbox(told.imap, folder=told.folder, writable=told.mark_seen)

    try:
        told = settings_of(channel)
    except BadSettings:
        told = MailboxSettings(channel.address)
    habits = Habits(
        largest=settings.LARGEST_MESSAGE,
        idle=told.idle,
        mark_seen=told.mark_seen,
        new_only=told.start == "NEW",
    )
    return Listener(ledger, open_box, habits, stop)


def settings_of(channel: Channel) -> MailboxSettings:
    """The channel's settings with its secret opened. Raises `BadSettings`."""
    sealed = bytes(channel.secret)
    try:
        secret = unseal(sealed).encode() if sealed else b""
    except WrongKey as problem:
        raise BadSettings(str(problem)) from problem
    return parse(channel.address, channel.settings, secret)


def _version(channel: Channel) -> str:
    told = json.dumps(channel.settings, sort_keys=True).encode()
    return hashlib.sha256(told + b"\0" + bytes(channel.secret)).hexdigest()
