"""What reading a mail gives: plain frozen values, nothing of the mail library in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Address = tuple[str, str]
"""(shown name, address); either may be empty."""


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    """Safe to show; still only a label, never a path."""
    content_type: str
    size: int
    sha256: str
    content_id: str | None
    inline: bool
    data: bytes


@dataclass(frozen=True, slots=True)
class BouncedRecipient:
    address: str
    status: str | None
    """RFC 3463, e.g. ``5.1.1``."""
    action: Literal["failed", "delayed", "delivered", "relayed", "expanded"]
    hard: bool
    """The address itself is dead. Stricter than 5.x.x: a full mailbox is not a dead one."""


@dataclass(frozen=True, slots=True)
class Bounce:
    recipients: tuple[BouncedRecipient, ...]
    reason: str | None
    """The class of the failure in one word, e.g. ``user_unknown``; None where it can't be told."""
    original_message_id: str | None

    @property
    def failed(self) -> bool:
        """False for a report of success, which is evidence and not a failure."""
        return any(one.action in {"failed", "delayed"} for one in self.recipients) or (
            not self.recipients
        )


@dataclass(frozen=True, slots=True)
class PecReceipt:
    type: str
    """As in the provider's ``tipo``: ``accettazione``, ``avvenuta-consegna``, …"""
    message_id: str | None
    """Of the message the receipt is about."""
    sender: str | None
    date: datetime | None
    identifier: str | None
    recipients: tuple[str, ...]
    certified: tuple[str, ...]
    """Recipients that are PEC boxes themselves: only for them delivery is proof."""
    error: str | None
    provider: str | None


@dataclass(frozen=True, slots=True)
class Complaint:
    """Somebody pressed "this is spam" (RFC 5965)."""

    kind: str
    recipients: tuple[str, ...]
    original_message_id: str | None


@dataclass(frozen=True, slots=True)
class ReadMail:
    from_address: str | None
    """None where there is none, or where it can't be told which one (see `sender_ambiguous`)."""
    from_name: str
    sender_ambiguous: bool
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    date: datetime | None
    text: str
    reply_text: str
    quoted_text: str
    html: str | None
    attachments: tuple[Attachment, ...]
    auto: bool
    """Written by a machine: must not open or reopen a case."""
    bulk: bool
    """Must not be answered automatically."""
    bounce: Bounce | None
    pec: PecReceipt | None
    complaint: Complaint | None
    damaged: tuple[str, ...]
    """Reasons why something may be missing; empty for a sound mail."""
    headers: Mapping[str, str]
