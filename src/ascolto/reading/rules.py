"""The visible rules, as `words.toml` writes them: words that a person can read and change."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files


def _any(parts: Sequence[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(parts) + r")\b")


_WORDS = tomllib.loads((files("ascolto.reading") / "words.toml").read_text(encoding="utf-8"))
SAYS: Mapping[str, re.Pattern[str]] = {name: _any(parts) for name, parts in _WORDS["says"].items()}
TOPICS: Mapping[str, re.Pattern[str]] = {
    name: _any(parts) for name, parts in _WORDS["topics"].items()
}
BESIDE: Mapping[str, re.Pattern[str]] = {
    name: _any(parts) for name, parts in _WORDS["beside"].items()
}
SMALL_WORDS: Mapping[str, frozenset[str]] = {
    code: frozenset(words.split()) for code, words in _WORDS["small_words"].items()
}
SHORT: Mapping[str, str] = _WORDS["short"]
_SHORT = _any(list(SHORT))


@dataclass(frozen=True, slots=True)
class Heard:
    """The words that were found, by what they speak for."""

    says: dict[str, list[str]]
    topics: dict[str, list[str]]


def spelt_out(plain: str) -> str:
    """A folded text without the short forms of hurried writing: "nn" is "non"."""
    return _SHORT.sub(lambda match: SHORT[match.group(0)], plain)


def heard(plain: str) -> Heard:
    """What the rules find in a folded text that is spelt out."""
    return Heard(
        {name: hits(pattern, plain) for name, pattern in SAYS.items()},
        {name: hits(pattern, plain) for name, pattern in TOPICS.items()},
    )


def hits(pattern: re.Pattern[str], text: str) -> list[str]:
    """The different words that were found, in their order."""
    return list(dict.fromkeys(match.group(0) for match in pattern.finditer(text)))
