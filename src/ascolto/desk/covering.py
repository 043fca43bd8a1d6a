"""Lines that stand before everybody's eyes, as subjects do: without their insults."""

from functools import lru_cache

from ascolto.reading.abuse import covered

_covered = lru_cache(maxsize=4096)(covered)  # the same lines are drawn again and again


def shown_to(line: str, colleague: object) -> str:
    """As this colleague sees it: covered, but for who chose to read insults. What is covered here
    stands whole in the message, behind its click."""
    return line if getattr(colleague, "shows_abuse", False) else _covered(line)
