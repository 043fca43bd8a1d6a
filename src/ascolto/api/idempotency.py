"""`Idempotency-Key`: the same request sent twice is one deed, and answered the same.

The deed and the answer to it are one transaction: after a crash there are both or neither.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from ascolto.api.errors import ApiError
from ascolto.api.models import IdempotencyKey
from ascolto.integrations.models import Token

HEADER = "Idempotency-Key"
KEPT = timedelta(hours=24)
LONGEST = 200
FIRST_ERROR = 400
OUR_ERROR = 500


def once(
    request: HttpRequest, token: Token, act: Callable[[], HttpResponseBase], *, now: datetime
) -> HttpResponseBase:
    """Do what is asked, once a key. Raises `ApiError` 409 while another one is at it, 422 when
    the key was used for another request.
    """
    key = request.headers[HEADER]
    if not 0 < len(key) <= LONGEST or not key.isprintable():
        raise ApiError(422, "bad_key", f"{HEADER} has 1 to {LONGEST} printable characters.")
    digest = _digest(request)
    with transaction.atomic():
        if not _locked(token, key):
            raise ApiError(409, "in_progress", "The first request with this key is under way.")
        known = IdempotencyKey.objects.filter(token=token, key=key).first()
        if known is not None and known.created_at > now - KEPT:
            return _said_before(known, digest)
        response = undone_if_refused(act)
        if response.status_code < OUR_ERROR and isinstance(response, HttpResponse):
            _remember(token, key, digest, response, now=now)
        return response


def undone_if_refused(act: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Do it in one transaction, and leave no half of it when the answer is an error."""
    with transaction.atomic():
        response = act()
        if response.status_code >= FIRST_ERROR:
            transaction.set_rollback(True)
    return response


def _said_before(known: IdempotencyKey, digest: str) -> HttpResponse:
    if known.request_digest != digest:
        raise ApiError(422, "key_reused", "This key was used for another request.")
    return HttpResponse(
        known.body,
        status=known.status,
        content_type="application/json",
        headers={"Idempotent-Replayed": "true"},
    )


def _remember(
    token: Token, key: str, digest: str, response: HttpResponse, *, now: datetime
) -> None:
    IdempotencyKey.objects.filter(token=token, created_at__lte=now - KEPT).delete()
    IdempotencyKey.objects.create(
        token=token,
        key=key,
        request_digest=digest,
        status=response.status_code,
        body=response.content.decode(),
        created_at=now,
    )


def _locked(token: Token, key: str) -> bool:
    """A lock of this key, held until the transaction ends, however it ends."""
    named = hashlib.sha256(f"idempotency:{token.pk}:{key}".encode()).digest()[:8]
    with connection.cursor() as cursor:
        cursor.execute(
            "select pg_try_advisory_xact_lock(%s)", [int.from_bytes(named, "big", signed=True)]
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def _digest(request: HttpRequest) -> str:
    asked = f"{request.method} {request.get_full_path()}\n".encode()
    return hashlib.sha256(asked + request.body).hexdigest()
