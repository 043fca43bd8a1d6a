"""Address headers, read strictly: where two readings are possible, neither is chosen.

A lenient reading of ``alice@ok.it<bob@evil.example>`` lets a stranger choose which of the two
addresses the identity is taken from (CVE-2023-27043 and its family).
"""

import re
from dataclasses import dataclass

from ascolto.channels.adapters.email.headers import plain
from ascolto.channels.adapters.email.values import Address

MOST = 500
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"?|[<>,;:()\\]|[^"<>,;:()\\]+', re.DOTALL)
_ADDRESS = re.compile(r"[^\s@<>\"(),;:\\\x00-\x1f]{1,64}@[^\s@<>\"(),;:\\\x00-\x1f]{1,255}")
_QUOTED_LOCAL = re.compile(r'"[^"\\\x00-\x1f]{1,62}"@[^\s@<>"(),;:\\\x00-\x1f]{1,255}')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(slots=True)
class _Box:
    outside: str = ""
    angle: str | None = None
    shown: str = ""
    comment: str = ""
    odd: bool = False
    in_angle: bool = False


@dataclass(frozen=True, slots=True)
class Mailbox:
    name: str
    address: str
    clear: bool
    """Only one reading is possible."""


def mailboxes(value: str) -> list[Mailbox]:
    """The mailboxes of a raw (not yet decoded) header."""
    found: list[Mailbox] = []
    for box in _boxes(value):
        one = _mailbox(box)
        if one is not None:
            found.append(one)
    return found


def pairs(values: list[str]) -> tuple[Address, ...]:
    """(name, address) of every mailbox with an address, in order, without repeats."""
    every = (one for value in values for one in mailboxes(value) if one.address)
    return tuple(dict.fromkeys((one.name, one.address) for one in every))[:MOST]


def is_address(text: str) -> bool:
    return _ADDRESS.fullmatch(text) is not None or _QUOTED_LOCAL.fullmatch(text) is not None


def only_sender(values: list[str]) -> tuple[str | None, str, bool]:
    """(address or None, name, ambiguous) of the From headers of one mail."""
    boxes = [one for value in values for one in mailboxes(value)]
    if not boxes:
        return None, "", False
    addresses = {one.address.lower() for one in boxes if one.address}
    if len(addresses) > 1 or not all(one.clear for one in boxes):
        return None, boxes[0].name, True
    name = " ".join(one.name for one in boxes if one.name)
    return next((one.address for one in boxes if one.address), None), name, False


def _boxes(value: str) -> list[_Box]:
    boxes: list[_Box] = []
    box, depth = _Box(), 0
    for piece in _TOKEN.findall(value):
        if depth or piece == "(":
            depth += (piece == "(") - (piece == ")")
            box.comment += piece if piece not in "()" else " "
        elif piece in {",", ";"} and not box.in_angle:
            boxes.append(box)
            box = _Box()
            if len(boxes) >= MOST:
                return boxes
        elif piece == ":" and not box.in_angle and "@" not in box.outside:
            box = _Box()  # the name of a group
        else:
            _add(box, piece)
    boxes.append(box)
    return boxes


def _add(box: _Box, piece: str) -> None:
    if piece == "<":
        box.odd = box.odd or box.angle is not None
        box.angle = box.angle or ""
        box.in_angle = True
    elif piece == ">":
        box.odd = box.odd or not box.in_angle
        box.in_angle = False
    elif box.in_angle:
        box.angle = (box.angle or "") + piece
    elif piece[0] == '"':
        box.shown += _ESCAPED.sub(r"\1", piece[1:].removesuffix('"'))
        box.outside += piece if "@" not in piece else ""
    else:
        box.odd = box.odd or (box.angle is not None and piece.strip() != "")
        box.outside += piece
        box.shown += piece


def _mailbox(box: _Box) -> Mailbox | None:
    outside = box.outside.strip()
    if box.angle is None:
        if not box.shown.strip():
            return None
        if is_address(outside):
            return Mailbox(plain(box.comment), outside, clear=not box.odd)
        # Words without any "@" are a name somebody forgot to quote ("Rossi, Giulia <…>").
        return Mailbox(plain(box.shown), "", clear="@" not in box.shown)
    # An RFC 822 route (<@a,@b:user@c>) is obsolete; only its end is an address.
    address = box.angle.strip().removeprefix("mailto:")
    said = outside.strip("'\"[] ")
    clear = (
        is_address(address)
        and not box.odd
        and not box.in_angle
        and ("@" not in outside or said.lower() == address.lower())
    )
    name = plain(box.shown) or plain(box.comment)
    return Mailbox(name, address if is_address(address) else "", clear=clear)
