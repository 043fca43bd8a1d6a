"""Who asks: a bearer token, which acts for a colleague within its scopes."""

import math
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from ascolto.api.errors import ApiError
from ascolto.api.limits import Buckets
from ascolto.integrations.models import Token
from ascolto.integrations.services import authenticate
from ascolto.staff.models import Colleague

READING = {"GET", "HEAD", "OPTIONS"}
buckets = Buckets()
_ASKED = "_ascolto_token"  # looked up once a request


def token_of(request: HttpRequest) -> Token | None:
    """The token of this request, if it lives. Raises `ApiError` 429 when it asks too much."""
    if not hasattr(request, _ASKED):
        scheme, _, plain = request.headers.get("Authorization", "").partition(" ")
        token = None
        if scheme.lower() == "bearer" and plain.strip():
            token = authenticate(plain.strip(), now=timezone.now())
        if token is not None:
            wait = buckets.wait_for(token.pk)
            if wait:
                raise ApiError(429, Retry_After=str(math.ceil(wait)))
        setattr(request, _ASKED, token)
    found: Token | None = getattr(request, _ASKED)
    return found


class Bearer(HttpBearer):
    """Reading needs the scope read, everything else write, or the one that is named."""

    def __init__(self, scope: str = "") -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Any:  # noqa: ARG002 # ninja's
        known = token_of(request)
        if known is None:
            return None
        usual = Token.Scope.READ if request.method in READING else Token.Scope.WRITE
        if (self.scope or usual) not in known.scopes:
            raise ApiError(403, sentence=f"This token lacks the scope {self.scope or usual}.")
        return known


def colleague_of(request: HttpRequest) -> Colleague:
    """For whom the token of this request acts."""
    token = token_of(request)
    if token is None:
        raise ApiError(401)
    return token.colleague


def leads_only(request: HttpRequest) -> Colleague:
    colleague = colleague_of(request)
    if not colleague.leads:
        raise ApiError(403, sentence="Only owners and supervisors may do that.")
    return colleague
