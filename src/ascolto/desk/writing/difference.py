"""Two answers side by side: what of ours was said already, and what only we say. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[^\s]+")
_BARE = re.compile(r"\W+")
LONGEST = 1_500  # words compared: the matcher's time grows with their square
SHORTEST = 3  # words in a row that are the same by more than chance


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    said: bool  # somebody else has said it already


def compare(ours: str, theirs: Iterable[str]) -> list[Piece]:
    """Our text in pieces. Case and punctuation do not count; runs of two words are chance."""
    words = _WORD.findall(ours)
    at = [place for place, word in enumerate(words) if not word.isspace()][:LONGEST]
    said = [False] * len(words)
    for text in theirs:
        other = [_bare(word) for word in text.split()][:LONGEST]
        own = [_bare(words[place]) for place in at]
        matcher = SequenceMatcher(None, own, other, autojunk=False)
        for block in matcher.get_matching_blocks():
            if block.size >= min(SHORTEST, len(at)) and block.size:
                first, last = at[block.a], at[block.a + block.size - 1]
                said[first : last + 1] = [True] * (last + 1 - first)
    return _joined(words, said)


def only_new(ours: str, theirs: Iterable[str]) -> str:
    """What of our text nobody has said yet, as one text."""
    new = "".join(piece.text if not piece.said else " " for piece in compare(ours, theirs))
    return re.sub(r"[ \t]{2,}", " ", re.sub(r"\s*\n\s*\n\s*", "\n\n", new)).strip(" ,.;:\n")


def has_both(pieces: Sequence[Piece]) -> bool:
    """Whether some was said already and some was not: only then a part of it makes sense."""
    return len({piece.said for piece in pieces if piece.text.strip()}) > 1


def _bare(word: str) -> str:
    return _BARE.sub("", word).casefold() or word


def _joined(words: list[str], said: list[bool]) -> list[Piece]:
    pieces: list[Piece] = []
    for word, known in zip(words, said, strict=True):
        if pieces and pieces[-1].said == known:
            pieces[-1] = Piece(pieces[-1].text + word, known)
        else:
            pieces.append(Piece(word, known))
    return pieces
