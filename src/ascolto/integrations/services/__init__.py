"""What is done with tokens and webhooks."""

from ascolto.integrations.services.delivering import (
    Outcome,
    due_webhooks,
    keep_at_home,
    lease_next,
    prune,
    send,
    write_down,
)
from ascolto.integrations.services.telling import follow_history
from ascolto.integrations.services.tokens import (
    UnknownScope,
    authenticate,
    create_token,
    revoke_token,
)
from ascolto.integrations.services.webhooks import (
    Closed,
    NoAddress,
    NotTheOwner,
    UnknownKind,
    Wish,
    change_kinds,
    close_webhook,
    create_webhook,
    pause_webhook,
    resume_webhook,
    send_again,
    send_test,
)

__all__ = [
    "Closed",
    "NoAddress",
    "NotTheOwner",
    "Outcome",
    "UnknownKind",
    "UnknownScope",
    "Wish",
    "authenticate",
    "change_kinds",
    "close_webhook",
    "create_token",
    "create_webhook",
    "due_webhooks",
    "follow_history",
    "keep_at_home",
    "lease_next",
    "pause_webhook",
    "prune",
    "resume_webhook",
    "revoke_token",
    "send",
    "send_again",
    "send_test",
    "write_down",
]
