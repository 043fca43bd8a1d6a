"""Addresses as a person types them: several in one line, with or without names."""

import re

from ascolto.channels.adapters.email.outgoing_headers import BadAddress, wire_address
from ascolto.people.policy import normal_form

MOST_COPIES = 20
_BETWEEN = re.compile(r"[,;\n]")
_ANGLED = re.compile(r"<([^<>]*)>")


class NotAnAddress(Exception):
    """Mail cannot be sent there. `args` is what was written."""


class TooManyCopies(Exception):
    """More copies than a letter has readers. `args` are how many, and the limit."""


def addresses_in(text: str) -> tuple[str, ...]:
    """The addresses in a line such as `Marta <marta@example.org>; piero@example.org`, once each."""
    found: dict[str, str] = {}
    for piece in filter(None, (one.strip() for one in _BETWEEN.split(text))):
        angled = _ANGLED.search(piece)
        written = angled[1].strip() if angled else piece
        normal = normal_form("EMAIL", written)
        try:
            wire_address(written)
        except BadAddress:
            normal = None
        if normal is None:
            raise NotAnAddress(piece[:200])
        found.setdefault(normal, written)
    if len(found) > MOST_COPIES:
        raise TooManyCopies(len(found), MOST_COPIES)
    return tuple(found.values())
