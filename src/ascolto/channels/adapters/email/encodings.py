"""Transfer encodings, decoded as far as they go."""

import base64
import binascii
import quopri
import re

_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]")
_BAD_ESCAPE = re.compile(rb"=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*\Z)")
_UU_BEGIN = re.compile(rb"^begin [0-7]{3} [^\r\n]*\r?\n", re.MULTILINE)


def decoded(body: bytes, encoding: str) -> tuple[bytes, bool]:
    """The decoded bytes, and whether they were whole."""
    match encoding.strip().lower():
        case "base64":
            return from_base64(body)
        case "quoted-printable":
            return quopri.decodestring(body), _BAD_ESCAPE.search(body) is None
        case "x-uuencode" | "uuencode" | "x-uue":
            return _from_uu(body)
        case _:
            return body, True


def from_base64(body: bytes) -> tuple[bytes, bool]:
    head, padding, rest = body.partition(b"=")
    clean = _NOT_BASE64.sub(b"", head)
    sound = _only_space(head, clean) and not rest.strip(b"=\r\n\t ")
    if not padding:
        sound = sound and len(clean) % 4 == 0
    if len(clean) % 4 == 1:  # a lone sextet is no byte
        clean, sound = clean[:-1], False
    try:
        return base64.b64decode(clean + b"=" * (-len(clean) % 4)), sound
    except (binascii.Error, ValueError):
        return b"", False


def _only_space(head: bytes, clean: bytes) -> bool:
    return len(head) - len(clean) == sum(head.count(space) for space in b"\r\n\t ")


def _from_uu(body: bytes) -> tuple[bytes, bool]:
    start = _UU_BEGIN.search(body)
    out: list[bytes] = []
    sound = start is not None
    for line in body[start.end() if start else 0 :].splitlines():
        if line.strip() == b"end":
            return b"".join(out), sound
        try:
            out.append(binascii.a2b_uu(line))
        except binascii.Error:
            sound = False
    return b"".join(out), False
