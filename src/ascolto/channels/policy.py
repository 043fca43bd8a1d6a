"""Rules of the ways in and out. Values in, verdicts out."""

import uuid
from datetime import datetime, timedelta

from ascolto.kit.tokens import sign, verify

BACK_OFF = (
    timedelta(seconds=20),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=3),
    timedelta(hours=8),
)
GIVE_UP_AFTER = timedelta(days=4)  # RFC 5321 §4.5.4.1: at least 4-5 days of trying
LEASE = timedelta(minutes=3)  # longer than any carrier may take
PURPOSE = "message-id"

# Kinds of channels that are networks of people: what they carry is short, often public, and no
# letter. See `Manners`.
NETWORKS = frozenset(
    {
        "FEED",
        "BLUESKY",
        "MASTODON",
        "TELEGRAM",
        "X",
        "FACEBOOK",
        "INSTAGRAM",
        "MESSENGER",
        "WHATSAPP",
        "REVIEWS",
    }
)


def new_message_id(address: str) -> str:
    """A Message-ID that nobody else can make: its second half is signed with our secret.

    An answer that quotes it proves that its writer had our message.
    """
    domain = address.rpartition("@")[2] or "ascolto.invalid"
    unique = uuid.uuid4().hex
    return f"<{unique}.{sign(PURPOSE, unique)}@{domain}>"


def is_ours(message_id: str) -> bool:
    """Whether this Message-ID was made, and so signed, by this installation."""
    local = message_id.strip().removeprefix("<").partition("@")[0]
    unique, dot, signature = local.partition(".")
    return bool(dot) and verify(PURPOSE, unique, signature)


def delivery_lock(outgoing_id: int) -> str:
    """The queueing lock of a message's delivery: all who ask for it share one waiting job."""
    return f"deliver-{outgoing_id}"


def reading_lock(arrival_id: int) -> str:
    """The same for an arrival that is to be read alone."""
    return f"read-{arrival_id}"


def next_try(*, attempts: int, queued_at: datetime, now: datetime) -> datetime | None:
    """When to try again after `attempts` failures, or None when it is time to give up."""
    if now - queued_at >= GIVE_UP_AFTER:
        return None
    return now + BACK_OFF[min(attempts, len(BACK_OFF)) - 1]
