"""When two posts are one thing said."""

import hashlib
from datetime import datetime, timedelta

from ascolto.listening.policy.folding import fold

WITHIN = timedelta(days=3)
FEWEST_WORDS = 5  # fewer are said by everybody


def likeness(text: str, *, author: str, parent: str = "") -> str:
    """The same for the same words of one author under one post; empty if they are too few.

    A copy that a feed brings does not know the author's id, only how he is called: so the name
    that is shown counts, and the words have to be the very same ones.
    """
    words = fold(text).split()
    who = b" ".join(fold(author).split())
    if len(words) < FEWEST_WORDS or not who:
        return ""
    return hashlib.sha256(b"\0".join([who, parent.encode(), *words])).hexdigest()


def said_at(written_at: datetime | None, heard_at: datetime) -> datetime:
    """The moment at which it counts. What is fetched after an outage was said before."""
    return heard_at if written_at is None else min(written_at, heard_at)
