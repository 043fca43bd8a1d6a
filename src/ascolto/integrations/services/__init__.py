"""What is done with tokens and webhooks."""

from ascolto.integrations.services.tokens import (
    UnknownScope,
    authenticate,
    create_token,
    revoke_token,
)

__all__ = ["UnknownScope", "authenticate", "create_token", "revoke_token"]
