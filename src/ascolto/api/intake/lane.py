"""`POST /in/<channel>/`: signed by its network, kept durably before the sender hears yes."""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import DatabaseError, InterfaceError

from ascolto.api.intake.doors import Doors
from ascolto.api.intake.wire import (
    Gone,
    Problem,
    Receive,
    Scope,
    Send,
    answer,
    answer_with,
    declared_length,
    header,
    read_body,
    too_large,
)
from ascolto.api.intake.writers import NotKept, Overloaded, Writers
from ascolto.channels.doors import Claim, Misnamed, NotSigned
from ascolto.channels.services import Accepted, Letter

PATIENCE = 1.8  # seconds: what the database has not answered by then is answered "try again"
MOST_BODIES = 256 * 1024 * 1024  # bytes of bodies that are being read at one time
T = TypeVar("T")
_PATH = re.compile(r"/in/([A-Za-z0-9_-]{1,60})/?")
_JSON = re.compile(r"application/(?:[a-z0-9.+-]+\+)?json", re.IGNORECASE)

logger = logging.getLogger("ascolto.intake")


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
            if scope["method"] == "GET":
                await self._greet(scope, send)
                return
            accepted = await self._take(scope, receive)
        except Gone:
            return
        except Problem as problem:
            said = {"error": problem.error, "sentence": problem.sentence}
            await answer(send, problem.status, said, problem.headers)
        else:
            await answer(send, 200, _kept(accepted), {})

    async def stop(self) -> None:
        """End the writers, for tests and an orderly end."""
        await self._writers.stop()
        self._executor.shutdown(wait=False)

    async def _greet(self, scope: Scope, send: Send) -> None:
        """A network asks whether we are who was named to it; nobody else hears an answer."""
        name = _named(scope)
        door = await Budget().wait(self._doors.find(name))
        if door is None:
            raise _no_such_channel(name)
        query = dict(parse_qsl(scope.get("query_string", b"").decode("latin-1")))
        said = None if door.shut else door.keeper.greet(query, door.secrets)
        if said is None:
            raise Problem(405, "post_only", "Webhooks are posted.", allow="POST")
        await answer_with(send, 200, said[1].encode(), {"content-type": said[0]})

    async def _take(self, scope: Scope, receive: Receive) -> list[Accepted]:
        name = _asked_for(scope)
        budget = Budget()
        door = await budget.wait(self._doors.find(name))
        if door is None:
            raise _no_such_channel(name)
        if door.shut:
            raise Problem(401, "not_signed", "This door has no secret: nothing passes.")
        try:
            claim = door.keeper.claim(partial(header, scope), door.secrets, now=self._now())
            body = await self._read(scope, receive, claim)
            caught = claim.letters(body)
        except NotSigned as problem:
            raise Problem(401, problem.code, str(problem)) from problem
        except Misnamed as problem:
            raise Problem(400, problem.code, str(problem)) from problem
        remote = (scope.get("client") or ("",))[0]
        letters = [
            Letter(door.channel_id, one.raw, one.external_id, {"remote": remote, **one.envelope})
            for one in caught
        ]
        return await budget.wait(self._keep(letters))

    async def _keep(self, letters: Sequence[Letter]) -> list[Accepted]:
        """All of one request, or none is answered with yes: the sender brings them all again."""
        return list(await asyncio.gather(*(self._writers.keep(letter) for letter in letters)))

    async def _read(self, scope: Scope, receive: Receive, claim: Claim) -> bytes:
        """The body, if its signature is right. Computed piece by piece, compared at the end."""
        limit: int = settings.LARGEST_MESSAGE
        if declared_length(scope) > limit:
            raise too_large(limit)
        held = 0

        def seen(piece: bytes) -> None:
            nonlocal held
            held += len(piece)
            self._reading += len(piece)
            if self._reading > MOST_BODIES:
                raise _try_again("Too many large bodies at one time.")
            claim.update(piece)

        try:
            body = await read_body(receive, limit=limit, seen=seen)
        finally:
            self._reading -= held
        if not claim.holds():
            raise NotSigned("The signature is not that of this body with our secret.")
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


def _named(scope: Scope) -> str:
    path = _PATH.fullmatch(scope["path"])
    if path is None:
        raise Problem(404, "no_such_channel", "The path is /in/<channel>/.")
    return path.group(1)


def _asked_for(scope: Scope) -> str:
    """The channel's name, if the request is one for this lane at all."""
    name = _named(scope)
    if scope["method"] != "POST":
        raise Problem(405, "post_only", "Webhooks are posted.", allow="POST")
    media_type = header(scope, "content-type").partition(";")[0].strip()
    if not _JSON.fullmatch(media_type):
        raise Problem(415, "json_only", "The Content-Type is application/json.")
    return name


def _kept(accepted: Sequence[Accepted]) -> dict[str, object]:
    """One thing is named; of many, how many were new."""
    if len(accepted) == 1:
        return {"id": accepted[0].arrival_id, "duplicate": accepted[0].duplicate}
    return {"kept": len(accepted), "duplicates": sum(one.duplicate for one in accepted)}


def _no_such_channel(name: str) -> Problem:
    return Problem(404, "no_such_channel", f"There is no open webhook named {name}.")


def _try_again(sentence: str) -> Problem:
    return Problem(503, "try_again", sentence, retry_after="5")
