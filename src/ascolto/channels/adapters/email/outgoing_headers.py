"""Header values of our own mail, written so that nothing in them can become another header.

The standard library is not used for this: it decodes an encoded word that a stranger typed into
a subject, line ends included, and on Python before 3.12.5 writes them out (CVE-2024-6923).
"""

import base64
import re
import unicodedata
from collections.abc import Iterable, Iterator

LINE = 76
WORD = 60  # longer ones cannot be folded, so they are encoded
LONGEST = 900
_BREAKS = {"Cc", "Cs", "Zl", "Zp"}  # controls, half characters, line and paragraph separators
_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,253}")
_ID = re.compile(r"<[!-;=?-~]{1,240}@[!-;=?-~]{1,240}>")
_PLAIN = re.compile(r"[A-Za-z0-9._-]+")


class BadAddress(ValueError):
    """Not an address mail can be sent to by this way."""


def one_line(text: str) -> str:
    """What a person may put into a header: one line, no controls, single spaces, bounded."""
    seen = "".join(" " if unicodedata.category(char) in _BREAKS else char for char in text)
    return " ".join(seen.split())[:LONGEST]


def unstructured(text: str) -> str:
    said = one_line(text)
    return said if _is_plain(said) else " ".join(_encoded(said))


def mailbox(name: str, address: str) -> str:
    """`"Name" <address>`, or the bare address. Raises `BadAddress`."""
    sure = wire_address(address)
    said = one_line(name)
    if not said:
        return sure
    if not _is_plain(said):
        return f"{' '.join(_encoded(said))} <{sure}>"
    quoted = said.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}" <{sure}>'


def wire_address(address: str) -> str:
    """The address in ASCII, its domain in IDNA form. Raises `BadAddress`."""
    local, _, domain = address.strip().rpartition("@")
    try:
        sure = f"{local}@{domain if domain.isascii() else domain.encode('idna').decode('ascii')}"
    except UnicodeError as problem:
        raise BadAddress(f"not a domain: {one_line(domain)}") from problem
    if not _ADDRESS.fullmatch(sure) or "=?" in sure:
        raise BadAddress(f"not an address: {one_line(address)}")
    return sure


def message_ids(ids: Iterable[str]) -> list[str]:
    """Those that are message ids, in angle brackets, once each."""
    bracketed = (one if one.startswith("<") else f"<{one}>" for one in ids)
    return list(dict.fromkeys(one for one in bracketed if _ID.fullmatch(one)))


def parameter(name: str, value: str) -> list[str]:
    """`name=value` as pieces to be joined by `; `, in RFC 2231 form where it needs one."""
    if _PLAIN.fullmatch(value) and len(value) <= WORD:
        return [f'{name}="{value}"']
    coded = [_percent(char) for char in value]
    rows, row = [], "utf-8''"
    for char in coded:
        if len(row) + len(char) > WORD:
            rows.append(row)
            row = ""
        row += char
    rows.append(row)
    if len(rows) == 1:
        return [f"{name}*={rows[0]}"]
    return [f"{name}*{number}*={row}" for number, row in enumerate(rows)]


def field(name: str, value: str) -> bytes:
    """The header with its line end, folded at spaces. `value` must come from this module."""
    lines = [f"{name}:"]
    for word in value.split(" "):
        if len(lines[-1]) + 1 + len(word) > LINE and not lines[-1].endswith(":"):
            lines.append("")
        lines[-1] += f" {word}"
    # The value is ASCII on one line; a stray control here would be a fault of this program.
    folded = "\r\n".join(lines)
    if any(not (" " <= char <= "~") for line in lines for char in line):
        raise ValueError(f"{name} is not fit to be a header")
    return folded.encode("ascii") + b"\r\n"


def _is_plain(text: str) -> bool:
    return (
        text.isascii() and "=?" not in text and all(len(word) <= WORD for word in text.split(" "))
    )


def _encoded(text: str) -> Iterator[str]:
    """RFC 2047 words of at most 75 characters, none of which splits a character."""
    piece = b""
    for char in text:
        data = char.encode()
        if len(piece) + len(data) > WORD * 3 // 4:
            yield _word(piece)
            piece = b""
        piece += data
    yield _word(piece)


def _word(piece: bytes) -> str:
    return f"=?utf-8?b?{base64.b64encode(piece).decode('ascii')}?="


def _percent(char: str) -> str:
    if _PLAIN.fullmatch(char):
        return char
    return "".join(f"%{byte:02X}" for byte in char.encode())
