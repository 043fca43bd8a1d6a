"""What a text says. Pure: text in, a `Reading` with its reasons out.

Visible rules (`words.toml`: words that a person can read and change) and beside them a model of
straight weights, trained on the messages in `training/data` (`make train`). The contract is in
`reading.py`.
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
