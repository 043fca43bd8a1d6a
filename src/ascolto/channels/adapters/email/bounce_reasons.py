"""Why a mail came back, from the status and the words of the failing server.

Hard means that the address is dead: nobody will ever read there. A full box, a refused content
or a blocked sender says nothing about the address, however permanent the server calls it.
"""

import re
from dataclasses import dataclass

from ascolto.channels.adapters.email import bounce_words

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Reason:
    name: str
    hard: bool


UNKNOWN = Reason("unknown", hard=False)
_DEAD = frozenset({"user_unknown", "host_unknown", "moved", "not_accepting"})

_PATTERNS = tuple(
    (Reason(name, hard=name in _DEAD), re.compile("|".join(said), re.IGNORECASE | re.MULTILINE))
    for name, said in bounce_words.REASONS
)

_BY_STATUS = {
    "1.0": "user_unknown", "1.1": "user_unknown", "1.2": "host_unknown", "1.3": "user_unknown",
    "1.4": "user_unknown", "1.6": "moved", "1.7": "policy", "1.8": "policy", "1.9": "policy",
    "1.10": "user_unknown", "2.0": "unknown", "2.1": "suspended", "2.2": "mailbox_full",
    "2.3": "too_big", "2.4": "system", "3.0": "system", "3.1": "system", "3.2": "system",
    "3.4": "too_big", "4.1": "network", "4.2": "network", "4.3": "network", "4.4": "host_unknown",
    "4.5": "system", "4.6": "network", "4.7": "expired", "6.0": "policy", "7.0": "policy",
    "7.1": "policy", "7.9": "authentication", "7.20": "authentication", "7.23": "authentication",
    "7.25": "no_reverse_dns", "7.26": "authentication", "7.13": "suspended", "7.17": "moved",
}  # fmt: skip


_AFTER_ACCEPTING = re.compile(
    r"(?:reply to|after|response to|our)(?: the)? (?:end of |final )?data\b|"
    r"end of (?:message )?data|smtp data|"
    r"smtp command\s{1,3}data|>>> data\b[^\n]{0,20}\n\s{0,5}<<< 5",
    re.IGNORECASE,
)
# RFC 3463: about the box, so not about an address that isn't there.
_EXISTS = re.compile(r"5\.2\.0")
_SAYS_LITTLE = re.compile(r"5\.0\.\d{1,3}|5\.[23]\.\d{1,3}")
_AT_MAIL_FROM = re.compile(r"after (?:pipelined )?mail from|reply to mail from", re.IGNORECASE)


def reason_of(status: str | None, said: str, *, about: str, temporary: bool) -> Reason:
    """`said`: what the failing server answered; `about`: the notice about this recipient."""
    found = by_words(said) or by_status(status) or by_words(about) or UNKNOWN
    if found.name == "user_unknown" and _was_accepted(status, f"{said}\n{about}"):
        # The server knew the address when it was named, and refused the mail: a filter.
        return Reason("filtered", hard=False)
    if found.hard and _AT_MAIL_FROM.search(about[:LONGEST]):
        return Reason("sender_rejected", hard=False)
    if temporary and found.hard:
        # "4.1.1 unknown, try again": nothing is settled yet.
        return Reason(found.name, hard=False)
    return found


def _was_accepted(status: str | None, said: str) -> bool:
    if status is not None:
        if status == "5.2.1" and "rcpt" not in said.lower():
            return True  # "disabled", unless refused when it was named
        if _EXISTS.fullmatch(status):
            return True
        if not _SAYS_LITTLE.fullmatch(status):
            return False  # 5.1.1 is plain enough
    return _AFTER_ACCEPTING.search(said[:LONGEST]) is not None


def by_words(said: str) -> Reason | None:
    said = said[:LONGEST].strip()
    for reason, pattern in _PATTERNS:
        if pattern.search(said):
            return reason
    return None


def by_status(status: str | None) -> Reason | None:
    if not status:
        return None
    _, _, detail = status.partition(".")
    name = _BY_STATUS.get(detail)
    return Reason(name, hard=name in _DEAD) if name else None
