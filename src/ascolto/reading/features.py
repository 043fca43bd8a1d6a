"""What the model looks at: words, pieces of words, what they mean, and what stands around them.

Features have names ("w:bolletta", "c:boll", "k:bill") that are hashed to `BUCKETS` places: nothing
has to be known beforehand, and a misspelt word still shares most of its pieces with the right one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from ascolto.reading import rules
from ascolto.reading.folding import fold
from ascolto.reading.reading import Text
from ascolto.reading.wording import PAIRS, handles, meanings, words

BUCKETS = 1 << 17
LONGEST = 4_000  # characters that are looked at
PIECES = range(2, 6)  # letters of a piece of a word, with its edges
STEM = 5  # letters by which two words count as the same
SAYS_NOTHING = frozenset(
    {"ask", "no", "still", "money", "greet", "good"}
)  # of what a post is about
_LETTERS = re.compile(r"\w{4,}")
_SHOUT = re.compile(r"\b[A-ZÀÈÉÌÒÙ]{3,}\b")
_LENGTHS = (2, 5, 10, 20, 40, 80)  # words


@dataclass(frozen=True, slots=True)
class Features:
    """The places of what was found. `words`, `pieces` and `meant` go in parallel to `spoken`."""

    spoken: list[str]
    words: list[tuple[int, ...]]  # for each word: itself and the pair it opens
    pieces: list[tuple[int, ...]]  # for each word: its pieces
    meant: list[tuple[int, ...]]  # for each word: what it means, alone and with the next
    addressed: list[int]  # pieces of the name that is spoken to
    above: list[int]  # words of the post above
    around: list[int]  # channel, rules, length, heat, what comment and post share

    @property
    def by_word(self) -> tuple[list[tuple[int, ...]], ...]:
        """What belongs to single words, so that reasons can be told."""
        return self.words, self.pieces, self.meant


def place(name: str) -> int:
    """Where a feature lives; the same on every machine."""
    return crc32(name.encode(errors="surrogatepass")) % BUCKETS


def features(text: Text, heard: rules.Heard | None = None) -> Features:
    """All that one text shows; `heard` if the rules have been asked before."""
    plain = plainly(text.text)
    spoken = words(plain)
    heard = heard or rules.heard(plain)
    pairs = list(zip(spoken, [*spoken, "$"][1:], strict=False))
    return Features(
        spoken,
        [(_place(f"w:{word}"), place(f"p:{word} {after}")) for word, after in pairs],
        [_pieces(word) for word in spoken],
        [_meant(word) + _meant_together(word, after) for word, after in pairs],
        [one for name in handles(plain) for one in _named(name)],
        list(_above(text.post)) if text.post else [],
        [_place(name) for name in _around(text, heard, plain, spoken)],
    )


def plainly(text: str) -> str:
    """As the rules and the model look at it."""
    return rules.spelt_out(fold(text[:LONGEST]))


_place = lru_cache(maxsize=1 << 15)(place)


@lru_cache(maxsize=1 << 15)
def _pieces(word: str) -> tuple[int, ...]:
    edged = f" {word} "
    return tuple(
        place(f"c:{edged[start : start + size]}")
        for size in PIECES
        for start in range(max(1, len(edged) - size + 1))
    )


@lru_cache(maxsize=1 << 15)
def _meant(word: str) -> tuple[int, ...]:
    return tuple(place(f"k:{meaning}") for meaning in meanings(word))


def _meant_together(word: str, after: str) -> tuple[int, ...]:
    together = f"{word} {after}"
    return _meant(together) if together in PAIRS else ()


@lru_cache(maxsize=1 << 10)
def _named(handle: str) -> tuple[int, ...]:
    edged = f" {handle} "
    pieces = [edged[at : at + size] for size in (3, 4, 5) for at in range(len(edged) - size + 1)]
    return (place(f"h:{handle}"), *(place(f"h:{piece}") for piece in pieces))


@lru_cache(maxsize=1 << 10)
def _above(post: str) -> tuple[int, ...]:
    plain = plainly(post)
    known = [word for word in words(plain) if len(word) > 2]  # noqa: PLR2004 - "la", "di" say nothing
    names = [f"q:{word}" for word in known] + [f"q:{word[:STEM]}" for word in known]
    return tuple(place(name) for name in [*names, *(f"q:above:{one}" for one in _topics(plain))])


def _topics(plain: str) -> list[str]:
    return [name for name, pattern in rules.TOPICS.items() if pattern.search(plain)]


def _around(text: Text, heard: rules.Heard, plain: str, spoken: list[str]) -> Iterator[str]:
    raw = text.text[:LONGEST]
    yield f"channel:{text.channel}"
    yield f"length:{sum(len(spoken) > limit for limit in _LENGTHS)}"
    yield f"shouts:{min(len(_SHOUT.findall(raw)), 4)}"
    yield f"cries:{min(raw.count('!'), 4)}"
    yield f"asks:{min(raw.count('?'), 2)}"
    said = [name for name, hits in heard.says.items() if hits]
    yield from (f"rule:{name}" for name in said)
    topics = [name for name, hits in heard.topics.items() if hits]
    yield from (f"topic:{name}" for name in topics)
    if text.post:
        yield from _under(text.post[:LONGEST], plain, said, topics)
        mine = {meaning for word in spoken for meaning in meanings(word)}
        yield from _shared_meanings(text.post[:LONGEST], mine)


def _under(post: str, plain: str, said: list[str], topics: list[str]) -> Iterator[str]:
    """What a comment has in common with its post."""
    stems, above, _ = _seen(post)
    yield "post"
    shared = stems & _stems(plain)
    yield f"shared:{min(len(shared), 3)}"
    yield f"same topic:{bool(above & set(topics))}"
    yield f"other topic:{bool(set(topics) - above)}"
    for name in said:
        yield f"shared:{bool(shared)} rule:{name}"
    for mine in topics or ["none"]:
        yield f"topic:{mine} above:{mine in above}"


def _shared_meanings(post: str, mine: set[str]) -> Iterator[str]:
    _, _, above = _seen(post)
    yield from (f"post:{meaning}" for meaning in sorted(above))
    yield from (f"both:{meaning}" for meaning in sorted(above & mine))
    yield f"both:{min(3, len(above & mine))}"


@lru_cache(maxsize=1 << 10)
def _seen(post: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Of a post the stems, the topics and the meanings."""
    plain = plainly(post)
    meant = {meaning for word in words(plain) for meaning in meanings(word)}
    return frozenset(_stems(plain)), frozenset(_topics(plain)), frozenset(meant - SAYS_NOTHING)


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in _LETTERS.findall(text)}
