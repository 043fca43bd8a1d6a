"""Notices of failure without a standard report: recognised and read by their words."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message

from ascolto.channels.adapters.email import bounce_words
from ascolto.channels.adapters.email.addresses import only_sender, pairs
from ascolto.channels.adapters.email.body import Body
from ascolto.channels.adapters.email.dsn import ADDRESS, Group
from ascolto.channels.adapters.email.headers import message_id, raw_value, raw_values, text_of
from ascolto.channels.adapters.email.mime import Parts, head_and_body

LARGEST = 50_000
CONTEXT = 1500

_DAEMON = re.compile(
    r"(?:mail(?:er)?[-_. ]?(?:daemon|delivery|system|subsystem|error)|post[-_]?master|mdaemon|"
    r"mail[-_]?(?:er)?|system|no-?reply|listmaster|.{1,64}-(?:admin|bounces?|owner|request))\d{0,3}",
    re.IGNORECASE,
)
_STRICT_DAEMON = re.compile(
    r"(?:mail(?:er)?[-_. ]?(?:daemon|delivery|system|subsystem)|post[-_]?master|mdaemon)",
    re.IGNORECASE,
)
_SUBJECT = re.compile("|".join(bounce_words.SUBJECTS), re.IGNORECASE)
_TEXT = re.compile("|".join(bounce_words.NOTICES), re.IGNORECASE)
# Above the copy of the mail that came back.
_COPY_STARTS = re.compile(
    rf"^[-=_ >*\t]{{0,80}}(?:{'|'.join(bounce_words.COPY_FOLLOWS)})"
    r"|^(?:return-path|received|x-received|dkim-signature|mime-version): ",
    re.IGNORECASE | re.MULTILINE,
)
_ADDRESS = r"(?P<address>(?:\"[^\"\s@]{1,64}\"|[^\s<>()\[\]\"',;:@]{1,128})@[A-Za-z0-9._-]{2,254})"
_LIST_FOLLOWS = re.compile("|".join(bounce_words.LIST_FOLLOWS), re.IGNORECASE)
_LEADS_LINE = re.compile(
    r"^[ \t>*]{0,20}(?:to:[ \t]*|(?:failed )?recipient(?: address)?:[ \t]*)?"
    rf"[<\"']?(?:smtp:|mailto:|rfc822;)?{_ADDRESS}"
    r"(?=[>\"'\s:,;.(\[]|$)",
    re.IGNORECASE | re.MULTILINE,
)
_NAMED = re.compile(
    r"(?:rcpt to:?|delivering (?:your |the )?(?:mail|message) to|delivery to|"
    r"deliver(?:ed)? (?:mail |message )?to|not reach|recipient|"
    r"addressed to|send(?:ing)? (?:mail )?to|sent to|message to|user|account|mailbox|address|to)"
    rf"[\s:'\"<(]{{1,6}}(?:smtp:|mailto:)?{_ADDRESS}",
    re.IGNORECASE,
)
_REPLIED = re.compile(
    rf"^[^\n<]{{0,120}}\b[45]\d\d[ -][^\n<]{{0,120}}<{_ADDRESS}>", re.IGNORECASE | re.MULTILINE
)
_ANSWER = re.compile(
    r"(?<![\d.])[45]\d\d(?:[ -]#?[45]\.\d{1,3}\.\d{1,3}|[ -](?=[^\d\s]|\d\d\d ))"
    r"[^\n]{0,300}(?:\n[ \t]{2,8}\S[^\n]{0,300}){0,3}"
)
_LEADS_TO = re.compile(rf"generated (?:from|by) {_ADDRESS}", re.IGNORECASE)
_NOT_THE_RECIPIENT = re.compile(
    r"^.{0,40}(?:mail from|generated from|from|sender|envelope-from|reply-to|return-path|"
    r"message-id|contact|e-?mail us)"
    r"[\s:=<]{1,5}.{0,200}$",
    re.IGNORECASE | re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Notice:
    text: str
    """Without the copy of the mail that came back."""
    failed_header: tuple[str, ...]
    excluded: frozenset[str]
    original_recipients: tuple[str, ...]
    original_message_id: str | None
    is_bounce: bool

    def groups(self, *, first: bool = False) -> list[Group]:
        """`first`: only what the notice itself names."""
        found = self.failed_header or self._named_in_text()
        if not found and not first:
            found = self.original_recipients
        action = "delayed" if self._only_late else "failed"
        return [
            Group({"final-recipient": f"rfc822; {one}", "action": action}) for one in _once(found)
        ]

    def about(self, address: str, *, alone: bool) -> str:
        """The words of the notice about one recipient; all of them when there is only one."""
        if alone:
            return self.text[:LARGEST]
        lines = self.text.split("\n")
        wanted = address.lower()
        naming = [at for at, line in enumerate(lines) if wanted in line.lower()]
        leading = [at for at in naming if _LEADS_LINE.match(lines[at])]
        if not naming:
            return ""
        if not leading:
            return lines[naming[-1]][:CONTEXT]
        start = leading[0]
        told: list[str] = [lines[start]]
        for line in lines[start + 1 : start + 12]:
            if (
                any(one.lower() != wanted for one in ADDRESS.findall(line))
                and wanted not in line.lower()
            ):
                break
            told.append(line)
        return "\n".join(told)[:CONTEXT]

    @property
    def _only_late(self) -> bool:
        return _DELAYED.search(self.text) is not None

    def _named_in_text(self) -> tuple[str, ...]:
        text = _NOT_THE_RECIPIENT.sub("", self.text)
        listed = _LIST_FOLLOWS.search(text)
        below = text[listed.end() :] if listed else ""
        for said in (below, text):
            for pattern in (_LEADS_LINE, _REPLIED, _NAMED):
                found = self._wanted(match["address"] for match in pattern.finditer(said))
                if found:
                    return found
        # Somebody who wrote to himself is the sender and the recipient.
        own = _once(match["address"] for match in _LEADS_LINE.finditer(text))
        # Exim keeps to itself whom our address leads to.
        ours = _once(match["address"] for match in _LEADS_TO.finditer(self.text))
        return self._wanted(ADDRESS.findall(text))[:1] or own[:1] or self._wanted(ours)

    def _wanted(self, addresses: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for one in _once(addresses) if one.lower() not in self.excluded)


def reply_in(text: str) -> str:
    """The answers of the failing server in a notice: what follows a code such as 550."""
    return "\n".join(found[0] for found in _ANSWER.finditer(text))


def _once(addresses: Iterable[str]) -> tuple[str, ...]:
    clean = (one.strip(".").rstrip("-_") for one in addresses)
    found = {one.lower(): one for one in clean}
    whole = {one: shown for one, shown in found.items() if "." in one.rpartition("@")[2]}
    return tuple((whole or found).values())


_COPIES = {"text/rfc822-headers", "message/rfc822-headers", "message/rfc822", "message/global",
           "message/global-headers"}  # fmt: skip
_FIRST_HEADER = re.compile(
    r"^(?:return-path|received|from|to|date|message-id|subject|mime-version):",
    re.IGNORECASE | re.MULTILINE,
)
_DELAYED = re.compile("|".join(bounce_words.STILL_TRYING), re.IGNORECASE)


def notice_of(parts: Parts, body: Body) -> Notice:
    text = body.text[:LARGEST]
    start = _COPY_STARTS.search(text)
    said = text[: start.start()] if start and start.start() > 0 else text
    original = _original(parts, text[start.start() :] if start else "")
    headers = parts.root
    sender, _, _ = only_sender(raw_values(headers, "from"))
    failed = tuple(ADDRESS.findall(raw_value(headers, "x-failed-recipients")))
    ours = [address for _, address in pairs(raw_values(headers, "to"))]
    writer, _, _ = (
        only_sender(raw_values(original, "from")) if original is not None else (None, "", False)
    )
    excluded = {one.lower() for one in [*ours, sender, writer] if one}
    recipients = pairs(raw_values(original, "to")) if original is not None else ()
    return Notice(
        text=said,
        failed_header=failed,
        excluded=frozenset(excluded),
        original_recipients=tuple(one for _, one in recipients),
        original_message_id=message_id(raw_value(original, "message-id"))
        if original is not None
        else None,
        is_bounce=bool(failed) or _is_bounce(parts, said, sender, has_copy=original is not None),
    )


def _is_bounce(parts: Parts, said: str, sender: str | None, *, has_copy: bool) -> bool:
    """A machine that names itself needs one more sign; one that doesn't needs two."""
    headers = parts.root
    local = (sender or "").partition("@")[0]
    shown = raw_value(headers, "from").strip().lower()
    named = _STRICT_DAEMON.match(local) is not None or "mailer-daemon" in shown or shown == "<>"
    signs = (
        _SUBJECT.search(text_of(headers, "subject")) is not None,
        _TEXT.search(said[:5000]) is not None,
        has_copy,
    )
    if "list-id" in headers:
        return False  # a list passed it on to its members; it is no news about our mail
    if named:
        return any(signs)
    if "in-reply-to" in headers:
        return False
    path = raw_value(headers, "return-path").strip().lower()
    machine = path == "<>" or "mailer-daemon" in path or _DAEMON.fullmatch(local) is not None
    return machine and sum(signs) > 1


def _original(parts: Parts, copy: str) -> Message | None:
    """The headers of the mail that came back: of its part, or of its copy in the text."""
    for part in parts.leaves:
        if part.inside_message or part.content_type in _COPIES:
            headers = part.headers if part.inside_message else head_and_body(part.data()[0])[0]
            if "to" in headers or "message-id" in headers:
                return headers
    start = _FIRST_HEADER.search(copy)
    if start is None:
        return None
    return head_and_body(copy[start.start() :].encode("utf-8", "replace"))[0]
