"""Rows of a CSV: `,` `;` or tab, quotes, lines of any kind; and what is none of that, refused."""

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TextIO

from ascolto.exchange.reading import LONGEST_ROW, Row, Unreadable

DELIMITERS = ";,\t"
MOST_COLUMNS = 200
# A quote that is never closed swallows what follows, and is then read again from the next line:
# a file made of nothing else would take for ever.
MOST_TORN = 1000
KEPT_OF_TORN = 2000  # characters of a row that can't be read, for whoever mends it

Line = tuple[int, str]  # its number, from 1


class _TooLong(csv.Error):
    """More in one row than any row has."""


@dataclass(slots=True)
class _Lines:
    """The lines of a text, of which some may be given back to be read again."""

    text: TextIO
    back: deque[Line]
    number: int = 0

    def take(self) -> Line | None:
        if self.back:
            return self.back.popleft()
        line = self.text.readline(LONGEST_ROW + 1)
        if not line:
            return None
        self.number += 1
        rest = line
        while len(rest) >= LONGEST_ROW and not rest.endswith(("\n", "\r")):
            rest = self.text.readline(LONGEST_ROW)
        return self.number, line


@dataclass(frozen=True, slots=True)
class _Torn:
    line: int
    text: str
    problem: str


def csv_rows(text: TextIO) -> Iterator[Row]:
    """Each row by the names in the first line. Raises `Unreadable`."""
    lines = _Lines(text, deque())
    names, delimiter = _header(lines)
    torn = 0
    while (record := _record(lines, delimiter)) is not None:
        if isinstance(record, _Torn):
            torn += 1
            if torn > MOST_TORN:
                raise Unreadable("no_csv")
            yield Row(record.line, {names[0]: record.text}, record.problem)
            continue
        line, cells = record
        if not any(cell.strip() for cell in cells):
            continue
        problem = "more_cells" if len(cells) > len(names) else ""
        yield Row(line, dict(zip(names, cells, strict=False)), problem)


def _header(lines: _Lines) -> tuple[list[str], str]:
    """The names of the columns, and what stands between them."""
    first = lines.take()
    while first is not None and not first[1].strip():
        first = lines.take()
    if first is None:
        raise Unreadable("empty")
    delimiter = max(DELIMITERS, key=first[1].count)
    lines.back.appendleft(first)
    record = _record(lines, delimiter)
    if record is None or isinstance(record, _Torn):
        raise Unreadable("no_header")
    names = [name.strip()[:80] for name in record[1]]
    if len(names) > MOST_COLUMNS:
        raise Unreadable("many_columns")
    return _told_apart(names), delimiter


def _told_apart(names: Sequence[str]) -> list[str]:
    """Two columns of one name are both kept: "Telefono", "Telefono 2"."""
    seen: dict[str, int] = {}
    apart = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        apart.append(name if seen[name] == 1 else f"{name} {seen[name]}")
    return apart


def _record(lines: _Lines, delimiter: str) -> tuple[int, list[str]] | _Torn | None:
    """The next row: its first line and its cells. None at the end."""
    taken: list[Line] = []

    def feed() -> Iterator[str]:
        size = 0
        while (one := lines.take()) is not None:
            taken.append(one)
            size += len(one[1])
            if size > LONGEST_ROW:
                raise _TooLong
            yield one[1]

    try:
        # Strict: else a quote left open would take the rest of the file into one cell, unseen.
        cells = next(csv.reader(feed(), delimiter=delimiter, strict=True), None)
    except csv.Error as problem:
        lines.back.extendleft(reversed(taken[1:]))
        long = isinstance(problem, _TooLong) or "field limit" in str(problem)
        number, text = taken[0]
        return _Torn(number, text[:KEPT_OF_TORN], "long_row" if long else "quotes")
    return None if cells is None else (taken[0][0], cells)
