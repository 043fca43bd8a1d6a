"""The rules of the monitors as they stand, made into automata once and kept until they change."""

import logging
import threading
import time
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count, Max

from ascolto.listening.matching import Matcher, Watch
from ascolto.listening.models import Monitor
from ascolto.listening.policy.rules import BadRule, Rule, rule_from

FRESH = 3.0  # seconds in which a stream does not ask again whether rules have changed
Version = tuple[object, ...]

logger = logging.getLogger("ascolto.listening")


@dataclass(slots=True)
class _Standing:
    """What was read of the monitors, and the matchers made of it: one for each set of monitors."""

    version: Version = ()
    rules: dict[int, Rule] = field(default_factory=dict)
    sources: dict[int, frozenset[int]] = field(default_factory=dict)
    made: dict[tuple[int, ...], Matcher] = field(default_factory=dict)
    of_channel: dict[int, Matcher] = field(default_factory=dict)

    def matcher(self, channel_id: int) -> Matcher:
        if channel_id not in self.of_channel:
            ids = tuple(
                pk
                for pk in sorted(self.rules)
                if not self.sources[pk] or channel_id in self.sources[pk]
            )
            if ids not in self.made:
                self.made[ids] = Matcher(Watch(pk, self.rules[pk]) for pk in ids)
            self.of_channel[channel_id] = self.made[ids]
        return self.of_channel[channel_id]


_standing = _Standing()
_lock = threading.Lock()


def matchers_of(channel_ids: Collection[int]) -> dict[int, Matcher]:
    """The matcher of each channel. One query, and two more when a monitor has changed."""
    global _standing  # noqa: PLW0603 # one for the process: five thousand words are read once
    monitors = Monitor.objects.filter(paused_at=None, retired_at=None)
    asked = monitors.aggregate(many=Count("pk"), changed=Max("changed_at"), last=Max("pk"))
    version = tuple(asked.values())
    with _lock:
        if version != _standing.version:
            _standing = _read(version)
        standing = _standing
        return {channel_id: standing.matcher(channel_id) for channel_id in channel_ids}


def _read(version: Version) -> _Standing:
    standing = _Standing(version)
    monitors = Monitor.objects.filter(paused_at=None, retired_at=None)
    for monitor in monitors.prefetch_related("sources").order_by("pk"):
        try:
            standing.rules[monitor.pk] = rule_from(monitor.rule)
        except BadRule:
            # One rule that nobody can use must not make all the others deaf.
            logger.exception("the rule of monitor %d cannot be used", monitor.pk)
            continue
        standing.sources[monitor.pk] = frozenset(one.pk for one in monitor.sources.all())
    return standing


class Wants:
    """For the stream of one source: whether any monitor would match. See `channels.ports.Ear`."""

    def __init__(self, channel_id: int) -> None:
        self._channel_id = channel_id
        self._matcher: Matcher | None = None
        self._until = 0.0

    def __call__(self, text: str, *, language: str = "", author: str = "") -> bool:
        if self._matcher is None or time.monotonic() > self._until:
            self._matcher = matchers_of([self._channel_id])[self._channel_id]
            self._until = time.monotonic() + FRESH
        return bool(self._matcher.match(text, language, author))
