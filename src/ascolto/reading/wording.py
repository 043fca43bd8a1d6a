"""Words as the model knows them, and what each of them may mean."""

import re
import tomllib
from collections import defaultdict
from functools import lru_cache
from importlib.resources import files

from ascolto.reading.folding import fold

_WORD = re.compile(r"\w+|[^\w\s]")
_HANDLE = re.compile(r"@(\w+)")
_NUMBER = re.compile(r"\d+")
_DRAWN_OUT = re.compile(r"(\w)\1{2,}")


def words(plain: str) -> list[str]:
    """The words and signs of a folded text; who is spoken to and all numbers look alike."""
    text = _DRAWN_OUT.sub(r"\1\1", _NUMBER.sub("0", _HANDLE.sub("@", plain)))
    return _WORD.findall(text)


def handles(plain: str) -> list[str]:
    """Who is spoken to: the name of a company often tells its trade."""
    return _HANDLE.findall(plain)


def _table() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Whole words (or pairs of words) and beginnings of words, with what they mean."""
    source = (files("ascolto.reading") / "concepts.toml").read_text(encoding="utf-8")
    whole: dict[str, set[str]] = defaultdict(set)
    begun: dict[str, set[str]] = defaultdict(set)
    for meaning, listed in tomllib.loads(source)["concepts"].items():
        for word in fold(listed).split():
            if word.endswith("*"):
                begun[word[:-1]].add(meaning)
            else:
                whole[word.replace("_", " ")].add(meaning)
    return dict(whole), dict(begun)


_WHOLE, _BEGUN = _table()
PAIRS = frozenset(word for word in _WHOLE if " " in word)


@lru_cache(maxsize=1 << 15)
def meanings(word: str) -> tuple[str, ...]:
    """What one word, or two with a space between them, may mean; in the order of the alphabet."""
    found = set(_WHOLE.get(word, ()))
    if " " not in word:
        for end in range(2, len(word) + 1):
            found |= _BEGUN.get(word[:end], set())
    return tuple(sorted(found))
