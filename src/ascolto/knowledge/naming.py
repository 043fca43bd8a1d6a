"""How an article is called in an address. Pure."""

import re
import unicodedata
from collections.abc import Container
from itertools import count

LONGEST = 80
_APART = re.compile(r"[^a-z0-9]+")
# Words an address of the help centre has for itself.
TAKEN = frozenset({"cerca", "tema", "utile"})


def slug_of(title: str) -> str:
    """The title in letters and digits: "Perché il router lampeggia?" is perche-il-router-lampeggia.

    Cut at a word. "articolo" if nothing of it can be written so.
    """
    folded = unicodedata.normalize("NFKD", title).casefold()
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    words = _APART.sub("-", bare).strip("-")
    if len(words) > LONGEST:
        words = words[: LONGEST + 1].rpartition("-")[0] or words[:LONGEST]
    return words or "articolo"


def free_slug(title: str, taken: Container[str]) -> str:
    """The first name of this title that is nobody's: "router", "router-2", "router-3"."""
    name = slug_of(title)
    if name not in taken and name not in TAKEN:
        return name
    return next(f"{name}-{number}" for number in count(2) if f"{name}-{number}" not in taken)
