"""The visible rules, as `words.toml` writes them: words that a person can read and change."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files


def _any(parts: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b")


_WORDS = tomllib.loads((files("ascolto.reading") / "words.toml").read_text(encoding="utf-8"))
SAYS: Mapping[str, re.Pattern[str]] = {name: _any(parts) for name, parts in _WORDS["says"].items()}
TOPICS: Mapping[str, re.Pattern[str]] = {
    name: _any(parts) for name, parts in _WORDS["topics"].items()
}
SMALL_WORDS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split()) for code, words in _WORDS["small_words"].items()
}


def hits(pattern: re.Pattern[str], text: str) -> list[str]:
    """The different words that were found, in their order."""
    return list(dict.fromkeys(match.group(0) for match in pattern.finditer(text)))


def most(counts: Iterable[tuple[str, int]], *, otherwise: str) -> str:
    """The name with the highest count; the first of equals."""
    best, number = otherwise, 0
    for name, count in counts:
        if count > number:
            best, number = name, count
    return best
