"""When a webhook is tried again, and what it wants to hear. Pure."""

import re
from collections.abc import Sequence
from datetime import timedelta
from urllib.parse import urlsplit

# Ten seconds after the first try, then ever later; three days from the first to the last.
PAUSES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=18),
    timedelta(hours=22, minutes=23, seconds=50),
)
# How long the log is kept, since 2026-11: what was heard proves itself for a month; what was given
# up for three, so that somebody still can send it again. Each line quotes what was told.
KEPT = timedelta(days=30)
KEPT_GIVEN_UP = timedelta(days=90)
AT_HOME = "demo"  # the error of a delivery that nothing went wrong with: nothing may leave
LONGEST_URL = 500
_KIND = re.compile(r"[a-z_]+\.(?:[a-z_]+|\*)")
_LAST_PORT = 65535


def pause_after(attempts: int) -> timedelta | None:
    """How long to wait after the try with this number, the first being 1; None: it was the last."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def is_wanted(kind: str, wanted: Sequence[str]) -> bool:
    """Whether a webhook with these kinds hears of it: none means all, "cases.*" a whole family."""
    family = f"{kind.partition('.')[0]}.*"
    return not wanted or kind in wanted or family in wanted


def is_kind(text: str) -> bool:
    """Whether it is written like "cases.opened" or "cases.*"."""
    return _KIND.fullmatch(text) is not None


def is_address(url: str) -> bool:
    """Whether we could send there at all. Where it leads is looked at when something is sent."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"}
        and bool(parts.hostname)
        and "@" not in parts.netloc  # a password does not belong in an address that is shown
        and len(url) <= LONGEST_URL
        and url.isprintable()
        and " " not in url
        and 0 < (port or 1) <= _LAST_PORT
    )
