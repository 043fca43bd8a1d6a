"""What the rest of Ascolto asks of a channel, and what a channel tells it. Plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from ascolto.people.policy import Sender


class Unreadable(Exception):
    """The bytes cannot be read. They stay, in quarantine, for a person to look at."""


class NotNow(Exception):
    """The carrier said no for the moment: try again later."""

    maybe_delivered = False  # True when the line died after the last byte was handed over
    of_the_channel = True  # False when the carrier works, and only this message has to wait


class Refused(Exception):
    """The carrier said no for good: this message will not arrive this way."""


@dataclass(frozen=True, slots=True)
class HeardFile:
    name: str
    content_type: str
    data: bytes
    content_id: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What came back about a message of ours. `kind` is one of `Evidence.Kind`."""

    kind: str
    message_id: str | None
    address: str = ""
    detail: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as read by its channel's adapter. `kind` is one of `Item.Kind`."""

    kind: str = "MESSAGE"
    sender: Sender | None = None
    message_id: str = ""
    references: tuple[str, ...] = ()  # nearest first
    written_at: datetime | None = None
    subject: str = ""
    text: str = ""
    quoted: str = ""
    html: str = ""
    files: Sequence[HeardFile] = ()
    reports: Sequence[DeliveryReport] = ()
    auto: bool = False
    bulk: bool = False
    damaged: tuple[str, ...] = ()
    to: tuple[str, ...] = ()  # whom he wrote to, as written
    cc: tuple[str, ...] = ()
    reading: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message ready to leave, with everything its carrier needs and no database."""

    message_id: str
    from_address: str
    from_name: str
    to_address: str
    to_name: str
    subject: str
    text: str
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    automatic: bool = False
    files: Sequence[HeardFile] = ()
    written_at: datetime | None = None
    cc: tuple[str, ...] = ()  # addresses


@dataclass(frozen=True, slots=True)
class Sent:
    """The carrier took it. `kind` is one of `Evidence.Kind`."""

    kind: str
    detail: str = ""


class Reader(Protocol):
    """Turns raw bytes into what was said."""

    def read(self, raw: bytes) -> Heard:
        """Read one message. Raises `Unreadable`; takes at most two seconds."""


class Carrier(Protocol):
    """Brings one message to its reader."""

    def carry(self, parcel: Parcel) -> Sent:
        """Hand the parcel over. Raises `NotNow` or `Refused`."""
