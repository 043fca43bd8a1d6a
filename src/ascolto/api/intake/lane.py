"""`POST /in/<channel>/`: a signed webhook, kept durably before its sender hears yes."""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from ascolto.api.intake.doors import Door, Doors
from ascolto.api.intake.wire import (
    Gone,
    Problem,
    Receive,
    Scope,
    Send,
    answer,
    declared_length,
    header,
    read_body,
    too_large,
)
from ascolto.api.intake.writers import NotKept, Overloaded, Writers
from ascolto.channels.adapters.webhook.reader import identifier_in
from ascolto.channels.services import Accepted, Letter
from ascolto.kit.blobs import digest_of
from ascolto.kit.signing import (
    IDENTIFIER,
    SIGNATURE,
    TIMESTAMP,
    Signing,
    is_one_of,
    is_timely,
    offered,
)

PATIENCE = 1.8  # seconds: what the database has not answered by then is answered "try again"
MOST_BODIES = 256 * 1024 * 1024  # bytes of bodies that are being read at one time
LONGEST_ID = 200
T = TypeVar("T")
_PATH = re.compile(r"/in/([A-Za-z0-9_-]{1,60})/?")
_JSON = re.compile(r"application/(?:[a-z0-9.+-]+\+)?json", re.IGNORECASE)

logger = logging.getLogger("ascolto.intake")


@dataclass(frozen=True, slots=True)
class Claim:
    """What the headers of a request say, before a byte of its body is read."""

    timestamp: str
    signatures: list[str]
    identifier: str


class IntakeLane:
    """A raw ASGI application: see `docs/guide/` for how to sign.

    200 `{"id","duplicate"}` after the commit; 400, 401, 404, 405, 408, 413, 415 when the sender is
    wrong; 503 with Retry-After when we are. Nothing is stored before the signature is verified.
    """

    def __init__(self, *, now: Callable[[], float] = time.time) -> None:
        self._now = now
        self._executor = ThreadPoolExecutor(3, thread_name_prefix="intake")
        self._doors = Doors(self._executor)
        self._writers = Writers(self._executor)
        self._reading = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            accepted = await self._take(scope, receive)
        except Gone:
            return
        except Problem as problem:
            said = {"error": problem.error, "sentence": problem.sentence}
            await answer(send, problem.status, said, problem.headers)
        else:
            kept = {"id": accepted.arrival_id, "duplicate": accepted.duplicate}
            await answer(send, 200, kept, {})

    async def stop(self) -> None:
        """End the writers, for tests and an orderly end."""
        await self._writers.stop()
        self._executor.shutdown(wait=False)

    async def _take(self, scope: Scope, receive: Receive) -> Accepted:
        name = _asked_for(scope)
        budget = Budget()
        door = await budget.wait(self._doors.find(name))
        if door is None:
            raise Problem(404, "no_such_channel", f"There is no open webhook named {name}.")
        claim = _claimed(scope, now=self._now())
        body = await self._read(scope, receive, door=door, claim=claim)
        letter = Letter(
            door.channel_id,
            body,
            _external_id(claim, body),
            {"remote": (scope.get("client") or ("",))[0], "signed_at": int(claim.timestamp)},
        )
        return await budget.wait(self._writers.keep(letter))

    async def _read(self, scope: Scope, receive: Receive, *, door: Door, claim: Claim) -> bytes:
        """The body, if its signature is right. Computed piece by piece, compared at the end."""
        if not door.secret:
            raise _not_signed()
        limit: int = settings.LARGEST_MESSAGE
        if declared_length(scope) > limit:
            raise too_large(limit)
        signing = Signing(door.secret, claim.timestamp)
        held = 0

        def seen(piece: bytes) -> None:
            nonlocal held
            held += len(piece)
            self._reading += len(piece)
            if self._reading > MOST_BODIES:
                raise _try_again("Too many large bodies at one time.")
            signing.update(piece)

        try:
            body = await read_body(receive, limit=limit, seen=seen)
        finally:
            self._reading -= held
        if not is_one_of(signing.hexdigest(), claim.signatures):
            raise _not_signed()
        return body


class Budget:
    """The time that waiting for the database may take in one request, all waits together."""

    def __init__(self) -> None:
        self._left = PATIENCE

    async def wait(self, deed: Awaitable[T]) -> T:
        """The result, or `Problem` 503 when the database is away, slow or overloaded."""
        began = time.monotonic()
        try:
            async with asyncio.timeout(max(self._left, 0.1)):
                return await deed
        except (TimeoutError, DatabaseError, InterfaceError) as problem:
            logger.warning("not accepted, the sender is to try again: %r", problem)
            raise _try_again("The database does not answer.") from problem
        except Overloaded as problem:
            raise _try_again("Too much is waiting to be written.") from problem
        except NotKept as problem:
            raise Problem(500, "not_kept", "This message could not be stored.") from problem
        finally:
            self._left -= time.monotonic() - began


def _asked_for(scope: Scope) -> str:
    """The channel's name, if the request is one for this lane at all."""
    path = _PATH.fullmatch(scope["path"])
    if path is None:
        raise Problem(404, "no_such_channel", "The path is /in/<channel>/.")
    if scope["method"] != "POST":
        raise Problem(405, "post_only", "Webhooks are posted.", allow="POST")
    media_type = header(scope, "content-type").partition(";")[0].strip()
    if not _JSON.fullmatch(media_type):
        raise Problem(415, "json_only", "The Content-Type is application/json.")
    return path.group(1)


def _claimed(scope: Scope, *, now: float) -> Claim:
    timestamp = header(scope, TIMESTAMP)
    signatures = offered(header(scope, SIGNATURE))
    identifier = header(scope, IDENTIFIER)
    if not signatures or not timestamp:
        raise _not_signed()
    if not is_timely(timestamp, now=now):
        raise Problem(
            401,
            "not_timely",
            "Ascolto-Timestamp is more than five minutes from our clock; check yours, sign again.",
        )
    if len(identifier) > LONGEST_ID:
        raise Problem(400, "long_id", f"Ascolto-Id is longer than {LONGEST_ID} characters.")
    return Claim(timestamp, signatures, identifier)


def _external_id(claim: Claim, body: bytes) -> str:
    """What makes sending twice harmless. An identifier in the body is signed; one in the header
    alone is not, so the two may not differ. Without either, the body itself is the identifier.
    """
    signed = identifier_in(body)[:LONGEST_ID]
    if signed and claim.identifier and signed != claim.identifier:
        raise Problem(400, "other_id", "Ascolto-Id and the id in the body differ.")
    return signed or claim.identifier or f"sha256:{digest_of(body)}"


def _not_signed() -> Problem:
    return Problem(
        401,
        "not_signed",
        "Ascolto-Signature must be v1=HMAC-SHA256(secret, timestamp + '.' + body) in hexadecimal.",
    )


def _try_again(sentence: str) -> Problem:
    return Problem(503, "try_again", sentence, retry_after="5")
