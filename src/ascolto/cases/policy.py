"""Small rules about matters. Pure."""

import re
from datetime import datetime, timedelta

NUMBER = re.compile(r"\bC-(\d{1,12})\b", re.IGNORECASE)
REPLY = re.compile(
    r"^\s*(?:(?:re|r|aw|sv|antw|rif|fw|fwd|i|wg|tr)\s*(?:\[\d+\])?\s*:\s*)+", re.IGNORECASE
)
LINK_OUTLIVES_CASE = timedelta(days=30)


def bare_subject(subject: str) -> str:
    """A subject without the "Re:" and "I:" that mail programs put before it."""
    return REPLY.sub("", subject).strip()


def reply_subject(subject: str) -> str:
    return f"Re: {bare_subject(subject)}"


def claimed_case(subject: str) -> int | None:
    """The case number that a subject speaks of. Anybody can write one: it proves nothing."""
    found = NUMBER.search(subject)
    return int(found.group(1)) if found else None


def link_is_alive(
    *, resolved_at: datetime | None, revoked_at: datetime | None, now: datetime
) -> bool:
    """A matter link lives while its matter is open, and a month longer to read the end."""
    if revoked_at is not None:
        return False
    return resolved_at is None or now < resolved_at + LINK_OUTLIVES_CASE
