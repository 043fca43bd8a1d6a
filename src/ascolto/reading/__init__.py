"""What a text says. Pure: text in, a `Reading` with its reasons out.

Visible rules alone, so far: words that a person can read and change (`words.toml`). A model trained
on our own examples comes beside them; the contract (`reading.py`) stays.
"""

from collections.abc import Sequence

from ascolto.reading.judging import judge
from ascolto.reading.reading import Reading, Text

__all__ = ["Reading", "Text", "read", "read_many"]


def read(text: Text) -> Reading:
    """Read one text. Takes well under a millisecond, raises nothing."""
    return judge(text)


def read_many(texts: Sequence[Text]) -> list[Reading]:
    """Read many, in the order given."""
    return [judge(text) for text in texts]
