"""Finding a promise in what somebody writes: «le scrivo entro le 9», «by 5 pm».

It must rather miss one than invent one: what it finds is offered with its box ticked.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ascolto.kit.businesstime import WorkCalendar
from ascolto.promises.policy.moments import Day, Hour, Span, after, instant

LONGEST = 200  # characters of what was promised
LONGEST_SENTENCE = 600  # characters; beyond it nobody promises, and looking takes long
_BREAK = re.compile(r"(?<=[.!?…])\s+|\n+|;\s*")
_QUOTED = re.compile(r"^\s*>.*$", re.MULTILINE)
_CLAUSE_BEGINS, _CLAUSE_ENDS = re.compile(r"[,;:()«»\"–—]"), re.compile(r"[,;:()«»\"–—]")
_WORD = re.compile(r"[^\W\d_]{2,}")

Token = tuple[int, int, Day | Hour | Span]
Reader = Callable[[re.Match[str]], Day | Hour | Span | None]


@dataclass(frozen=True, slots=True)
class Language:
    """How one language speaks of time, and how it promises."""

    tokens: Sequence[tuple[re.Pattern[str], Reader]]  # the longer ones first
    between: re.Pattern[str]  # what may stand between a day and its hour
    strong: re.Pattern[str]  # before the time: it is a limit, «entro»
    wrong: re.Pattern[str]  # before the time: it is none, «dopo», «della fattura di»
    follows: re.Pattern[str]  # after the time: it is something else, «dalla fattura»
    verbs: Sequence[tuple[re.Pattern[str], str]]  # who promises, and what he will do
    barriers: re.Pattern[str]  # between the verb and the time: the time belongs to another verb
    blocks: re.Pattern[str]  # in the clause: an obligation of the reader, a habit, the past
    strong_is_enough: bool  # a limit without a verb of ours is a promise


@dataclass(frozen=True, slots=True)
class Noticed:
    """What was promised, in the writer's words; by when; and the deed, "" if it has no name."""

    words: str
    due_at: datetime
    deed: str


def notice(
    text: str, *, now: datetime, hours: WorkCalendar, languages: Sequence[Language]
) -> Noticed | None:
    """The promise in this text, or None. One with a deed («le scrivo») goes before one without."""
    found = [
        noticed
        for sentence in _BREAK.split(_QUOTED.sub("", text))
        if 0 < len(sentence.strip()) <= LONGEST_SENTENCE and not sentence.rstrip().endswith("?")
        for language in languages
        for noticed in _in(sentence.strip(), language, now=now, hours=hours)
    ]
    named = [one for one in found if one.deed]
    return next(iter(named or found), None)


def _in(
    sentence: str, language: Language, *, now: datetime, hours: WorkCalendar
) -> Iterator[Noticed]:
    said = sentence.lower().replace("’", "'")
    for start, end, day, hour, span in _times(said, language):
        deed = _deed(said, start, end, language)
        if deed is None:
            continue
        due = (
            after(span, now=now, hours=hours) if span else instant(day, hour, now=now, hours=hours)
        )
        if due is not None and due > now:
            yield Noticed(_short(sentence), due, deed)


def _times(
    said: str, language: Language
) -> Iterator[tuple[int, int, Day | None, Hour | None, Span | None]]:
    """Days with their hours, hours alone, days alone, and lengths, in the order they are said."""
    tokens = _tokens(said, language)
    place = 0
    while place < len(tokens):
        start, end, one = tokens[place]
        place += 1
        if isinstance(one, Span):
            yield start, end, None, None, one
            continue
        other: Day | Hour | Span | None = None
        if place < len(tokens) and language.between.fullmatch(said, end, tokens[place][0]):
            other = tokens[place][2]
        if isinstance(one, Day) != isinstance(other, Day) and isinstance(other, Day | Hour):
            end = tokens[place][1]
            place += 1
        else:
            other = None
        pair = (one, other)
        day = next((each for each in pair if isinstance(each, Day)), None)
        hour = next((each for each in pair if isinstance(each, Hour)), None)
        yield start, end, day, hour, None


def _tokens(said: str, language: Language) -> list[Token]:
    found: list[Token] = []
    for pattern, read in language.tokens:
        for match in pattern.finditer(said):
            inside = any(match.start() < end and start < match.end() for start, end, _ in found)
            meant = None if inside else read(match)
            if meant is not None:
                found.append((match.start(), match.end(), meant))
    return sorted(found, key=lambda token: token[0])


def _deed(said: str, start: int, end: int, language: Language) -> str | None:
    """What is promised for this time ("" if it has no name), or None: nothing is."""
    before, behind = said[:start], said[end:]
    if language.wrong.search(before) or language.follows.match(behind):
        return None
    clause = _clause(said, start, end)
    if language.blocks.search(clause):
        return None
    deed = _verb(said, start, end, language)
    if deed is not None:
        return deed
    alone = _WORD.search(language.strong.sub("", before)) is None and not _WORD.search(behind)
    strong = language.strong.search(before) is not None
    return "" if alone or (strong and language.strong_is_enough) else None


def _clause(said: str, start: int, end: int) -> str:
    begins = max((match.end() for match in _CLAUSE_BEGINS.finditer(said, 0, start)), default=0)
    ends = _CLAUSE_ENDS.search(said, end)
    return said[begins : ends.start() if ends else len(said)]


def _verb(said: str, start: int, end: int, language: Language) -> str | None:
    """The deed of the nearest verb of ours, before the time or behind it in the same clause."""
    before = [
        (match.end(), deed)
        for pattern, deed in language.verbs
        for match in pattern.finditer(said, 0, start)
    ]
    if before:
        place, deed = max(before)
        return None if language.barriers.search(said, place, start) else deed
    ends = _CLAUSE_ENDS.search(said, end)
    limit = ends.start() if ends and ends.start() > end else len(said)
    behind = [
        (match.start(), deed)
        for pattern, deed in language.verbs
        for match in pattern.finditer(said, end, limit)
    ]
    if behind:
        place, deed = min(behind)
        return None if language.barriers.search(said, end, place) else deed
    return None


def _short(sentence: str) -> str:
    words = " ".join(sentence.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
