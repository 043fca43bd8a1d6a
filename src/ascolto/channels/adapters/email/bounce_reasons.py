"""Why a mail came back, from the status and the words of the failing server.

Hard means that the address is dead: nobody will ever read there. A full box, a refused content
or a blocked sender says nothing about the address, however permanent the server calls it.
"""

import re
from dataclasses import dataclass

from ascolto.channels.adapters.email import bounce_refused, bounce_unreached

LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Reason:
    name: str
    hard: bool


UNKNOWN = Reason("unknown", hard=False)
_DEAD = frozenset({"user_unknown", "host_unknown", "moved", "not_accepting"})


def _named(name: str) -> Reason:
    return Reason(name, hard=name in _DEAD)


_PATTERNS = tuple(
    (_named(name), re.compile("|".join(said), re.IGNORECASE | re.MULTILINE))
    for name, said in (*bounce_refused.REFUSED, *bounce_unreached.UNREACHED)
)

# RFC 3463, RFC 7372 and the others of the registry of enhanced codes.
_BY_STATUS = {
    "1.0": "user_unknown", "1.1": "user_unknown", "1.2": "host_unknown", "1.3": "user_unknown",
    "1.4": "user_unknown", "1.6": "moved", "1.7": "sender_rejected", "1.8": "sender_rejected",
    "1.9": "system", "1.10": "user_unknown", "2.0": "filtered", "2.1": "suspended",
    "2.2": "mailbox_full", "2.3": "too_big", "2.4": "filtered", "3.0": "system",
    "3.1": "system", "3.2": "system", "3.3": "system", "3.4": "too_big", "3.5": "system",
    "4.1": "network", "4.2": "network", "4.3": "system", "4.4": "host_unknown", "4.5": "system",
    "4.6": "network", "4.12": "network", "4.14": "network", "4.310": "network",
    "4.312": "network", "4.316": "network", "4.317": "network", "7.64": "relaying",
    "7.508": "rate_limited", "4.7": "expired", "5.3": "rate_limited", "5.4": "system",
    "5.5": "system", "7.8": "policy", "7.9": "policy", "7.13": "suspended", "7.17": "moved",
    "7.18": "moved", "7.25": "no_reverse_dns", "7.27": "sender_rejected",
    **{f"6.{detail}": "policy" for detail in range(11)},
    **{f"7.{detail}": "policy" for detail in range(8)},
    **{f"7.{detail}": "authentication" for detail in (20, 21, 22, 23, 24, 26, 29)},
}  # fmt: skip
# Of a server that gave no better word (RFC 5321).
_BY_REPLY = {"451": "system", "452": "system", "551": "moved", "552": "mailbox_full",
             "556": "not_accepting"}  # fmt: skip
# What PowerMTA, which many senders of bulk mail run, found the failure to be.
_BY_CATEGORY = {
    "bad-mailbox": "user_unknown", "bad-domain": "host_unknown", "quota-issues": "mailbox_full",
    "inactive-mailbox": "suspended", "invalid-sender": "sender_rejected",
    "virus-related": "virus", "spam-related": "spam", "relaying-issues": "relaying",
    "message-expired": "expired", "no-answer-from-host": "network", "bad-connection": "network",
    "routing-errors": "system", "bad-configuration": "system",
}  # fmt: skip

