"""How much one may ask: a bucket in the memory of each process."""

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

A_SECOND = 100.0  # requests, for as long as one likes
AT_ONCE = 1000.0  # requests that may come together
MOST_BUCKETS = 5000


@dataclass(slots=True)
class Buckets:
    """A bucket a key: it holds `most` and fills with `rate` a second."""

    rate: float = A_SECOND
    most: float = AT_ONCE
    clock: Callable[[], float] = time.monotonic
    _levels: dict[Hashable, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait_for(self, key: Hashable) -> float:
        """Take one: 0 if there was one, else the seconds until there will be."""
        with self._lock:
            now = self.clock()
            level, seen = self._levels.get(key, (self.most, now))
            level = min(self.most, level + (now - seen) * self.rate)
            if len(self._levels) >= MOST_BUCKETS and key not in self._levels:
                self._levels.clear()
            if level < 1:
                self._levels[key] = (level, now)
                return (1 - level) / self.rate
            self._levels[key] = (level - 1, now)
            return 0.0
