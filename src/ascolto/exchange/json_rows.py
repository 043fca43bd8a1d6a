"""Rows of JSON: a list of objects, or one object a line."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

from ascolto.exchange.reading import LONGEST_ROW, Row, Unreadable

PIECE = 65536
SPACE = " \t\r\n\ufeff"
_decoder = json.JSONDecoder()


def json_rows(text: TextIO) -> Iterator[Row]:
    """Each object. Lines are counted in a file of lines, objects in a list. Raises `Unreadable`."""
    start = text.read(1)
    while start and start in SPACE:
        start = text.read(1)
    return _of_list(text) if start == "[" else _of_lines(text, start)


def _of_lines(text: TextIO, start: str) -> Iterator[Row]:
    number = 0
    while line := start + text.readline(LONGEST_ROW + 1):
        number, start = number + 1, ""
        rest = line
        while len(rest) >= LONGEST_ROW and not rest.endswith(("\n", "\r")):
            rest = text.readline(LONGEST_ROW)
        if len(line) > LONGEST_ROW + 1:
            yield Row(number, {"": line[:2000]}, "long_row")
        elif line.strip(SPACE):
            yield _line(number, line)


def _line(number: int, line: str) -> Row:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return Row(number, {"": line[:2000]}, "no_json")
    return _row(number, found)


def _of_list(text: TextIO) -> Iterator[Row]:
    """A list is never in memory as a whole: it is decoded from the front of what was read."""
    waiting, number = "", 0
    while True:
        waiting = waiting.lstrip(SPACE + ",")
        if waiting.startswith("]"):
            return
        found, end = _first(waiting)
        if end:
            number += 1
            yield _row(number, found)
            waiting = waiting[end:]
            continue
        piece = text.read(max(PIECE, len(waiting)))  # doubled: a long object is tried few times
        if not piece or len(waiting) > LONGEST_ROW:
            raise Unreadable("json_ends")
        waiting += piece


def _first(waiting: str) -> tuple[Any, int]:
    """The object that stands first and where it ends; 0 if it isn't all there."""
    if not waiting:
        return None, 0
    try:
        return _decoder.raw_decode(waiting)
    except RecursionError as problem:
        raise Unreadable("json_ends") from problem
    except ValueError:
        return None, 0


def _row(number: int, found: Any) -> Row:
    if isinstance(found, dict):
        return Row(number, found)
    return Row(number, {"": json.dumps(found)[:2000]}, "no_object")
