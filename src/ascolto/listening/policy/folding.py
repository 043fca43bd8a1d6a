"""How words are written so that the same word is always found: "Perché", "perche'" and "PERCHÈ".

Text becomes bytes in which a word is what stands between two spaces. Letters of the Latin alphabet
are lower case without accents; every other letter is `ELSEWHERE` and four characters that name it.
Signs of a hashtag or a handle stand alone before their word ("#fibra" is `# fibra`, with exactly
one space); an emoji is a word of its own, and so is each letter of a script that writes without
spaces. All else is space.

Encoding to Latin-1 with a handler of our own for what does not fit, and then translating bytes,
takes a microsecond a kilobyte; the same in a loop over characters takes a hundred.
"""

import codecs
import re
import string
import unicodedata
from collections.abc import Sequence

import numpy as np

ELSEWHERE = b"\x7f"  # begins a letter that is not Latin
WORD = re.compile(rb"[a-z0-9_\x7f]+")
EDGE = b"  "  # before the first word: what looks back finds something there

_DIGITS = (string.digits + string.ascii_lowercase).encode()
_LATIN = frozenset(string.ascii_lowercase + string.digits + "_")
# Letters with a stroke and the like: Unicode does not take them apart, people do.
_APART = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t", "æ": "ae", "œ": "oe"}
    | {"þ": "th", "ŋ": "n", "ĸ": "k", "ſ": "s"}
)
_ORNAMENTS = frozenset("©®™℠°¦")  # said of a name, not words
# Scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SKIN = range(0x1F3FB, 0x1F400)  # tones of skin: the same sign
_IDEOGRAPHS_BEYOND = range(0x20000, 0x32000)


def letters(char: str) -> str:
    """What is left of one character when case and accents are folded; empty for a mark alone."""
    plain = unicodedata.normalize("NFKD", char.casefold()).casefold().translate(_APART)
    plain = unicodedata.normalize("NFKD", plain)
    return "".join(one for one in plain if unicodedata.category(one) not in {"Mn", "Me", "Cf"})


def _spelled(char: str) -> bytes:
    """One character as it stands among the others."""
    if char in _ORNAMENTS:
        return b" "
    if ord(char) in _SKIN:
        return b""
    return b"".join(_letter(one) for one in letters(char))


def _letter(char: str) -> bytes:
    if char in _LATIN:
        return char.encode()
    if char in "#@":
        return char.encode()
    category = unicodedata.category(char)
    if category == "So" or _UNSPACED.match(char) or ord(char) in _IDEOGRAPHS_BEYOND:
        return b" " + _named(char) + b" "
    return _named(char) if category[0] in "LNM" else b" "


def _named(char: str) -> bytes:
    """A letter from elsewhere: five bytes, always, so that two of them are never a third."""
    number, name = ord(char), bytearray()
    for _ in range(4):
        number, digit = divmod(number, 36)
        name.append(_DIGITS[digit])
    return ELSEWHERE + bytes(name)


class _Spellings(dict[str, bytes]):
    """Every character that was met, spelled once. Bounded: there are not more than Unicode has."""

    def __missing__(self, char: str) -> bytes:
        spelled = self[char] = _spelled(char)
        return spelled


SPELLINGS = _Spellings()
_LONG = b"\x01"  # stands in the table for what is not one byte when it is spelled
_RESERVED = ELSEWHERE.decode()
SPELLINGS[_RESERVED] = ELSEWHERE
_TABLE = bytes(
    spelled[0] if len(spelled := SPELLINGS[chr(byte)]) == 1 else _LONG[0] for byte in range(256)
)
BETWEEN = b"\x02"  # after each of several texts that are folded together
_WITHOUT_SIGNS = _TABLE.replace(b"#", b" ").replace(b"@", b" ")
_TABLES = {  # with the signs or without, and with what stands between texts or without
    (signs, apart): table[:2] + BETWEEN + table[3:] if apart else table
    for signs, table in ((True, _TABLE), (False, _WITHOUT_SIGNS))
    for apart in (False, True)
}
_LONG_ONES = [bytes([byte]) for byte in range(256) if _TABLE[byte] == _LONG[0]]


def _beyond_latin(problem: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(problem, UnicodeEncodeError):
        raise problem
    start, end = problem.start, problem.end
    if end == start + 1:
        return SPELLINGS[problem.object[start]], end
    return b"".join([SPELLINGS[char] for char in problem.object[start:end]]), end


HANDLER = "ascolto.fold"
codecs.register_error(HANDLER, _beyond_latin)


def fold(text: str, *, signs: bool = True) -> bytes:
    """The words of `text`, as described above; without `signs` those of tags and handles go."""
    return EDGE + _plain(_encoded(text), signs=signs) + b" "


def fold_many(texts: Sequence[str], *, signs: bool = True) -> bytes:
    """Many texts in one, with `BETWEEN` after each and no edges: quicker than one by one."""
    raw = BETWEEN.join([*map(_encoded, texts), b""])
    if len(places(raw, BETWEEN)) != len(texts):  # somebody wrote the sign that keeps them apart
        raw = BETWEEN.join([*(_encoded(one).replace(BETWEEN, b" ") for one in texts), b""])
    return _plain(raw, signs=signs, apart=True)


def places(text: bytes, byte: bytes) -> list[int]:
    """Where one byte stands. Only to count them, `bytes.count` takes as long as decoding it all."""
    found: list[int] = np.flatnonzero(np.frombuffer(text, dtype=np.uint8) == byte[0]).tolist()
    return found


def _encoded(text: str) -> bytes:
    if _RESERVED in text:
        text = text.replace(_RESERVED, " ")
    # The one sign beyond Latin-1 that half of all telephones write, without asking the handler.
    return text.replace("’", "'").encode("latin-1", HANDLER)


def _plain(raw: bytes, *, signs: bool, apart: bool = False) -> bytes:
    table = _TABLES[signs, apart]
    folded = raw.translate(table)
    if _LONG in folded:
        for byte in _LONG_ONES:
            raw = raw.replace(byte, SPELLINGS[byte.decode("latin-1")])
        folded = raw.translate(table)
    if signs:
        folded = folded.replace(b"#", b" # ").replace(b"@", b" @ ")
    return folded
