"""Time in which a customer waited for a word of ours. Pure but for what it is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

SILENCE = timedelta(hours=2)  # a gap this long is drawn as an event


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody was heard at this moment: he, or one of us who reached him."""

    at: datetime
    his: bool


@dataclass(frozen=True, slots=True)
class Gap:
    """`still`: nobody has said anything yet."""

    to: datetime
    length: timedelta
    still: bool


def gaps(voices: Sequence[Voice], *, until: datetime | None) -> list[Gap]:
    """The gaps after his words, up to ours or up to his next ones; the last one up to `until`.

    `voices` in the order of time. `until` is None where nobody waits any more.
    """
    found = [
        Gap(after.at, after.at - before.at, still=False)
        for before, after in pairwise(voices)
        if before.his and after.at - before.at >= SILENCE
    ]
    last = voices[-1] if voices else None
    if last is not None and last.his and until is not None and until - last.at >= SILENCE:
        found.append(Gap(until, until - last.at, still=True))
    return found
