"""Bytes to text, whatever the mail claims they are."""

import codecs

from charset_normalizer import from_bytes

_ALIASES = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "euc-kr": "cp949",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-6-i": "iso-8859-6",
    "shift_jis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "cp-850": "cp850",
    "utf8mb4": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "iso-2022-jp": "iso2022_jp_ext",
    "windows-874": "cp874",
    "x-mac-roman": "mac-roman",
    "macintosh": "mac-roman",
}
# Text codecs that are slow beyond reason, or not meant for mail.
_REFUSED = frozenset({"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"})
_SAMPLE = 4096


def known(charset: str) -> str | None:
    """Python's name for `charset`, or None when it is unknown or not one for text."""
    name = charset.strip().strip("\"'").lower()[:40]
    try:
        found = codecs.lookup(_ALIASES.get(name, name))
    except (LookupError, ValueError, UnicodeError):
        return None
    if found.name in _REFUSED or not getattr(found, "_is_text_encoding", True):
        return None
    return found.name


def decode(data: bytes, charset: str | None) -> tuple[str, bool]:
    """The text, and whether it was decoded without a guess or a loss."""
    name = known(charset) if charset else None
    if name is None or name == "cp1252":
        return _undeclared(data, sound=name is not None or not charset)
    try:
        return data.decode(name), True
    except (UnicodeError, ValueError):
        pass
    text, _ = _undeclared(data, sound=False)
    return text, False


def _undeclared(data: bytes, *, sound: bool) -> tuple[str, bool]:
    # Much mail declares latin-1 and sends UTF-8, whose pattern no latin-1 text has by chance.
    try:
        return data.decode("utf-8"), sound
    except UnicodeDecodeError:
        pass
    if sound:
        return data.decode("cp1252", "replace"), sound
    best = from_bytes(data[:_SAMPLE]).best()
    name = known(best.encoding) if best is not None else None
    return data.decode(name or "cp1252", "replace"), False


def header_text(line: bytes) -> str:
    """A header line; what isn't ASCII in it is against the rules, and common."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
