"""The sheets of a period, filtered. What was read once stays in memory while it is the newest."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ascolto.insight.models import Sheet
from ascolto.insight.policy.columns import CHANNELS, ROW, TOPICS, WAIT, Numbers, Rows, code
from ascolto.insight.policy.periods import Period

Waits = tuple[Numbers, Numbers, Numbers]
MOST_KEPT = 96_000_000  # bytes: two and a half million cases


@dataclass(frozen=True, slots=True)
class Filters:
    """What is looked at; None is all of it. A topic may be "", which is none known."""

    channel: str | None = None
    team_id: int | None = None
    topic: str | None = None
    priority: int | None = None


class Table:
    """The cases of some days, column by column. A column is put together when it is asked for.

    `waits`: for each later wait the place of its case, and its seconds by either clock.
    """

    def __init__(self, columns: Callable[[str], Numbers], size: int, waits: Waits) -> None:
        self._columns, self._size, self.waits = columns, size, waits
        self._known: dict[str, Numbers] = {}

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, name: str) -> Numbers:
        """A column of `policy.columns.ROW`; or `age`, days since each case was opened."""
        if name not in self._known:
            self._known[name] = self._columns(name)
        return self._known[name]

    def narrowed(self, mask: NDArray[np.bool_]) -> "Table":
        """Those cases alone."""
        places = np.flatnonzero(mask)
        rows, seconds, open_seconds = self.waits
        kept = mask[rows]
        moved = (np.cumsum(mask, dtype=np.int32) - 1)[rows[kept]]
        waits = (moved, seconds[kept], open_seconds[kept])
        return Table(lambda name: self[name][places], len(places), waits)


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
    sheets = _sheets(period)
    lengths = [len(facts) for _day, (facts, _later) in sheets]
    starts = np.cumsum([0, *lengths])

    def column(name: str) -> Numbers:
        if name == "age":
            ages = [(today - day).days for day, _sheet in sheets]
            return np.repeat(np.array(ages, dtype=np.int32), lengths)
        return _joined([facts[name] for _day, (facts, _later) in sheets])

    later = [one for _day, (_facts, one) in sheets]
    rows = [one["row"] + start for one, start in zip(later, starts[:-1], strict=True)]
    waits = (
        _joined(rows),
        _joined([one["seconds"] for one in later]),
        _joined([one["open_seconds"] for one in later]),
    )
    everything = Table(column, int(starts[-1]), waits)
    mask = _mask(everything, filters)
    return everything if mask is None else everything.narrowed(mask)


def _joined(several: Sequence[Any]) -> Numbers:
    return np.concatenate(several) if several else np.empty(0, np.int32)


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


def _mask(of: Table, filters: Filters) -> NDArray[np.bool_] | None:
    """Who is looked at; None for everybody."""
    wanted = {
        "channel": None if filters.channel is None else code(CHANNELS, filters.channel),
        "team": filters.team_id,
        "topic": None if filters.topic is None else code(TOPICS, filters.topic),
        "priority": filters.priority,
    }
    masks = [of[name] == value for name, value in wanted.items() if value is not None]
    return np.logical_and.reduce(masks) if masks else None
