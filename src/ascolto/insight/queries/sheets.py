"""The sheets of a period, filtered. What was read once stays in memory while it is the newest."""

from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ascolto.insight.models import Sheet
from ascolto.insight.policy.columns import CHANNELS, ROW, TOPICS, WAIT, Rows, code
from ascolto.insight.policy.periods import Period

MOST_KEPT = 96_000_000  # bytes: two and a half million cases


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked at; None is all of it. A topic may be "", which is none known."""

    channel: str | None = None
    team_id: int | None = None
    topic: str | None = None
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The cases of some days: their facts, how many days ago each was opened, and later waits."""

    rows: Rows
    age: NDArray[np.int32]
    waits: Rows


@dataclass
class _Kept:
    """Sheets by day and version, the longest unused first."""

    sheets: OrderedDict[tuple[date, int], tuple[Rows, Rows]] = field(default_factory=OrderedDict)
    size: int = 0
    lock: Lock = field(default_factory=Lock)

    def get(self, key: tuple[date, int]) -> tuple[Rows, Rows] | None:
        with self.lock:
            found = self.sheets.get(key)
            if found is not None:
                self.sheets.move_to_end(key)
            return found

    def put(self, key: tuple[date, int], sheet: tuple[Rows, Rows]) -> None:
        with self.lock:
            if key in self.sheets:
                return
            self.sheets[key] = sheet
            self.size += sum(part.nbytes for part in sheet)
            while self.size > MOST_KEPT and len(self.sheets) > 1:
                _key, old = self.sheets.popitem(last=False)
                self.size -= sum(part.nbytes for part in old)

    def clear(self) -> None:
        with self.lock:
            self.sheets.clear()
            self.size = 0


_kept = _Kept()


def forget() -> None:
    """Keep nothing in memory: the next page reads its sheets again."""
    _kept.clear()


def table(period: Period, filters: Filters, *, today: date) -> Table:
    """One query for what is there, and one for what was not read before."""
    rows, ages, waits = [], [], []
    start = 0
    for day, (facts, later) in _sheets(period):
        mask = _mask(facts, filters)
        place = np.cumsum(mask) - 1
        kept = later[mask[later["row"]]] if len(later) else later
        moved = kept.copy()
        moved["row"] = place[kept["row"]] + start if len(kept) else 0
        rows.append(facts[mask])
        ages.append(np.full(len(rows[-1]), (today - day).days, dtype=np.int32))
        waits.append(moved)
        start += len(rows[-1])
    if not rows:
        return Table(np.empty(0, ROW), np.empty(0, np.int32), np.empty(0, WAIT))
    return Table(np.concatenate(rows), np.concatenate(ages), np.concatenate(waits))


def _sheets(period: Period) -> list[tuple[date, tuple[Rows, Rows]]]:
    wanted = Sheet.objects.filter(day__gte=period.first, day__lte=period.last).order_by("day")
    keys = list(wanted.values_list("day", "version"))
    found = {key: _kept.get(key) for key in keys}
    missing = [day for (day, _version), sheet in found.items() if sheet is None]
    if missing:
        for day, version, raw, later in Sheet.objects.filter(day__in=missing).values_list(
            "day", "version", "rows", "waits"
        ):
            sheet: tuple[Any, Any] = (np.frombuffer(raw, ROW), np.frombuffer(later, WAIT))
            _kept.put((day, version), sheet)
            found[(day, version)] = sheet
    # One that was written again in between has both versions here: the newer one counts.
    newest = {day: sheet for (day, _version), sheet in sorted(found.items()) if sheet is not None}
    return sorted(newest.items(), key=lambda one: one[0])


def _mask(rows: Rows, filters: Filters) -> NDArray[np.bool_]:
    mask = np.ones(len(rows), dtype=bool)
    if filters.channel is not None:
        mask &= rows["channel"] == code(CHANNELS, filters.channel)
    if filters.team_id is not None:
        mask &= rows["team"] == filters.team_id
    if filters.topic is not None:
        mask &= rows["topic"] == code(TOPICS, filters.topic)
    if filters.priority is not None:
        mask &= rows["priority"] == filters.priority
    return mask
