"""How long a text is, as the network counts that is to carry it. Pure."""

import unicodedata
from collections.abc import Callable

import regex

from ascolto.channels.ports import Manners

GRAPHEME = regex.compile(r"\X")  # what a reader takes for one character (UAX #29)
LINK = regex.compile(
    r"https?://[^\s<>]+|(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|org|net|it|eu|io|info|gov|edu|app|dev|uk|de"
    r"|fr|es|ch|at|me|tv|co)(?:/[^\s<>]*)?(?![\w@-])",
    regex.IGNORECASE,
)
LINK_LENGTH = 23  # of any link on X, whatever its own: it is replaced by a short one
# X counts most letters of the West as one and everything else as two, an emoji as two however many
# code points it has: the weights it publishes in its counting rules, version 3.
SINGLE = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
SCALE: dict[str, Callable[[str], int]] = {
    "CHARACTER": len,
    "UTF16": lambda text: len(text.encode("utf-16-le")) // 2,
}
SIGNS = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20e3")


def measure(text: str, unit: str) -> int:
    """The length of a text in `unit`s of `Manners`."""
    if unit == "GRAPHEME":
        return len(GRAPHEME.findall(text))
    if unit == "X":
        return _weighted(unicodedata.normalize("NFC", text))
    return SCALE[unit](text)


def room_left(text: str, manners: Manners) -> int | None:
    """How much more may be written; below zero: too much. None: there is no limit that matters."""
    if manners.longest is None:
        return None
    return manners.longest - measure(text, manners.unit)


def worded(text: str, *, name: str, manners: Manners) -> str:
    """The text as it leaves in public: where nobody is told unless he is named, it names him."""
    named = manners.names_him and name.startswith("@")
    if not named or name.casefold() in text.casefold():
        return text
    return f"{name} {text}"


def _weighted(text: str) -> int:
    length = LINK_LENGTH * len(LINK.findall(text))
    for one in GRAPHEME.findall(LINK.sub("", text)):
        length += 2 if SIGNS.search(one) else sum(_weight(ord(letter)) for letter in one)
    return length


def _weight(point: int) -> int:
    return 1 if any(low <= point <= high for low, high in SINGLE) else 2
