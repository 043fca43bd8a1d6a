"""A mail taken apart into its parts, with bounded work whatever the bytes are.

The standard library reads the headers; the splitting is done here, because its own splitter
recurses, tests every open boundary on every line, and can't be told when to stop.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message
from email.parser import HeaderParser

from ascolto.channels.adapters.email.charsets import decode, header_text
from ascolto.channels.adapters.email.encodings import decoded
from ascolto.channels.adapters.email.headers import plain

MOST_PARTS = 1000
DEEPEST = 50
LARGEST_HEAD = 262_144
MOST_HEADER_LINES = 5000
LONGEST_HEADER = 32_768

_HEAD_END = re.compile(rb"\r?\n[ \t]*\r?\n")
_TYPE = re.compile(r"[a-z0-9][a-z0-9!#$&^_.+-]{0,126}/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}")
_FIELD = re.compile(rb"[!-9;-~]{1,200}[ \t]*:")
_BOUNDARY_LINE = re.compile(rb"^--(\S{4,70})\r?\n(?=content-)", re.IGNORECASE | re.MULTILINE)
# What the library's header code is known to raise on damaged values.
_LIBRARY_ERRORS = (LookupError, ValueError, TypeError, AttributeError, AssertionError)


@dataclass(frozen=True, slots=True)
class Part:
    headers: Message
    body: bytes
    """Still encoded."""
    content_type: str
    depth: int
    parent_type: str
    inside_message: bool
    """Belongs to a mail that was attached to this one."""

    @property
    def disposition(self) -> str:
        value = str(self.headers.get("content-disposition", ""))[:1000]
        return value.partition(";")[0].strip().lower()

    @property
    def filename(self) -> str:
        """As the sender wrote it, decoded; empty when none was given."""
        try:
            return plain(self.headers.get_filename() or "", 1000)
        except _LIBRARY_ERRORS:
            return ""

    @property
    def content_id(self) -> str | None:
        value = plain(str(self.headers.get("content-id", "")), 300).strip("<> ")
        return value or None

    def data(self) -> tuple[bytes, bool]:
        return decoded(self.body, str(self.headers.get("content-transfer-encoding", ""))[:100])

    def text(self) -> tuple[str, bool]:
        """The text with plain line ends, and whether nothing was guessed or lost."""
        data, whole = self.data()
        said, sure = decode(data, self.charset)
        return said.replace("\r\n", "\n").replace("\r", "\n"), whole and sure

    @property
    def charset(self) -> str | None:
        try:
            return self.headers.get_content_charset()
        except _LIBRARY_ERRORS:
            return "unknown"


@dataclass(slots=True)
class Parts:
    """The leaves of a mail in order. Containers are not kept; attached mails are leaves too."""

    root: Message
    root_type: str
    leaves: list[Part] = field(default_factory=list)
    containers: list[str] = field(default_factory=list)
    damaged: dict[str, None] = field(default_factory=dict)


def take_apart(raw: bytes) -> Parts:
    """Never raises. What goes beyond the limits stays in one part, and is said to be damaged."""
    root, body, damaged = head_and_body(_plain_line_ends(raw))
    parts = Parts(root, content_type(root), damaged=dict.fromkeys(damaged))
    queue = [Part(root, body, parts.root_type, 0, "", inside_message=False)]
    seen = 0
    while queue:
        part = queue.pop()
        seen += 1
        children = list(_children(part, parts)) if seen <= MOST_PARTS else []
        if children:
            parts.containers.append(part.content_type)
        if not children or part.content_type.startswith("message/"):
            parts.leaves.append(_leaf(part))
        room = MOST_PARTS - seen - len(queue)
        if len(children) > room:
            parts.damaged["too_many_parts"] = None
        queue.extend(reversed(children[: max(room, 0)]))
    return parts


def _leaf(part: Part) -> Part:
    """A container nothing was found in is read as the text it is."""
    if not part.content_type.startswith("multipart/"):
        return part
    return replace(part, content_type="text/plain")


def head_and_body(raw: bytes) -> tuple[Message, bytes, list[str]]:
    """Headers and the rest. Bytes that start with no header are all body."""
    raw = raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    damaged = []
    if raw.startswith((b"From ", b">From ")):  # an mbox line kept by the carrier
        raw = raw.partition(b"\n")[2]
    end = _HEAD_END.search(raw, 0, LARGEST_HEAD)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
    if end is None and len(raw) > LARGEST_HEAD:
        head, body = raw[:LARGEST_HEAD], raw[LARGEST_HEAD:]
        damaged.append("endless_header")
    if not _FIELD.match(head):
        return Message(), raw, ["no_header"]
    lines, stray = _sound_lines(head)
    if stray is not None:
        body = stray + body
        damaged.append("broken_header")
    head_text = "\n".join(header_text(line) for line in lines)
    return HeaderParser().parsestr(head_text + "\n\n"), body, damaged


def content_type(headers: Message) -> str:
    value = str(headers.get("content-type", "text/plain"))[:500]
    named = value.partition(";")[0].strip().lower()
    if _TYPE.fullmatch(named):
        return named
    return "multipart/mixed" if named.startswith("multipart") else "text/plain"


def _sound_lines(head: bytes) -> tuple[list[bytes], bytes | None]:
    """Header lines within the limits; from the second stray line in a row on, it is body."""
    lines: list[bytes] = []
    every = head.split(b"\n")
    for number, line in enumerate(every[:MOST_HEADER_LINES]):
        if line[:1] in {b" ", b"\t"} or _FIELD.match(line):
            lines.append(line.rstrip(b"\r")[:LONGEST_HEADER])
        elif all(_FIELD.match(one) is None for one in every[number + 1 : number + 3]):
            return lines, b"\n".join(every[number:]) + b"\n\n"
    return lines, None


def _plain_line_ends(raw: bytes) -> bytes:
    # Old Macs end lines with CR alone.
    return raw.replace(b"\r", b"\n") if b"\r" in raw[:2000] and b"\n" not in raw else raw


def _children(part: Part, parts: Parts) -> Iterator[Part]:
    if part.content_type.startswith("multipart/"):
        if part.depth >= DEEPEST:
            parts.damaged["too_deep"] = None
            return
        yield from _of_multipart(part, parts)
    elif part.content_type in {"message/rfc822", "message/global"} and part.depth < DEEPEST:
        data, _ = part.data()
        yield _part(data, part, parts, inside=True)


def _of_multipart(part: Part, parts: Parts) -> Iterator[Part]:
    try:
        boundary = part.headers.get_boundary()
    except _LIBRARY_ERRORS:
        boundary = None
    if not boundary:
        parts.damaged["no_boundary"] = None
        boundary = _guessed_boundary(part.body)
        if not boundary:
            return
    inside = split(part.body, boundary.encode("utf-8", "surrogateescape"))
    if not inside.closed:
        parts.damaged["unclosed_parts"] = None
    for chunk in inside.chunks:
        yield _part(chunk, part, parts, inside=part.inside_message)


def _guessed_boundary(body: bytes) -> str | None:
    """The first line that looks like a boundary and is followed by a part's header."""
    found = _BOUNDARY_LINE.search(body, 0, LARGEST_HEAD)
    return found[1].decode("latin-1") if found else None


