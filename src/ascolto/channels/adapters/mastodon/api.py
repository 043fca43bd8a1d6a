"""Calls to a Mastodon server, by the guarded fetcher."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import urlencode

import msgspec

from ascolto.kit.fetch import Fetched, Limits

LIMITS = Limits(seconds=20, size=4 * 1024 * 1024)
PAGE = 40  # the most that one call answers


class Send(Protocol):
    """`kit.fetch.fetch`, with what the installation allows already said."""

    def __call__(
        self, url: str, *, method: str, headers: Mapping[str, str], content: bytes, limits: Limits
    ) -> Fetched: ...


class ApiError(Exception):
    """The server answered with an error."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(f"{status} {message}"[:300].strip())
        self.status = status

    @property
    def later(self) -> bool:
        return self.status >= HTTPStatus.INTERNAL_SERVER_ERROR or self.status in {
            HTTPStatus.TOO_MANY_REQUESTS,
            HTTPStatus.REQUEST_TIMEOUT,
        }

    @property
    def at_the_door(self) -> bool:
        return self.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


@dataclass(frozen=True, slots=True)
class Api:
    """Every method raises `ApiError`, and what `send` raises."""

    send: Send
    server: str
    token: str = field(repr=False)

    def one(self, path: str, **parameters: str | int) -> dict[str, Any]:
        found = self._call("GET", path, parameters)
        return found if isinstance(found, dict) else {}

    def many(self, path: str, **parameters: str | int) -> list[dict[str, Any]]:
        found = self._call("GET", path, {"limit": PAGE, **parameters})
        return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []

    def do(
        self, method: str, path: str, body: Mapping[str, Any] | None = None, *, key: str = ""
    ) -> dict[str, Any]:
        """`key`: asked twice with one, the server does it once (for an hour)."""
        found = self._call(method, path, {}, body=body or {}, key=key)
        return found if isinstance(found, dict) else {}

    def _call(
        self,
        method: str,
        path: str,
        parameters: Mapping[str, str | int],
        *,
        body: Mapping[str, Any] | None = None,
        key: str = "",
    ) -> Any:
        headers = {"Accept": "application/json", "Authorization": f"Bearer {self.token}"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        if key:
            headers["Idempotency-Key"] = key
        query = f"?{urlencode(parameters)}" if parameters else ""
        answer = self.send(
            f"{self.server}/api/{path}{query}",
            method=method,
            headers=headers,
            content=b"" if body is None else msgspec.json.encode(body),
            limits=LIMITS,
        )
        try:
            found = msgspec.json.decode(answer.body) if answer.body else {}
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            found = {}
        if answer.status != HTTPStatus.OK:
            told = found.get("error", "") if isinstance(found, dict) else ""
            raise ApiError(answer.status, str(told))
        return found