_AFTER_ACCEPTING = re.compile(
    r"(?:reply to|after|response to|our)(?: the)? (?:end of |final )?data\b|"
    r"end of (?:message )?data|smtp data|"
    r"smtp command\s{1,3}data|>>> data\b[^\n]{0,20}\n\s{0,5}<<< 5",
    re.IGNORECASE,
)
# Yahoo looks the address up when the whole mail is there, and says so in these words alone.
_LOOKED_UP_LATE = re.compile(r"delivery error: dd\b", re.IGNORECASE)
_AT_RCPT = re.compile(
    r"(?:to|after|>>>|<<<|pipelined|command|during|at)[\s:(]{1,8}rcpt\b|"
    r"\brcpt to(?: command\)|\)| response)|[45]\d\d (?:[\d.]{5,9} )?rcpt\b|"
    r"does not like recipient|\(state 1[34]\)",
    re.IGNORECASE,
)
# The words of a system that looked in its own list of people; no other server was asked.
_OWN_DIRECTORY = re.compile(
    r"not listed in|msexch:ims|unknown recipient|directory|annuaire|verzeichnis|リスト|"
    r"mail\.local|no valid recipients|unknown user:|\.\.\. ?user ",
    re.IGNORECASE,
)
# RFC 3463: about the box, so not about an address that isn't there.
_EXISTS = re.compile(r"5\.2\.0")
_SAYS_LITTLE = re.compile(r"5\.0\.\d{1,3}|5\.[23]\.\d{1,3}")
_PROVES_NOTHING = re.compile(r"[45]\.(?:0\.\d{1,3}|3\.0)")
_NO_ROOM = re.compile(r"[45]\.(?:3\.1|4\.5)")
_AT_MAIL_FROM = re.compile(r"after (?:pipelined )?mail from|reply to mail from", re.IGNORECASE)
_AT_GREETING = re.compile(
    r"(?:after|reply to) (?:initial connection|connect|ehlo|helo)|refused to\s{1,8}talk to me",
    re.IGNORECASE,
)
_REPLY = re.compile(r"(?:^|[\s;])([45]\d\d)[ -]")
# The sending server's own sum of a conversation: the answer itself stands elsewhere.
_ONLY_SUMS_UP = re.compile(
    r"(?:smtp; ?)?\d{3}[^\n]{0,140}\.\.\. ?service unavailable\.?", re.IGNORECASE
)


def reason_of(
    status: str | None, said: str, *, about: str, temporary: bool, category: str = ""
) -> Reason:
    """`said`: what the failing server answered; `about`: the notice about this recipient;
    `category`: what the reporting server made of it, where it says so.
    """
    found = _found(status, said, about, category)
    proven = category == "bad-mailbox" or not _unproven(status, f"{said}\n{about}")
    if found.name == "user_unknown" and not proven:
        return Reason("filtered", hard=False)
    if found.hard and _AT_MAIL_FROM.search(about[:LONGEST]):
        return Reason("sender_rejected", hard=False)
    if temporary and found.hard:
        # "4.1.1 unknown, try again": nothing is settled yet.
        return Reason(found.name, hard=False)
    return found


def _found(status: str | None, said: str, about: str, category: str) -> Reason:
    if category in _BY_CATEGORY:
        return _named(_BY_CATEGORY[category])
    summed_up = _ONLY_SUMS_UP.fullmatch(said.strip()[:LONGEST]) is not None
    found = (by_words(about) if summed_up else None) or by_words(said)
    if found and found.name == "user_unknown" and (status or "").endswith(".1.6"):
        return _named("moved")
    if found and found.name == "mailbox_full" and _NO_ROOM.search(f"{status} {said[:200]}"):
        return _named("system")  # the server is full, and not this box
    return found or by_status(status) or by_words(about) or _by_stage(said, about) or UNKNOWN


def _by_stage(said: str, about: str) -> Reason | None:
    """A refusal without a reason: whom it was meant for, from when it came."""
    if _AT_GREETING.search(about[:LONGEST]):
        return _named("blocked")
    if _AT_MAIL_FROM.search(about[:LONGEST]):
        return _named("sender_rejected")
    reply = _REPLY.search(said[:LONGEST])
    return _named(_BY_REPLY[reply[1]]) if reply and reply[1] in _BY_REPLY else None


def _unproven(status: str | None, said: str) -> bool:
    """Whether "unknown user" may be a filter's word, so that nobody is struck off for it.

    Only a server that refuses the address when it is named (RCPT TO), or gives the code for it
    (5.1.1), knows. One that took the mail knew the address; and some providers answer "unknown
    user" to all that their customers don't want.
    """
    said = said[:LONGEST]
    if _LOOKED_UP_LATE.search(said):
        return False
    if status == "5.2.1":
        return _AT_RCPT.search(said) is None  # "disabled", unless refused when it was named
    if status is not None and _EXISTS.fullmatch(status):
        return True
    if (status is None or _SAYS_LITTLE.fullmatch(status)) and _AFTER_ACCEPTING.search(said):
        return True
    if status is not None and not _PROVES_NOTHING.fullmatch(status):
        return False  # 5.1.1 is plain enough
    return _AT_RCPT.search(said) is None and _OWN_DIRECTORY.search(said) is None


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
    return _named(name) if name else None
