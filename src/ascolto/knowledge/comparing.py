"""Two versions of a text, line by line, and within a changed line word by word. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "removed"]
_WORD = re.compile(r"\s+|[^\s]+")
LONGEST = 3_000  # lines compared: the matcher's time grows with their square
AROUND = 2  # unchanged lines shown beside a change


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the comparison. `skipped`: so many unchanged lines stand here, unseen."""

    pieces: tuple[Piece, ...] = ()
    kind: Kind = "same"
    skipped: int = 0


def compare(before: str, after: str) -> list[Line]:
    """What was taken away and what was added; long unchanged parts folded."""
    old, new = before.splitlines()[:LONGEST], after.splitlines()[:LONGEST]
    lines: list[Line] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            lines += [Line((Piece(line, "same"),)) for line in new[c:d]]
        elif tag == "replace" and b - a == d - c:
            for was, now in zip(old[a:b], new[c:d], strict=True):
                lines += _changed(was, now)
        else:
            lines += [Line((Piece(line, "removed"),), "removed") for line in old[a:b]]
            lines += [Line((Piece(line, "added"),), "added") for line in new[c:d]]
    return _folded(lines)


def _changed(was: str, now: str) -> list[Line]:
    """The line as it was and as it is, with the words that differ marked."""
    old, new = _WORD.findall(was), _WORD.findall(now)
    gone: list[Piece] = []
    come: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if a < b:
            gone.append(Piece("".join(old[a:b]), "same" if tag == "equal" else "removed"))
        if c < d:
            come.append(Piece("".join(new[c:d]), "same" if tag == "equal" else "added"))
    return [Line(tuple(gone), "removed"), Line(tuple(come), "added")]


def _folded(lines: Sequence[Line]) -> list[Line]:
    near = [
        any(one.kind != "same" for one in lines[max(0, at - AROUND) : at + AROUND + 1])
        for at in range(len(lines))
    ]
    folded: list[Line] = []
    for line, shown in zip(lines, near, strict=True):
        if shown:
            folded.append(line)
        elif folded and folded[-1].skipped:
            folded[-1] = Line(skipped=folded[-1].skipped + 1)
        else:
            folded.append(Line(skipped=1))
    return folded
