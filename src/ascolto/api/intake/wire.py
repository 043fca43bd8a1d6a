"""The little of HTTP that a raw lane needs: headers, a bounded body, a JSON answer."""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PIECE_WITHIN = 5.0  # seconds a sender may be silent in the middle of a body
BODY_WITHIN = 30.0  # seconds for the whole of it


class Problem(Exception):
    """An answer other than yes: a status, a code for programs, a sentence for people."""

    def __init__(self, status: int, error: str, sentence: str, **headers: str) -> None:
        super().__init__(sentence)
        self.status, self.error, self.sentence = status, error, sentence
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


class Gone(Exception):
    """The sender hung up: nobody waits for an answer."""


def header(scope: Scope, name: str) -> str:
    """The value of a header, or "". Given twice it counts as not given."""
    wanted = name.lower().encode()
    values = [value for key, value in scope["headers"] if key == wanted]
    return values[0].decode("latin-1").strip() if len(values) == 1 else ""


def declared_length(scope: Scope) -> int:
    """The Content-Length, or 0 when it is missing or no number."""
    text = header(scope, "content-length")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0  # noqa: PLR2004 # digits


async def read_body(receive: Receive, *, limit: int, seen: Callable[[bytes], None]) -> bytes:
    """The body, at most `limit` bytes; `seen` is told each piece as it comes.

    Raises `Problem` 413 when it is larger, 408 when it comes too slowly; `Gone` when it never ends.
    """
    try:
        async with asyncio.timeout(BODY_WITHIN):
            return await _pieces(receive, limit=limit, seen=seen)
    except TimeoutError as problem:
        raise Problem(
            408, "too_slow", "The body did not arrive in time.", connection="close"
        ) from problem


async def _pieces(receive: Receive, *, limit: int, seen: Callable[[bytes], None]) -> bytes:
    pieces: list[bytes] = []
    size = 0
    while True:
        async with asyncio.timeout(PIECE_WITHIN):
            event = await receive()
        if event["type"] == "http.disconnect":
            raise Gone
        piece: bytes = event.get("body", b"")
        size += len(piece)
        if size > limit:
            raise too_large(limit)
        seen(piece)
        pieces.append(piece)
        if not event.get("more_body", False):
            return b"".join(pieces)


def too_large(limit: int) -> Problem:
    return Problem(413, "too_large", f"The body is larger than {limit} bytes.", connection="close")


async def answer(send: Send, status: int, body: dict[str, Any], headers: dict[str, str]) -> None:
    """A JSON answer."""
    content = json.dumps(body, separators=(",", ":")).encode()
    await answer_with(send, status, content, {"content-type": "application/json", **headers})


async def answer_with(send: Send, status: int, content: bytes, headers: dict[str, str]) -> None:
    lines = {
        "content-length": str(len(content)),
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
        **headers,
    }
    pairs = [(name.lower().encode(), value.encode("latin-1")) for name, value in lines.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": content})
