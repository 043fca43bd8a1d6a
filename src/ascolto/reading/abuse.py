"""Insults: where they are, and what is said without them. Pure.

A list of words that a person can read and change (`insults.toml`), no model: what is covered for
a colleague's sake must be told at a glance. Whoever insults may need help all the same: `rest` is
what he says beside it.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

LANGUAGES = ("it", "en", "de", "fr", "es")
COVER = "•••"
# Letters that are written as signs, so that a filter does not find the word.
_SIGNS = str.maketrans("013457@$€", "oieastase")
_KNOWN = 5_000  # characters: no language people write here needs more
_HIDDEN = r"[\w*#.@]"
_AT_THE_EDGE = re.compile(r"^[\s,;:.!-]+|[\s,;:-]+$")  # what stood beside an insult
_SENTENCE = re.compile(r"[^.!?;\n]+[.!?;\n]*")


def insults(text: str) -> list[tuple[int, int]]:
    """Where insults stand: begin and end of each, in their order, as in the text given."""
    return [found.span() for found in _pattern().finditer(_folded(text))]


def is_abusive(text: str) -> bool:
    return _pattern().search(_folded(text)) is not None


def covered(text: str) -> str:
    """The text with its insults covered but for their first letters: "siete degli s•••"."""
    pieces, at = [], 0
    for begin, end in insults(text):
        pieces += [text[at : begin + 1], COVER]
        at = end
    return "".join([*pieces, text[at:]])


def rest(text: str) -> str:
    """What is said without the insults: sentences that are little else are left out."""
    said = []
    for sentence in _SENTENCE.findall(text):
        spans = insults(sentence)
        left = _without(sentence, spans)
        if not spans or len(left.split()) >= len(sentence.split()) / 2:
            said.append(left)
    return _AT_THE_EDGE.sub("", " ".join(" ".join(said).split()))


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    pieces, at = [], 0
    for begin, end in spans:
        pieces.append(text[at:begin])
        at = end
    return "".join([*pieces, text[at:]])


@cache
def _pattern() -> re.Pattern[str]:
    told = (files("ascolto.reading") / "insults.toml").read_text(encoding="utf-8")
    known = tomllib.loads(told)
    words = sorted({word for language in LANGUAGES for word in known[language].split()})
    singles = [_hidden(word.replace("*", r"\w*")) for word in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join([*known['phrases'], *singles])})(?!\w)")


def _hidden(written: str) -> str:
    """ "c?zz" finds "cazz", "c*zz" and "c.zz". Groups of the pattern keep their "(?:"."""
    return re.sub(r"(?<=\w)\?(?=\w)", lambda _: _HIDDEN, written)


def _folded(text: str) -> str:
    """Lower case without accents, character by character: places stay what they are."""
    return text.translate(_LETTERS)


class _Letters(dict[int, str]):
    """What each character counts as, found out when it is first met; of the first so many."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = unicodedata.normalize("NFKD", char)[0].lower()
        letter = (plain if len(plain) == 1 else char).translate(_SIGNS)
        if len(self) < _KNOWN:
            self[code] = letter
        return letter


_LETTERS = _Letters()
