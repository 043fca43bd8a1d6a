"""Calls to an AT Protocol server, with a session that is opened once and renewed.

Thin on purpose: some calls by the guarded fetcher, which bounds bytes and time and reaches the
public internet alone. Sessions are few a day there (a login costs much), so a process shares them.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import urlencode

import msgspec

from ascolto.kit.fetch import Fetched, Limits

LIMITS = Limits(seconds=20, size=4 * 1024 * 1024)
STALE = {"ExpiredToken", "InvalidToken"}


class Send(Protocol):
    """`kit.fetch.fetch`, with what the installation allows already said."""

    def __call__(
        self, url: str, *, method: str, headers: Mapping[str, str], content: bytes, limits: Limits
    ) -> Fetched: ...


class XrpcError(Exception):
    """The server answered with an error."""

    def __init__(self, status: int, error: str, message: str) -> None:
        super().__init__(f"{error}: {message}"[:300] if error else f"HTTP {status}")
        self.status = status
        self.error = error

    @property
    def later(self) -> bool:
        """Whether the same may work later: they are busy or broken."""
        return self.status >= HTTPStatus.INTERNAL_SERVER_ERROR or self.status in {
            HTTPStatus.TOO_MANY_REQUESTS,
            HTTPStatus.REQUEST_TIMEOUT,
        }

    @property
    def at_the_door(self) -> bool:
        """Whether it is about who we are."""
        return self.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN} or self.error in {
            "AuthenticationRequired", "AccountTakedown", "AuthFactorTokenRequired",
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Session:
    did: str
    handle: str
    access: str = field(repr=False)
    refresh: str = field(repr=False)


@dataclass
class Account:
    """One account on one server. Shared by the threads of a process.

    Every method raises `XrpcError`, and what `send` raises.
    """

    send: Send
    service: str
    handle: str
    password: str = field(repr=False)
    _session: Session | None = field(default=None, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def session(self) -> Session:
        with self._lock:
            if self._session is None:
                self._session = self._log_in()
            return self._session

    def get(self, method: str, **parameters: str | int | list[str]) -> dict[str, Any]:
        return self._asked(
            method, f"?{urlencode(parameters, doseq=True)}" if parameters else "", None
        )

    def post(self, method: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return self._asked(method, "", msgspec.json.encode(body))

    def _asked(self, method: str, query: str, content: bytes | None) -> dict[str, Any]:
        session = self.session()
        try:
            return self._call(method, query, content, session.access)
        except XrpcError as problem:
            if problem.error not in STALE:
                raise
        return self._call(method, query, content, self._renewed(session).access)

    def _renewed(self, stale: Session) -> Session:
        with self._lock:
            if self._session is stale:
                self._session = None
                try:
                    found = self._call("com.atproto.server.refreshSession", "", b"", stale.refresh)
                    self._session = _session(found)
                except XrpcError:
                    self._session = self._log_in()
            return self._session or self._log_in()

    def _log_in(self) -> Session:
        body = msgspec.json.encode({"identifier": self.handle, "password": self.password})
        return _session(self._call("com.atproto.server.createSession", "", body, ""))

    def _call(self, method: str, query: str, content: bytes | None, token: str) -> dict[str, Any]:
        headers = {"Accept": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if content:
            headers["Content-Type"] = "application/json"
        answer = self.send(
            f"{self.service}/xrpc/{method}{query}",
            method="GET" if content is None else "POST",
            headers=headers,
            content=content or b"",
            limits=LIMITS,
        )
        try:
            found = msgspec.json.decode(answer.body) if answer.body else {}
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            found = {}
        told = found if isinstance(found, dict) else {}
        if answer.status != HTTPStatus.OK:
            raise XrpcError(answer.status, str(told.get("error", "")), str(told.get("message", "")))
        return told


def _session(found: Mapping[str, Any]) -> Session:
    try:
        return Session(found["did"], found["handle"], found["accessJwt"], found["refreshJwt"])
    except KeyError as problem:
        raise XrpcError(HTTPStatus.BAD_GATEWAY, "InvalidSession", f"{problem} is missing") from None
