"""What makes two deliveries the same message, without reading them in full.

The same message comes again by another way (a forwarder, IMAP after SMTP, a provider's retry)
with other trace headers. A re-used Message-ID with other content is another message.
"""

import hashlib
import re

_HEAD_END = re.compile(rb"\n[ \t]*\n")
_LARGEST_HEAD = 262_144
_ID = re.compile(rb"<([^<>\s]{1,500})>")
_TRACE = re.compile(
    rb"(?:received|return-path|delivered-to|x-original-to|x-delivered-to|x-envelope-[a-z-]*|"
    rb"envelope-to|delivery-date|x-rcpt-to|apparently-to|x-forwarded-[a-z]*|"
    rb"dkim-signature|domainkey-signature|x-google-dkim-signature|arc-[a-z-]+|"
    rb"authentication-results(?:-original)?|x-authentication-[a-z-]+|received-spf|"
    rb"x-received|x-google-smtp-source|x-gm-message-state|x-gm-[a-z-]+|x-provags-id|"
    rb"x-[a-z0-9-]{0,60}(?:spam|virus|scanned|scanner)[a-z0-9-]{0,60}|"
    rb"x-(?:bogosity|rspamd|proofpoint|mimecast|barracuda|ironport|forefront|amavis|dspam|crm114|"
    rb"libra|esva|clx|ui-filterresults)[a-z0-9-]*|"
    rb"x-ms-exchange-(?:organization|crosstenant|transport)[a-z0-9-]*|x-microsoft-antispam[a-z-]*|"
    rb"x-eopattributedmessage|x-eoptenantattributedmessage|x-ms-publictraffictype|"
    rb"status|x-status|x-uid|x-uidl|x-keywords|x-mozilla-[a-z0-9-]+|x-imap[a-z]*|x-evolution[a-z-]*|"
    rb"content-length|lines|x-getmail-[a-z-]+|x-fetchmail-[a-z-]+|x-sieve[a-z-]*|x-dspam[a-z-]*"
    rb")[ \t]*:",
    re.IGNORECASE,
)


def fingerprint(raw: bytes) -> tuple[str | None, str]:
    """(Message-ID without brackets or None, hex digest of what the sender wrote). Total."""
    if b"\r" in raw:
        raw = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    raw = raw.lstrip(b"\n")
    if raw.startswith((b"From ", b">From ")):
        raw = raw.partition(b"\n")[2]
    end = _HEAD_END.search(raw, 0, _LARGEST_HEAD)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw[:_LARGEST_HEAD], b"")
    rest = b"" if end else raw[_LARGEST_HEAD:]

    digest = hashlib.sha256()
    message_id: str | None = None
    for name, value in _fields(head):
        digest.update(name + b":" + value + b"\n")
        if name == b"message-id" and message_id is None:
            message_id = _message_id(value)
    digest.update(b"\n")
    # Carriers add or drop blank lines at the end.
    digest.update((rest or body).rstrip(b"\n \t"))
    return message_id, digest.hexdigest()


def _fields(head: bytes) -> list[tuple[bytes, bytes]]:
    """Fields that are not trace, with names folded and white space reduced, in order."""
    found: list[list[bytes]] = []
    kept = True
    for line in head.split(b"\n"):
        if line[:1] in {b" ", b"\t"}:
            if kept and found:
                found[-1].append(line)
            continue
        kept = _TRACE.match(line) is None
        if kept:
            found.append([line])
    return [_reduced(lines) for lines in found]


def _reduced(lines: list[bytes]) -> tuple[bytes, bytes]:
    name, _, value = b" ".join(lines).partition(b":")
    return name.strip().lower(), b" ".join(value.split())


def _message_id(value: bytes) -> str | None:
    found = _ID.search(value)
    if found:
        return found[1].decode("utf-8", "replace").replace("\x00", "")
    bare = value.strip(b"<> ")[:500]
    return bare.decode("utf-8", "replace").replace("\x00", "") or None
