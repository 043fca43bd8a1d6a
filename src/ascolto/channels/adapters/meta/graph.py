"""Asking the Graph API. Its host is Meta's own, fixed here; the guarded fetcher brings it there."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from ascolto.channels import ports
from ascolto.kit.fetch import Fetched, FetchFailed, Limits, fetch
from ascolto.kit.fetch import Refused as NotFetched

HOST = "https://graph.facebook.com"
LIMITS = Limits(seconds=15, size=2 * 1024 * 1024)
# Graph API, "Handling errors": limits of the app, the page, or one's own account; try later.
BUSY = {1, 2, 4, 17, 32, 341, 368, 613, 80007, 130429, 131048, 131056}
EXPIRED = {102, 190}  # the access token


class Graph:
    """One account's access. `host` is another only in tests."""

    def __init__(self, version: str, token: str, *, host: str = HOST) -> None:
        self._root = f"{host}/{version}"
        self._token = token
        self._private = ("127.0.0.1",) if host != HOST else ()

    def post(self, path: str, told: Mapping[str, Any]) -> dict[str, Any]:
        """Raises `ports.NotNow` (perhaps delivered) or `ports.Refused`."""
        return self._ask("POST", path, content=json.dumps(told).encode())

    def get(self, path: str, **query: str) -> dict[str, Any]:
        return self._ask("GET", f"{path}?{urlencode(query)}")

    def delete(self, path: str) -> None:
        self._ask("DELETE", path)

    def _ask(self, method: str, path: str, *, content: bytes = b"") -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"}
        try:
            answer = fetch(
                f"{self._root}/{path}",
                method=method,
                headers=headers,
                content=content,
                limits=LIMITS,
                private_ok_for=self._private,
            )
        except FetchFailed as problem:
            raise _perhaps(str(problem)) from problem
        except NotFetched as problem:
            raise ports.Refused(str(problem)) from problem
        return _told(answer)


def node(number: object) -> str:
    """An id in a path, whatever somebody may have put into it."""
    return quote(str(number), safe="")


def _told(answer: Fetched) -> dict[str, Any]:
    try:
        told = json.loads(answer.body)
    except ValueError:
        told = {}
    told = told if isinstance(told, dict) else {}
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        return told
    error = told.get("error", {}) if isinstance(told.get("error"), dict) else {}
    code, words = error.get("code"), str(error.get("message", ""))[:300]
    sentence = f"Meta: {words or f'HTTP {answer.status}'}"
    if code in EXPIRED or answer.status == HTTPStatus.UNAUTHORIZED:
        problem = ports.NotNow(f"{sentence} (la chiave d’accesso va rinnovata)")
        raise problem
    if code in BUSY or answer.status == HTTPStatus.TOO_MANY_REQUESTS:
        raise ports.NotNow(sentence)
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise _perhaps(sentence)
    raise ports.Refused(sentence)


def _perhaps(sentence: str) -> ports.NotNow:
    problem = ports.NotNow(sentence)
    problem.maybe_delivered = True
    return problem
