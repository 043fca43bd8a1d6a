"""A program that calls the API with a token of its own."""

import json
from dataclasses import dataclass
from typing import Any

from django.http.response import HttpResponseBase
from django.test import Client

from ascolto.integrations.services import create_token
from ascolto.staff.models import Colleague, Team
from tests import make

ALL = ("read", "write", "admin")


@dataclass(frozen=True, slots=True)
class Caller:
    plain: str
    colleague: Colleague

    def get(self, path: str, **query: Any) -> HttpResponseBase:
        return self._call("GET", path, query=query)

    def post(self, path: str, body: Any = None, *, key: str = "") -> HttpResponseBase:
        headers = {"Idempotency-Key": key} if key else {}
        return self._call("POST", path, body=body, headers=headers)

    def patch(self, path: str, body: Any) -> HttpResponseBase:
        return self._call("PATCH", path, body=body)

    def put(self, path: str, body: Any) -> HttpResponseBase:
        return self._call("PUT", path, body=body)

    def delete(self, path: str) -> HttpResponseBase:
        return self._call("DELETE", path)

    def _call(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, Any] | None = None,
        body: Any = None,
        headers: dict[str, str] | None = None,
    ) -> HttpResponseBase:
        return Client(raise_request_exception=False).generic(
            method,
            f"/api/v1{path}",
            "" if body is None else json.dumps(body),
            content_type="application/json",
            query_params=query,
            headers={"Authorization": f"Bearer {self.plain}", **(headers or {})},
        )


def caller(
    name: str = "Elena Sala",
    *,
    role: str = Colleague.Role.SUPERVISOR,
    teams: tuple[Team, ...] = (),
    scopes: tuple[str, ...] = ALL,
) -> Caller:
    colleague = make.colleague(name, role=role, teams=teams)
    _, plain = create_token("gestionale", colleague, scopes, now=make.NOON)
    return Caller(plain, colleague)


def said(response: HttpResponseBase) -> Any:
    return json.loads(response.getvalue())


def refusal(response: HttpResponseBase) -> tuple[int, str]:
    """The status and code of a refusal; it always has a sentence too."""
    body = said(response)
    assert body["sentence"]
    return response.status_code, body["error"]
