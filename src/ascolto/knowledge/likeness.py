"""How near a text is to a question, by the words they share: the rarer a word, the more. Pure."""

import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RAREST = 1e-5  # a word that is in no text of ours is as rare as one of a hundred thousand
COMMON = 0.12  # words of more than so many texts tell nothing


@dataclass(frozen=True, slots=True)
class Nearness:
    """From 0 to 1, and the words that made it, the rarest first."""

    score: float = 0.0
    words: tuple[str, ...] = ()


def nearness(lexemes: Mapping[str, float], *texts: str) -> Nearness:
    """`lexemes` of the question, each with the share of texts that have it (0 if unknown).

    A lexeme is the beginning of its words ("fattur", "fattura"). A word that nobody else ever
    used (a name, a typing error) weighs as little as a common one: it can match nothing.
    """
    known = {one: share for one, share in lexemes.items() if share < COMMON}
    if not known:
        return Nearness()
    weights = {one: _weight(share) for one, share in known.items()}
    words = {word for text in texts for word in folded(text).split()}
    shared = [one for one in weights if any(word.startswith(one) for word in words)]
    whole = sum(sorted(weights.values(), reverse=True)[:12])
    score = min(1.0, sum(weights[one] for one in shared) / whole) if whole else 0.0
    shared.sort(key=lambda one: -weights[one])
    return Nearness(score, tuple(_whole_word(one, words) for one in shared[:4]))


def rare(lexemes: Mapping[str, float], *, most: int) -> list[str]:
    """The lexemes that find something and not everything, the rarest first."""
    telling = [(share or RAREST, one) for one, share in lexemes.items() if share < COMMON]
    return [one for _, one in sorted(telling)][:most]


def folded(text: str) -> str:
    """Lower case, without accents, letters and digits alone."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in plain if not unicodedata.combining(one))
    return "".join(one if one.isalnum() else " " for one in bare)


def _weight(share: float) -> float:
    return math.log(1 / max(share, 1e-4)) if share else 4.0


def _whole_word(lexeme: str, words: Sequence[str] | set[str]) -> str:
    return min((word for word in words if word.startswith(lexeme)), key=len, default=lexeme)