@dataclass(frozen=True, slots=True)
class _Split:
    chunks: list[bytes]
    closed: bool


def split(body: bytes, boundary: bytes) -> _Split:
    """What stands between the boundary lines, by plain search: linear in the body."""
    mark = b"--" + boundary.rstrip()
    chunks: list[bytes] = []
    start: int | None = None
    at = 0 if body.startswith(mark) else body.find(b"\n" + mark) + 1
    while (at > 0 or body.startswith(mark, at)) and len(chunks) <= MOST_PARTS:
        end = body.find(b"\n", at)
        end = len(body) if end < 0 else end
        rest = body[at + len(mark) : end].strip()
        if rest in {b"", b"--"}:
            if start is not None:
                chunks.append(body[start : at - 1].removesuffix(b"\r"))
            start = end + 1
            if rest:
                return _Split(chunks, closed=True)
        at = body.find(b"\n" + mark, end) + 1
        if at == 0:
            break
    if start is not None and start < len(body):
        chunks.append(body[start:])
    return _Split(chunks, closed=False)


def _part(raw: bytes, parent: Part, parts: Parts, *, inside: bool) -> Part:
    if raw.startswith((b"\n", b"\r\n")):  # a part without headers of its own
        headers, body = Message(), raw.lstrip(b"\r").removeprefix(b"\n")
        damaged: list[str] = []
    else:
        headers, body, damaged = head_and_body(raw)
    parts.damaged.update(dict.fromkeys(f"part_{one}" for one in damaged))
    kind = content_type(headers)
    if parent.content_type == "multipart/digest" and "content-type" not in headers:
        kind = "message/rfc822"
    return Part(headers, body, kind, parent.depth + 1, parent.content_type, inside_message=inside)
