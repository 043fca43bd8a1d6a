"""Where a quoted mail begins: the marks mail programs leave above what they quote.

Every pattern is tried on a bounded stretch of text, so that the work is linear in the mail.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from ascolto.channels.adapters.email import reply_words as words
from ascolto.channels.adapters.email.html_text import QUOTE_STARTS

LONGEST_LINE = 300
LONGEST_ATTRIBUTION = 500
MOST_LINES = 6

QUOTE = re.compile(r"\s{0,4}(?:>|\|(?:\s|$))")
RULE = re.compile(r"\s*(?:[-_=*#~+–—─]\s?){2,}\s*")

_LAST = frozenset(":：>*_-")
_LONGEST_VERB = 45
_NEAR = 45

_VERBS = "|".join(re.escape(one) for one in words.VERBS)
_ADDRESS = re.compile(
    r"[<(\[\"'\s:]?(?:mailto:)?[^\s<>()\[\]\"',;:@]{1,64}@[^\s<>()\[\]\"',;:@]{2,}"
)
_DATE = re.compile(
    r"\d{4}\s?[-/.年년]\s?\d{1,2}\s?[-/.月월]\s?\d{1,2}|\d{1,2}[./-]\s?\d{1,2}[./-]\s?\d{2,4}|"
    r"\d{1,2}\.?\s(?:de\s|d’|di\s)?[^\W\d]{3,12}\.?,?\s(?:de\s|del\s)?\d{4}|"
    r"[^\W\d]{3,12}\.?\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:at\s)?\d{4}|"
    r"\b\d{1,2}[:.h]\d{2}\b"
)
_DAY_FIRST = re.compile(
    rf"\W{{0,3}}(?:(?:{'|'.join(words.WEEKDAYS)})[^\W\d]{{0,9}}\.?,?\s{{1,2}})?\W{{0,2}}"
    rf"(?:\d{{1,4}}|[^\W\d]{{3,12}}\.?\s\d{{1,2}}\b)",
    re.IGNORECASE,
)
_OPENER = re.compile(
    rf"\W{{0,6}}(?:(?:{'|'.join(re.escape(one) for one in words.OPENERS)})[\s,.]|[在于於]\s?\d)",
    re.IGNORECASE,
)
_VERB_ENDS = re.compile(
    rf"(?:(?<!\w)(?:{_VERBS})|(?:写道|寫道|書きました|のメール|作成|작성))\s?(?:[:：]|-{{2,}})?[\s>*_]*$",
    re.IGNORECASE,
)
_VERB_AFTER_ADDRESS = re.compile(
    rf"[>\")\]]?,?\s(?:{_VERBS})\s(?:am|op|le|den|el|il|a|på|em|в|on|at|kl|mé|dnia|dne|om)?",
    re.IGNORECASE,
)
_VERB_THEN_DATE = re.compile(
    rf"^.{{2,60}}(?<!\w)(?:{_VERBS})\s(?:am|op|le|den|el|il|a|på|em|в|on|at|kl|mé|dnia|dne|om)\s"
    rf"(?:[^\W\d]{{2,12}}\.?,?\s)?(?:{_DATE.pattern})",
    re.IGNORECASE,
)
# "Am 12.03.2024 um 10:30 schrieb Giulia Neri:"
_DATE_VERB_NAME = re.compile(
    rf"^.{{1,50}}\d.{{0,20}}\s(?:{_VERBS})\s(?!ich|ik|jag|jeg|minä)[^:]{{1,60}}[:：][\s*_]*$",
    re.IGNORECASE,
)
_QUOTING = re.compile(
    r"\W{0,3}(?:quoting|quoted from|citando|citazione di|zitat von|zitiere|cit[ée] par|cytat od)\s"
    r".{3,120}[:：]\s*",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"\b(?:i|ich|io|je|yo|eu|ik|jag|jeg|ja|я)\s*$", re.IGNORECASE)
_ADDRESS_ENDS = re.compile(r"[>)\]]\s*[:：]?[\s*_]*$")
# An address wrapped just before its ">" makes that look like a quote mark.
_ADDRESS_TAIL = re.compile(rf">\s*(?:(?:{_VERBS})\s*[:：]?|[:：])\s*", re.IGNORECASE)
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
    for at, line in enumerate(lines):
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
    if len(line) < 160 and any(one in line.lower() for one in words.REPLY_ABOVE):
        return Opening(Kind.MARK, at, at + 1)
    end = attribution(lines, at)
    return Opening(Kind.ATTRIBUTION, at, end) if end is not None else None


def _is_original(lines: Sequence[str], at: int) -> bool:
    line = lines[at]
    between = _ORIGINAL.fullmatch(line)
    if between:
        phrase = _normal(between[1])
        if phrase in words.ORIGINALS or phrase.startswith(words.PASSED_ON):
            return True
        return header_block(lines, _next_text(lines, at + 1)) is not None
    announced = _FORWARDED.fullmatch(line)
    if announced is None or _normal(announced[1]) not in words.ORIGINALS:
        return False
    return True


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
    kinds: set[str] = set()
    has_address = False
    end, stray = at, 0
    for number in range(at, min(at + 16, len(lines))):
        line = lines[number]
        kind = _label(line)
        if kind is not None:
            kinds.add(kind)
            end, stray = number + 1, 0
        elif not line.strip() and number > end:
            break
        elif line.strip():
            stray += 1
            if stray > 3 or end < number:
                break
            end = number + 1 if _continues(lines, number) else end
        has_address = has_address or (kind is not None and "@" in line)
    told = len(kinds - {words.OTHER, words.COPY})
    if words.FROM not in kinds or told < 2:
        return None
    # "Da: Roma, A: Milano, Data: …" is a journey, not a mail.
    return end if words.SUBJECT in kinds or has_address else None


def _continues(lines: Sequence[str], number: int) -> bool:
    """A long recipient list or subject goes on, when another header or a blank line follows."""
    return all(
        not line.strip() or _label(line) is not None for line in lines[number + 1 : number + 2]
    )


def _label(line: str) -> str | None:
    if len(line) > 4 * LONGEST_LINE:
        return None
    head, colon, value = line.replace("：", ":").partition(":")
    if not colon or len(head) > 40:
        return None
    kind = words.LABELS.get(_normal(head))
    return kind if kind is None or value.strip(" *_") or kind != words.FROM else None


def attribution(lines: Sequence[str], at: int) -> int | None:
    """The line after an attribution that starts at `at`, or None."""
    joined = ""
    taken, blanks = 0, 0
    for number in range(at, min(at + MOST_LINES + 2, len(lines))):
        line = lines[number].strip()
        if not line:
            blanks += 1
            if blanks > 1 or not _open_ended(joined):
                return None
            continue
        if number > at and QUOTE.match(line) and not _ADDRESS_TAIL.fullmatch(line):
            return None
        joined = f"{joined} {line}".strip()
        taken += 1
        if len(joined) > LONGEST_ATTRIBUTION or taken > MOST_LINES:
            return None
        if taken > 1 and not _open_ended(lines[at].strip()):
            return None
        if _is_attribution(html.unescape(joined), followed=_peek(lines, number + 1)):
            return number + 1
    return None


def _open_ended(first: str) -> bool:
    """A line that may go on: it starts like an attribution, or stops inside an address."""
    return _dated_start(first) or "<" in first


def _peek(lines: Sequence[str], at: int) -> str:
    at = _next_text(lines, at)
    return lines[at] if at < len(lines) else ""


def _is_attribution(text: str, *, followed: str) -> bool:
    # The cheap question first: nearly every line of nearly every mail ends here.
    if text[-1] not in _LAST and not QUOTE.match(followed):
        return False
    dated = _DATE.search(text)
    addressed = _ADDRESS.search(text) if "@" in text else None
    if dated is None and addressed is None:
        return False
    tail = max(0, len(text) - _LONGEST_VERB)
    verb = _VERB_ENDS.search(text, tail)
    if verb is not None:
        return _ends_with_verb(text, verb, followed)
    if not text.rstrip("*_ ").endswith((":", "：")):
        # Old Gmail wrote date and address alone.
        quoted = bool(QUOTE.match(followed))
        return quoted and bool(addressed and _DAY_FIRST.match(text) and _ADDRESS_ENDS.search(text))
    if addressed is not None and _QUOTING.fullmatch(text):
        return True
    if dated is None:
        return False
    if _VERB_THEN_DATE.match(text) or (_dated_start(text) and _DATE_VERB_NAME.match(text)):
        return True
    if addressed is None:
        return False
    if _VERB_AFTER_ADDRESS.search(text):
        return True
    return bool(_ADDRESS_ENDS.search(text) and (_DAY_FIRST.match(text) or dated.start() < _NEAR))


def _dated_start(text: str) -> bool:
    return bool(_OPENER.match(text) or _DAY_FIRST.match(text))


def looks_like_attribution(line: str) -> bool:
    """In any language: a line that names a date or an address and introduces what follows."""
    said = line.strip().rstrip("*_ ")
    if len(said) > LONGEST_LINE or not said.endswith((":", "：")):
        return False
    return _ADDRESS.search(said) is not None or _DATE.search(said) is not None


def _ends_with_verb(text: str, verb: re.Match[str], followed: str) -> bool:
    body = text[: verb.start()]
    if _FIRST_PERSON.search(body) or not body.strip():
        return False
    closed = text.rstrip(" *_>").endswith((":", "：", "--"))
    if not closed and not QUOTE.match(followed):
        return False
    addressed = _ADDRESS.search(body) if "@" in body else None
    dated = _DATE.search(body)
    if addressed is not None:
        # Far behind other words it is some later attribution's.
        near_date = dated is not None and dated.start() <= _NEAR
        return near_date or addressed.start() <= 2 * _NEAR
    if dated is None or dated.start() > _NEAR:
        return False
    return _dated_start(body) or QUOTE.match(followed) is not None
