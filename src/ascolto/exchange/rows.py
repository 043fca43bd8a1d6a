"""What a file says, row by row, with no more than a row of it in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from ascolto.exchange.csv_rows import csv_rows
from ascolto.exchange.json_rows import json_rows
from ascolto.exchange.reading import Row, Unreadable, text_of

__all__ = ["File", "Row", "Unreadable"]
LOOKED_AT = 4096  # characters: the first that is no space says what kind of file it is


@dataclass(frozen=True, slots=True)
class File:
    """A file that can be opened again and again, from the beginning."""

    open: Callable[[], BinaryIO]
    _known: dict[str, str] = field(default_factory=dict)

    def format(self) -> str:
        """CSV or JSON, by what is in it: names of files say anything. Raises `Unreadable`."""
        if "format" not in self._known:
            with text_of(self.open) as text:
                start = text.read(LOOKED_AT).lstrip()
            if not start:
                raise Unreadable("empty")
            self._known["format"] = "JSON" if start[0] in "[{" else "CSV"
        return self._known["format"]

    def rows(self) -> Iterator[Row]:
        """Every row with the line it begins on. Raises `Unreadable` where it can't go on."""
        read: Callable[[Any], Iterator[Row]] = csv_rows if self.format() == "CSV" else json_rows
        with text_of(self.open) as text:
            yield from read(text)
