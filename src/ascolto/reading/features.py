"""What the model looks at: words, pieces of words, what they mean, and what stands around them.

Features have names ("w:bolletta", "c:boll", "k:bill") that are hashed to `BUCKETS` places: nothing
has to be known beforehand, and a misspelt word still shares most of its pieces with the right one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
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
class Shared:
    """What comment and post have in common, as numbers."""

    stems: int
    meanings: int
    of_the_comment: float  # of its meanings, the share that the post has too
    speaks: tuple[bool, ...]  # which words of `rules.BESIDE` the comment has


@dataclass(frozen=True, slots=True)
class Features:
    """The places of what was found. `words`, `pieces` and `meant` go in parallel to `spoken`."""

    spoken: list[str]
    words: list[tuple[int, ...]]  # for each word: itself and the pair it opens
    pieces: list[tuple[int, ...]]  # for each word: its pieces
    meant: list[tuple[int, ...]]  # for each word: what it means, alone and with the next
    addressed: list[int]  # pieces of the name that is spoken to
    above: list[int]  # words of the post above
    around: list[int]  # the channel first; rules, length, heat
    under: list[int] = field(default_factory=list)  # how a comment stands to its post
    shared: Shared | None = None
    post: "Features | None" = None  # the post above, as if it were a text of its own

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
    stands = _stands(text.post[:LONGEST], plain, spoken, heard) if text.post else None
    return Features(
        spoken,
        [(_place(f"w:{word}"), place(f"p:{word} {after}")) for word, after in pairs],
        [_pieces(word) for word in spoken],
        [_meant(word) + _meant_together(word, after) for word, after in pairs],
        [one for name in handles(plain) for one in _named(name)],
        list(_above(text.post)) if text.post else [],
        [_place(name) for name in _around(text, heard, spoken)],
        [_place(name) for name in stands.names] if stands else [],
        stands.shared if stands else None,
        _alone(text.post[:LONGEST]) if text.post else None,
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


@lru_cache(maxsize=1 << 10)
def _alone(post: str) -> Features:
    return features(Text(post))


def _around(text: Text, heard: rules.Heard, spoken: list[str]) -> Iterator[str]:
    raw = text.text[:LONGEST]
    yield f"channel:{text.channel}"
    yield f"length:{sum(len(spoken) > limit for limit in _LENGTHS)}"
    yield f"shouts:{min(len(_SHOUT.findall(raw)), 4)}"
    yield f"cries:{min(raw.count('!'), 4)}"
    yield f"asks:{min(raw.count('?'), 2)}"
    yield from (f"rule:{name}" for name, hits in heard.says.items() if hits)
    yield from (f"topic:{name}" for name, hits in heard.topics.items() if hits)


@dataclass(frozen=True, slots=True)
class _Standing:
    names: list[str]
    shared: Shared


def _stands(post: str, plain: str, spoken: list[str], heard: rules.Heard) -> _Standing:
    """How a comment stands to its post: what it has in common with it, and how it speaks of it."""
    stems, topics, above = _seen(post)
    mine = {meaning for word in spoken for meaning in meanings(word)}
    shared, both = stems & _stems(plain), above & mine
    said = [name for name, hits in heard.says.items() if hits]
    own = [name for name, hits in heard.topics.items() if hits]
    speaks = {name: bool(pattern.search(plain)) for name, pattern in rules.BESIDE.items()}
    names = [
        "post",
        f"shared:{min(len(shared), 3)}",
        f"same topic:{bool(topics & set(own))}",
        f"other topic:{bool(set(own) - topics)}",
        *(f"shared:{bool(shared)} rule:{name}" for name in said),
        *(f"topic:{name} above:{name in topics}" for name in own or ["none"]),
        *(f"post:{meaning}" for meaning in sorted(above)),
        *(f"both:{meaning}" for meaning in sorted(both)),
        f"both:{min(3, len(both))}",
        *(f"beside:{name}" for name, has in speaks.items() if has),
    ]
    share = len(both) / (1 + len(mine))
    return _Standing(names, Shared(len(shared), len(both), share, tuple(speaks.values())))


@lru_cache(maxsize=1 << 10)
def _seen(post: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Of a post the stems, the topics and the meanings."""
    plain = plainly(post)
    meant = {meaning for word in words(plain) for meaning in meanings(word)}
    return frozenset(_stems(plain)), frozenset(_topics(plain)), frozenset(meant - SAYS_NOTHING)


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in _LETTERS.findall(text)}
