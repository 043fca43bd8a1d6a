"""From bytes to text: the encodings that spreadsheets write, found out and not asked for."""

import codecs
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO, TextIO

PIECE = 1024 * 1024
LONGEST_ROW = 1_000_000  # characters


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: `values` by the names of its columns, or why it can't be read."""

    line: int
    values: dict[str, Any]
    problem: str = ""  # a code of `words.PROBLEMS`


class Unreadable(Exception):
    """The file as a whole cannot be read. `args[0]` is a code of `words.PROBLEMS`."""


def encoding_of(stream: BinaryIO) -> str:
    """UTF-8 and UTF-16 by their marks, UTF-8 by its form, and else what Windows writes."""
    piece = stream.read(PIECE)
    if piece.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if piece.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while piece:
            decoder.decode(piece)
            piece = stream.read(PIECE)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


@contextmanager
def text_of(opened: Callable[[], BinaryIO]) -> Iterator[TextIO]:
    """The text of a file, its ends of line as they are."""
    with opened() as stream:
        encoding = encoding_of(stream)
    with (
        opened() as stream,
        io.TextIOWrapper(stream, encoding, errors="replace", newline="") as text,
    ):
        yield text
