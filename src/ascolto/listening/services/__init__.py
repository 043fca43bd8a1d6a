"""Deeds of listening: one verb a file."""

from ascolto.listening.services.alerting import alert
from ascolto.listening.services.hearing import hear_posts
from ascolto.listening.services.settling import (
    answered,
    assign,
    opened,
    rekind,
    settle,
)

__all__ = [
    "alert",
    "answered",
    "assign",
    "hear_posts",
    "opened",
    "rekind",
    "settle",
]
