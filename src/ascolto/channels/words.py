"""Words of strangers, made fit to be stored and shown. Pure."""

import re
from urllib.parse import urlsplit

LONGEST = 200_000  # characters; a book chapter is shorter
LONGEST_URL = 500
# Controls, and marks that turn the direction of the text around them (Unicode TR 9, 2.1-2.7):
# with these a name can be made to read as another. Lone surrogates cannot be stored.
_UNFIT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")


def clean_text(text: object, *, longest: int = LONGEST) -> str:
    """The text without what is not seen; "" for anything that is no text."""
    if not isinstance(text, str):
        return ""
    return _UNFIT.sub("", _ENDS.sub("\n", text[: longest * 2])).strip()[:longest]


def clean_line(text: object, *, longest: int = 200) -> str:
    """The same, on one line."""
    return " ".join(clean_text(text, longest=longest * 4).split())[:longest]


def web_address(url: object) -> str:
    """An http(s) address that can be stored and linked to, or ""."""
    if not isinstance(url, str) or len(url) > LONGEST_URL or _UNFIT.search(url):
        return ""
    plain = url.strip()
    try:
        parts = urlsplit(plain)
        named = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not named or " " in plain:
        return ""
    return plain
