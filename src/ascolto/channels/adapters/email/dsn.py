"""Delivery status notifications in the standard form (RFC 3464), also when loosely written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ascolto.channels.adapters.email.mime import Parts

LARGEST = 200_000
MOST_RECIPIENTS = 500
LONGEST_VALUE = 2000
ACTIONS = frozenset({"failed", "delayed", "delivered", "relayed", "expanded"})

_FIELD = re.compile(r"[ \t]{0,80}([A-Za-z][A-Za-z-]{2,40}):[ \t]{0,80}(.{0,2000})")
_STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
_STATUS_IN_TEXT = re.compile(r"(?<![\d.])[45]\.\d{1,2}\.\d{1,3}(?![\d.]*\d)")
ADDRESS = re.compile(
    r"(?:\"[^\"\s@]{1,64}\"|[^\s<>()\[\]\"',;:@]{1,128})"
    r"@[A-Za-z0-9_-][A-Za-z0-9._-]{0,253}[A-Za-z0-9]"
)
_RECIPIENT = re.compile(r"^[ \t]*(?:final|original)-recipient:", re.IGNORECASE | re.MULTILINE)
_PER_RECIPIENT = {"final-recipient", "original-recipient", "action", "status", "diagnostic-code",
                  "remote-mta", "x-actual-recipient", "last-attempt-date", "will-retry-until",
                  "x-display-name", "x-supplementary-info", "final-log-id",
                  "x-powermta-bouncecategory"}  # fmt: skip


@dataclass(slots=True)
class Group:
    """What is said about one recipient."""

    fields: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """The one we wrote to, where it is told apart from where it was forwarded."""
        named = ("final-recipient", "x-actual-recipient", "original-recipient")
        found = [address_in(self.fields.get(name, "")) for name in named]
        # "user@host" of an inner hop is no address anybody wrote to.
        whole = (one for one in found if "." in one.rpartition("@")[2])
        return next(whole, "") or next((one for one in found if one), "")

    @property
    def action(self) -> str:
        word = self.fields.get("action", "").strip().lower().split(" ")[0].strip("()")
        if word in ACTIONS:
            return word
        if word.startswith("deliver") or self.status_field.startswith("2"):
            return "delivered"
        return "delayed" if self.status_field.startswith("4") else "failed"

    @property
    def status_field(self) -> str:
        found = _STATUS.search(self.fields.get("status", ""))
        return found[0] if found else ""

    @property
    def category(self) -> str:
        """What PowerMTA made of the failure, e.g. ``bad-mailbox``; empty from the others."""
        return self.fields.get("x-powermta-bouncecategory", "").strip().lower()

    @property
    def diagnostic(self) -> str:
        return self.fields.get("diagnostic-code", "")


def address_in(value: str) -> str:
    kind, semicolon, rest = value[:LONGEST_VALUE].partition(";")
    said = rest if semicolon and "@" not in kind else value
    found = ADDRESS.findall(said)
    # The last, because a route of old may stand before it ("@relay:user@host").
    return found[-1].strip(".") if found else ""


def status_in(text: str) -> str | None:
    found = _STATUS_IN_TEXT.search(text)
    return found[0] if found else None


def groups(parts: Parts, *, attached: bool = False) -> list[Group]:
    """The recipients of every report this mail is; or (`attached`) that it carries."""
    found: list[Group] = []
    for part in parts.leaves:
        if part.inside_message is not attached:
            continue
        if part.content_type in {"message/delivery-status", "message/global-delivery-status"}:
            found += _groups_in(part.text()[0][:LARGEST])
    return _without_repeats(found)


def groups_in_text(text: str) -> list[Group]:
    """As some gateways write it: the same fields in the middle of a text."""
    text = text[:LARGEST]
    return _without_repeats(_groups_in(text)) if _RECIPIENT.search(text) else []


def _groups_in(text: str) -> list[Group]:
    found: list[Group] = []
    group = Group()
    for name, value in _fields(text):
        if name not in _PER_RECIPIENT:
            continue
        # The recipient starts a group, unless only an action was seen before it.
        if name in group.fields:
            found.append(group)
            group = Group()
        group.fields[name] = value
    found.append(group)
    return [one for one in found if one.address][:MOST_RECIPIENTS]


def _fields(text: str) -> Iterator[tuple[str, str]]:
    name, value = "", ""
    for line in text.split("\n"):
        if name and line[:1] in {" ", "\t"} and line.strip() and len(value) < LARGEST:
            value += " " + line.strip()
            continue
        if name:
            yield name, value
        match = _FIELD.match(line)
        name, value = (match[1].lower(), match[2]) if match else ("", "")
    if name:
        yield name, value


def _without_repeats(found: list[Group]) -> list[Group]:
    return list({one.address.lower(): one for one in reversed(found)}.values())[::-1]
