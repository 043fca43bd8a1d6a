"""How a promise ends, and when it is time to warn. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Terms:
    """What a clock is started with: how much working time, and at what part of it to warn."""

    amount: timedelta
    warn_percent: int

    @property
    def until_warning(self) -> timedelta:
        return self.amount * self.warn_percent / 100


def ending_of(*, due_at: datetime, ended_at: datetime) -> str:
    """Kept if it was done by the moment promised, to the second; else broken, however little."""
    return "KEPT" if ended_at <= due_at else "BROKEN"
