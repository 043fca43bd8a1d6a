"""Where a quoted mail begins: the marks mail programs leave above what they quote."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ascolto.channels.adapters.email import reply_words as words
from ascolto.channels.adapters.email.attributions import LONGEST_LINE, QUOTE, attribution
from ascolto.channels.adapters.email.html_text import QUOTE_STARTS

MOST_LINES = 10_000
"""How far marks are looked for; nobody answers below that."""
MOST_HEADER_LINES = 16
MOST_FOLDED = 3
LONGEST_LABEL = 40
LONGEST_REQUEST = 160

_ORIGINAL = re.compile(
    r"[\s>*_]*(?:-{2,}|_{3,}|={3,})\s*([^-_=\s][^\n]{0,60}?)\s*(?:-{2,}|_{3,}|={3,})[\s*_]*"
)
_FORWARDED = re.compile(r"[\s*_]*([^\s:][^\n:：]{5,50}?)\s*[:：][\s*_]*")


class Kind(Enum):
    MARK = "mark"
    """The mail program's own mark in HTML."""
    ORIGINAL = "original"
    """A line such as "-----Messaggio originale-----", or a block of headers."""
    ATTRIBUTION = "attribution"
    """A line such as "Il giorno … ha scritto:"."""


@dataclass(frozen=True, slots=True)
class Opening:
    kind: Kind
    start: int
    end: int
    """The first line after the mark."""


def first_opening(lines: Sequence[str]) -> Opening | None:
    for at, line in enumerate(lines[:MOST_LINES]):
        if not line.strip() or QUOTE.match(line):
            continue
        found = _opening_at(lines, at)
        if found is not None:
            return found
    return None


def _opening_at(lines: Sequence[str], at: int) -> Opening | None:
    line = lines[at]
    if line == QUOTE_STARTS:
        return Opening(Kind.MARK, at, at + 1)
    if len(line) > LONGEST_LINE:
        return None
    end = header_block(lines, at)
    if end is not None:
        return Opening(Kind.ORIGINAL, at, end)
    if _is_original(lines, at):
        following = _next_text(lines, at + 1)
        return Opening(Kind.ORIGINAL, at, header_block(lines, following) or at + 1)
    if _asks_to_reply_above(line):
        return Opening(Kind.MARK, at, at + 1)
    end = attribution(lines, at)
    return Opening(Kind.ATTRIBUTION, at, end) if end is not None else None


def _asks_to_reply_above(line: str) -> bool:
    said = line.lower()
    return len(line) < LONGEST_REQUEST and any(one in said for one in words.REPLY_ABOVE)


def _is_original(lines: Sequence[str], at: int) -> bool:
    between = _ORIGINAL.fullmatch(lines[at])
    if between:
        phrase = _normal(between[1])
        if phrase in words.ORIGINALS or phrase.startswith(words.PASSED_ON):
            return True
        return header_block(lines, _next_text(lines, at + 1)) is not None
    announced = _FORWARDED.fullmatch(lines[at])
    return announced is not None and _normal(announced[1]) in words.ORIGINALS


def _normal(phrase: str) -> str:
    return " ".join(phrase.replace("’", "'").casefold().split()).strip(" *_:")


def _next_text(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def header_block(lines: Sequence[str], at: int) -> int | None:
    """The line after a block of quoted headers ("Da: … Inviato: … Oggetto: …"), or None."""
    if at >= len(lines) or _label(lines[at]) in {None, words.OTHER, words.COPY}:
        return None
    end = _end_of_block(lines, at)
    headers = [line for line in lines[at:end] if _label(line) is not None]
    kinds = {_label(line) for line in headers}
    told = kinds - {words.OTHER, words.COPY}
    if words.FROM not in kinds or len(told) == 1:
        return None
    # "Da: Roma, A: Milano, Data: …" is a journey, not a mail.
    named = words.SUBJECT in kinds or any("@" in line for line in headers)
    return end if named else None


def _end_of_block(lines: Sequence[str], at: int) -> int:
    """Headers may be folded, or stand one blank line apart."""
    end, folded = at, 0
    for number in range(at, min(at + MOST_HEADER_LINES, len(lines))):
        line = lines[number]
        if _label(line) is not None:
            end, folded = number + 1, 0
        elif not line.strip():
            if number > end:
                break
        elif folded < MOST_FOLDED and end == number:
            folded += 1
            end = number + 1 if _header_or_blank(lines, number + 1) else end
        else:
            break
    return end


def _header_or_blank(lines: Sequence[str], at: int) -> bool:
    """A long list of recipients or a subject went on, and ends here."""
    return at >= len(lines) or not lines[at].strip() or _label(lines[at]) is not None


def _label(line: str) -> str | None:
    if len(line) > 4 * LONGEST_LINE:
        return None
    head, colon, value = line.replace("：", ":").partition(":")
    if not colon or len(head) > LONGEST_LABEL:
        return None
    kind = words.LABELS.get(_normal(head))
    return None if kind == words.FROM and not value.strip(" *_") else kind
