"""Which model reads: the one that comes with Ascolto, or one that this house has learnt.

The house's models stand in a folder, `<version>.npz` each; the file `in_use` beside them names one.
Whoever reads looks at that name each time, so that all processes change over together. A model
learnt from another release of Ascolto is left alone: its features may mean something else.
"""

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from ascolto.reading.model import Model, loaded, shipped

NAME = "in_use"
logger = logging.getLogger("ascolto.reading")


@dataclass(slots=True)
class _Shelf:
    """What was found on the shelf the last time that its name changed."""

    folder: Path | None = None
    seen: tuple[int, int] | None = None  # when the name was written, and its length
    model: Model | None = None


_SHELF = _Shelf()


def look_in(folder: Path | None) -> None:
    """From now on the house's models are looked for here. None: only the shipped one."""
    _SHELF.folder, _SHELF.seen, _SHELF.model = folder, None, None


def in_use() -> Model:
    """The model that reads now."""
    if _SHELF.folder is None:
        return shipped()
    try:
        known = os.stat(_SHELF.folder / NAME)  # noqa: PTH116 - asked for every text that is read
    except OSError:
        return shipped()
    seen = known.st_mtime_ns, known.st_size
    if seen != _SHELF.seen:
        _SHELF.model = _taken(_SHELF.folder)
        _SHELF.seen = seen
    return _SHELF.model or shipped()


def put_in_use(version: str) -> None:
    """Let a model of the house read, or the shipped one: by its version."""
    if _SHELF.folder is None:
        raise NoShelf
    _SHELF.folder.mkdir(parents=True, exist_ok=True)
    fresh = _SHELF.folder / f"{NAME}.new"
    fresh.write_text(version, encoding="utf-8")
    fresh.replace(_SHELF.folder / NAME)
    _SHELF.seen = None


def file_of(version: str) -> Path:
    """Where the model of this version is kept."""
    if _SHELF.folder is None:
        raise NoShelf
    return _SHELF.folder / f"{version}.npz"


class NoShelf(RuntimeError):
    """Nobody said where this house keeps its models."""


def _taken(folder: Path) -> Model | None:
    """The named model, if it can be read and belongs to this release."""
    try:
        version = (folder / NAME).read_text(encoding="utf-8").strip()
        if version.partition("+")[0] != shipped().version or "+" not in version:
            return None
        with (folder / f"{version}.npz").open("rb") as file:
            return loaded(file)
    except (OSError, ValueError, KeyError):
        logger.exception("the model named in %s cannot be read; the shipped one reads", folder)
        return None
