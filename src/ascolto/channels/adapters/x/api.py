"""Asking X. The host is X's own, fixed here.

An app acts for an account by OAuth 2 (a user's access token, renewed by its refresh token) and
listens by its bearer token.
"""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from ascolto.channels import ports
from ascolto.kit.fetch import FetchFailed, Limits, fetch
from ascolto.kit.fetch import Refused as NotFetched

HOST = "https://api.x.com"
LIMITS = Limits(seconds=15, size=4 * 1024 * 1024)


class X:
    """`host` is another only in tests. `ask` raises `ports.NotNow` or `ports.Refused`."""

    def __init__(self, token: str, *, host: str = HOST) -> None:
        self._host, self._token = host, token
        self._private = ("127.0.0.1",) if host != HOST else ()

    def ask(self, method: str, path: str, told: Mapping[str, Any] | None = None) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        try:
            answer = fetch(
                f"{self._host}{path}",
                method=method,
                headers=headers,
                content=json.dumps(dict(told)).encode() if told is not None else b"",
                limits=LIMITS,
                private_ok_for=self._private,
            )
        except FetchFailed as problem:
            raise _perhaps(str(problem)) from problem
        except NotFetched as problem:
            raise ports.Refused(str(problem)) from problem
        return _said(answer.status, answer.body)


def _said(status: int, body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        told = {}
    told = told if isinstance(told, dict) else {}
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return told
    words = str(told.get("detail") or told.get("title") or f"HTTP {status}")[:300]
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise ports.NotNow(f"X: {words}")
    if status == HTTPStatus.UNAUTHORIZED:
        raise ports.NotNow(f"X: {words} (la chiave d’accesso va rinnovata)")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _perhaps(f"X: {words}")
    raise ports.Refused(f"X: {words}")


def _perhaps(sentence: str) -> ports.NotNow:
    problem = ports.NotNow(sentence)
    problem.maybe_delivered = True
    return problem
