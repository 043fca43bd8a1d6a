from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from ascolto.integrations.models import Token
from ascolto.kit.tokens import new_token, token_hash
from ascolto.staff.models import Colleague
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

PREFIX = "asc_"  # so that a token that leaks into a log or a repository is recognised as one
NOTED_EVERY = timedelta(minutes=1)


class UnknownScope(ValueError):
    """A scope is one of read, write and admin."""


@transaction.atomic
def create_token(
    name: str,
    colleague: Colleague,
    scopes: Sequence[str],
    *,
    now: datetime,
    expires_at: datetime | None = None,
) -> tuple[Token, str]:
    """A new token, and its plain text: shown this once, and never to be had again."""
    unknown = sorted(set(scopes) - set(Token.Scope.values))
    if unknown or not scopes:
        raise UnknownScope(", ".join(unknown) or "a token needs a scope")
    plain = PREFIX + new_token()
    token = Token.objects.create(
        name=name[:80],
        token_hash=token_hash(plain),
        colleague=colleague,
        scopes=sorted(set(scopes)),
        created_at=now,
        expires_at=expires_at,
    )
    record(
        "api.token_created",
        at=now,
        subject=reference("token", token.pk),
        by=colleague,
        name=token.name,
        scopes=token.scopes,
    )
    return token, plain


@transaction.atomic
def revoke_token(token: Token, *, by: Colleague | None, now: datetime) -> None:
    """From now on the token opens nothing. Revoking twice changes nothing."""
    if Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now):
        record("api.token_revoked", at=now, subject=reference("token", token.pk), by=by)


def authenticate(plain: str, *, now: datetime) -> Token | None:
    """The living token, of somebody who still works here; None for everything else.

    Looked up by its hash, so that the time it takes tells nothing about the token.
    """
    token = Token.objects.select_related("colleague").filter(token_hash=token_hash(plain)).first()
    if token is None or token.revoked_at is not None or not token.colleague.is_active:
        return None
    if token.expires_at is not None and token.expires_at <= now:
        return None
    if token.last_used_at is None or now - token.last_used_at > NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    return token
