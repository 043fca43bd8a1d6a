"""What came of some rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from ascolto.exchange.columns import BadRow
from ascolto.exchange.reading import Row


@dataclass(slots=True)
class Outcome:
    made: int = 0
    changed: int = 0
    unchanged: int = 0
    refused: list[tuple[Row, str]] = field(default_factory=list)

    def count(self, name: str) -> None:
        """One more that was `made`, `changed` or `unchanged`."""
        setattr(self, name, getattr(self, name) + 1)

    @contextmanager
    def refusing(self, row: Row) -> Iterator[None]:
        """A row that turns out bad inside is written down with its reason."""
        try:
            yield
        except BadRow as problem:
            self.refused.append((row, str(problem)))
