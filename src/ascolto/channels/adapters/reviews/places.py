"""The two places where reviews are read. Their hosts are fixed here. Not verified live.

Sources: Google, "Business Profile APIs: Work with review data" (v4) and "OAuth 2.0 for web server
applications"; Trustpilot, "Business Units API (private)" and "Authentication".
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Protocol
from urllib.parse import quote, urlencode

from ascolto.channels import ports
from ascolto.channels.told import Told
from ascolto.kit.fetch import Fetched, FetchFailed, Limits, fetch
from ascolto.kit.fetch import Refused as NotFetched

LIMITS = Limits(seconds=20, size=8 * 1024 * 1024)
GOOGLE = "https://mybusiness.googleapis.com"
GOOGLE_SIGN_IN = "https://oauth2.googleapis.com"
TRUSTPILOT = "https://api.trustpilot.com"
FORM = "application/x-www-form-urlencoded"
PAGES = 20  # looked through at most; a hundred reviews each, the newest first


class NoLongerLetIn(Exception):
    """The place does not accept our key: a person has to renew it."""


class Place(Protocol):
    """Raises `ports.NotNow`, `ports.Refused` or `NoLongerLetIn`."""

    def page(self, token: str) -> tuple[list[dict[str, Any]], str]:
        """Reviews, the last changed first, and the token of the next page ("" at the end)."""

    def reply(self, review: str, text: str) -> None:
        """Answer in public. A second answer takes the place of the first."""

    def unreply(self, review: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Google:
    location: str  # "accounts/1/locations/2"
    client_id: str
    client_secret: str
    refresh_token: str
    host: str = GOOGLE
    sign_in: str = GOOGLE_SIGN_IN

    def page(self, token: str) -> tuple[list[dict[str, Any]], str]:
        query = {"pageSize": "50", "orderBy": "updateTime desc"} | (
            {"pageToken": token} if token else {}
        )
        told = self._ask("GET", f"{self._root()}?{urlencode(query)}")
        return list(told.get("reviews", ())), str(told.get("nextPageToken", ""))

    def reply(self, review: str, text: str) -> None:
        self._ask("PUT", f"{self._root()}/{quote(review, safe='')}/reply", {"comment": text})

    def unreply(self, review: str) -> None:
        self._ask("DELETE", f"{self._root()}/{quote(review, safe='')}/reply")

    def _root(self) -> str:
        return f"{self.host}/v4/{quote(self.location)}/reviews"

    def _ask(self, method: str, url: str, told: Mapping[str, Any] | None = None) -> dict[str, Any]:
        form = {
            "grant_type": "refresh_token",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "refresh_token": self.refresh_token,
        }
        token = _token(f"{self.sign_in}/token", form, {})
        return _ask(method, url, token, told)


@dataclass(frozen=True, slots=True)
class Trustpilot:
    unit: str
    api_key: str
    api_secret: str
    host: str = TRUSTPILOT

    def page(self, token: str) -> tuple[list[dict[str, Any]], str]:
        number = int(token or 1)
        query = urlencode({"perPage": "100", "page": number, "orderBy": "createdat.desc"})
        url = f"{self.host}/v1/private/business-units/{quote(self.unit, safe='')}/reviews?{query}"
        told = _ask("GET", url, self._signed_in())
        reviews = list(told.get("reviews", ()))
        return reviews, str(number + 1) if reviews else ""

    def reply(self, review: str, text: str) -> None:
        _ask("POST", self._of(review), self._signed_in(), {"message": text})

    def unreply(self, review: str) -> None:
        _ask("DELETE", self._of(review), self._signed_in())

    def _of(self, review: str) -> str:
        return f"{self.host}/v1/private/reviews/{quote(review, safe='')}/reply"

    def _signed_in(self) -> str:
        basic = b64encode(f"{self.api_key}:{self.api_secret}".encode()).decode()
        url = f"{self.host}/v1/oauth/oauth-business-users-for-applications/accesstoken"
        return _token(
            url, {"grant_type": "client_credentials"}, {"Authorization": f"Basic {basic}"}
        )


def place_of(told: Told) -> Place:
    """Raises `BadSettings`."""
    where = told.choice("place", "GOOGLE", frozenset({"GOOGLE", "TRUSTPILOT"}))
    if where == "TRUSTPILOT":
        return Trustpilot(told.text("unit"), told.secret("api_key"), told.secret("api_secret"))
    return Google(
        told.text("location"),
        told.secret("client_id"),
        told.secret("client_secret"),
        told.secret("refresh_token"),
    )


def _token(url: str, form: Mapping[str, str], headers: Mapping[str, str]) -> str:
    answer = _fetched("POST", url, urlencode(form).encode(), {"Content-Type": FORM, **headers})
    if answer.status in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise NoLongerLetIn("la chiave d’accesso non vale più: va rinnovata")
    told = _json(answer)
    if "access_token" not in told:
        raise ports.NotNow("non ha dato una chiave d’accesso")
    return str(told["access_token"])


def _ask(
    method: str, url: str, token: str, told: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    content = json.dumps(dict(told)).encode() if told is not None else b""
    answer = _fetched(method, url, content, headers)
    if answer.status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        raise NoLongerLetIn(f"non ci fa entrare (HTTP {answer.status})")
    return _json(answer)


def _fetched(method: str, url: str, content: bytes, headers: Mapping[str, str]) -> Fetched:
    ours = url.startswith((GOOGLE, GOOGLE_SIGN_IN, TRUSTPILOT))
    try:
        return fetch(
            url,
            method=method,
            headers=headers,
            content=content,
            limits=LIMITS,
            private_ok_for=() if ours else ("127.0.0.1",),
        )
    except FetchFailed as problem:
        raise ports.NotNow(str(problem)) from problem
    except NotFetched as problem:
        raise ports.Refused(str(problem)) from problem


def _json(answer: Fetched) -> dict[str, Any]:
    if answer.status == HTTPStatus.TOO_MANY_REQUESTS or answer.status >= 500:  # noqa: PLR2004 # their fault
        raise ports.NotNow(f"HTTP {answer.status}")
    if answer.status >= HTTPStatus.BAD_REQUEST:
        raise ports.Refused(f"HTTP {answer.status}")
    if not answer.body:
        return {}
    try:
        told = json.loads(answer.body)
    except ValueError as problem:
        raise ports.NotNow("ha risposto qualcosa che non è JSON") from problem
    return told if isinstance(told, dict) else {}
