"""What the model looks at: words, pieces of words, the channel, the post above, the visible rules.

Features have names ("w:bolletta", "c:boll") that are hashed to `BUCKETS` places: nothing has to be
known beforehand, and a misspelt word still shares most of its pieces with the right one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from zlib import crc32

from ascolto.reading import rules
from ascolto.reading.folding import fold
from ascolto.reading.reading import Text

BUCKETS = 1 << 17
LONGEST = 4_000  # characters that are looked at
PIECES = range(2, 6)  # letters of a piece of a word, with its edges
STEM = 5  # letters by which two words count as the same
_WORD = re.compile(r"\w+|[^\w\s]")
_LETTERS = re.compile(r"\w{4,}")
_HANDLE = re.compile(r"@\w+")
_NUMBER = re.compile(r"\d+")
_SHOUT = re.compile(r"\b[A-ZÀÈÉÌÒÙ]{3,}\b")
_LENGTHS = (2, 5, 10, 20, 40, 80)  # words


@dataclass(frozen=True, slots=True)
class Features:
    """The places of what was found. `words` and `pieces` go in parallel to `spoken`."""

    spoken: list[str]
    words: list[list[int]]  # for each word: itself and the pair it opens
    pieces: list[list[int]]  # for each word: its pieces
    around: list[int]  # channel, post, rules, length, heat


def place(name: str) -> int:
    """Where a feature lives; the same on every machine."""
    return crc32(name.encode(errors="surrogatepass")) % BUCKETS


def features(text: Text, heard: rules.Heard | None = None) -> Features:
    """All that one text shows; `heard` if the rules have been asked before."""
    raw = text.text[:LONGEST]
    plain = fold(raw)
    spoken = _WORD.findall(_NUMBER.sub("0", _HANDLE.sub("@", plain)))
    heard = heard or rules.heard(plain)
    following = [*spoken, "$"][1:]
    return Features(
        spoken,
        [
            [place(f"w:{word}"), place(f"p:{word} {after}")]
            for word, after in zip(spoken, following, strict=True)
        ],
        [[place(f"c:{piece}") for piece in _pieces(word)] for word in spoken],
        [place(name) for name in _around(text, heard, plain, len(spoken))],
    )


def _pieces(word: str) -> Iterator[str]:
    edged = f" {word} "
    for size in PIECES:
        for start in range(max(1, len(edged) - size + 1)):
            yield edged[start : start + size]


def _around(text: Text, heard: rules.Heard, plain: str, length: int) -> Iterator[str]:
    raw = text.text[:LONGEST]
    yield f"channel:{text.channel}"
    yield f"length:{sum(length > limit for limit in _LENGTHS)}"
    yield f"shouts:{min(len(_SHOUT.findall(raw)), 4)}"
    yield f"cries:{min(raw.count('!'), 4)}"
    yield f"asks:{min(raw.count('?'), 2)}"
    said = [name for name, words in heard.says.items() if words]
    yield from (f"rule:{name}" for name in said)
    topics = [name for name, words in heard.topics.items() if words]
    yield from (f"topic:{name}" for name in topics)
    if text.post:
        yield from _under(fold(text.post), plain, said, topics)


def _under(post: str, plain: str, said: list[str], topics: list[str]) -> Iterator[str]:
    """What a comment has in common with its post."""
    above = [name for name, pattern in rules.TOPICS.items() if pattern.search(post)]
    yield "post"
    shared = _stems(post) & _stems(plain)
    yield f"shared:{min(len(shared), 3)}"
    yield f"same topic:{bool(set(above) & set(topics))}"
    yield f"other topic:{bool(set(topics) - set(above))}"
    for name in said:
        yield f"shared:{bool(shared)} rule:{name}"
    for mine in topics or ["none"]:
        yield f"topic:{mine} above:{mine in above}"


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in _LETTERS.findall(text)}
