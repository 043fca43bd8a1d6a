"""What a rule means, written as plainly as can be, to compare the quick one with."""

import unicodedata
from collections.abc import Mapping
from typing import Any

APART = {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n", "ĸ": "k"}
APART |= {"ſ": "s", "æ": "ae", "œ": "oe", "þ": "th"}
UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "MYANMAR", "KHMER")


def tokens(text: str) -> list[str]:
    """Words, emoji, and tags and handles with their sign, of folded text."""
    found: list[str] = []
    word = ""
    sign = ""
    for char in [*(plain for one in text for plain in plainly(one)), " "]:
        kind = unicodedata.category(char)
        alone = kind == "So" or unicodedata.name(char, "").startswith(UNSPACED)
        if char == "_" or (kind[0] in "LNM" and not alone):
            word += char
            continue
        if word:
            found.append(sign + word)
        # A sign counts where a word could begin, not in the middle of an address.
        sign = char if char in "#@" and not word else ""
        word = ""
        if alone:
            found.append(char)
    return found


def plainly(char: str) -> list[str]:
    if char in "©®™℠°¦":
        return [" "]
    if 0x1F3FB <= ord(char) <= 0x1F3FF:
        return []
    apart = unicodedata.normalize("NFKD", char.casefold()).casefold()
    apart = "".join(APART.get(one, one) for one in apart)
    apart = unicodedata.normalize("NFKD", apart)
    return [one for one in apart if unicodedata.category(one) not in {"Mn", "Me", "Cf"}]


def places(term: str, said: list[str]) -> list[tuple[int, int]]:
    wanted = tokens(term)
    return [
        (at, at + len(wanted))
        for at in range(len(said) - len(wanted) + 1)
        if all(
            have in {want, "#" + want, "@" + want}
            for want, have in zip(wanted, said[at:], strict=False)
        )
    ]


def wants(rule: Mapping[str, Any], text: str) -> bool:
    said = tokens(text)
    if any(places(term, said) for term in rule.get("none", [])):
        return False
    if not all(places(term, said) for term in rule.get("all", [])):
        return False
    some = any(places(term, said) for term in rule.get("any", []))
    close = any(near(one, other, most, said) for one, other, most in rule.get("near", []))
    return some or close or not (rule.get("any") or rule.get("near"))


def near(one: str, other: str, most: int, said: list[str]) -> bool:
    return any(
        0 <= second[0] - first[1] <= most
        for left in places(one, said)
        for right in places(other, said)
        for first, second in [sorted((left, right))]
        if left != right
    )
