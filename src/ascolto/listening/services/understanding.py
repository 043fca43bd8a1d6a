"""What `reading` says of public words, as a mention keeps it."""

import logging
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib import import_module
from typing import Any

from ascolto.listening.models import Mention
from ascolto.reading.reading import Reading, Text

logger = logging.getLogger("ascolto.listening")


@dataclass(frozen=True, slots=True)
class Understood:
    """The part of a reading that mentions are sorted by, and all of it."""

    kind: str = Mention.Kind.REQUEST
    language: str = ""
    needs_care: bool = False
    angry: bool = False
    whole: dict[str, Any] = field(default_factory=dict)


def understand(several: Sequence[Text]) -> list[Understood]:
    """Read many texts at once. What cannot be read is a mention all the same, and unread.

    A fault of the reading must not lose somebody's words: a person reads them then.
    """
    if not several:
        return []
    try:
        readings: list[Reading] = import_module("ascolto.reading").read_many(several)
    except Exception:
        logger.exception("%d texts could not be read", len(several))
        return [Understood()] * len(several)
    return [_understood(one) for one in readings]


def _understood(reading: Reading) -> Understood:
    return Understood(
        kind=reading.kind.upper(),
        language=reading.lang,
        needs_care=reading.needs_care,
        angry=reading.angry,
        whole=asdict(reading),
    )
