"""Deeds of alerts."""

from ascolto.alerts.services.calling import NotForHim, NoWords, call, see_calls
from ascolto.alerts.services.escalating import escalate
from ascolto.alerts.services.raising import Cause, raise_alert, raise_many
from ascolto.alerts.services.ruling import (
    BadRule,
    Wanted,
    change_rule,
    connect_chat,
    disconnect_chat,
    first_rules,
    make_rule,
    pause_rule,
    retire_rule,
    set_duty,
    set_wishes,
)
from ascolto.alerts.services.subscribing import BadSubscription, subscribe, try_push, unsubscribe
from ascolto.alerts.services.taking import (
    AlreadyTaken,
    close,
    dismiss,
    give_back,
    opened,
    take,
)
from ascolto.alerts.services.telling import tell

__all__ = [
    "AlreadyTaken",
    "BadRule",
    "BadSubscription",
    "Cause",
    "NoWords",
    "NotForHim",
    "Wanted",
    "call",
    "change_rule",
    "close",
    "connect_chat",
    "disconnect_chat",
    "dismiss",
    "escalate",
    "first_rules",
    "give_back",
    "make_rule",
    "opened",
    "pause_rule",
    "raise_alert",
    "raise_many",
    "retire_rule",
    "see_calls",
    "set_duty",
    "set_wishes",
    "subscribe",
    "take",
    "tell",
    "try_push",
    "unsubscribe",
]
