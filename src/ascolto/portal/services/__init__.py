"""What a customer does on his pages: one verb a file."""

from ascolto.portal.services.declining import not_me, not_me_at_all
from ascolto.portal.services.entering import (
    LinkIsOver,
    invite_in,
    leave,
    sign_in,
    sign_in_link,
    visit_for,
)
from ascolto.portal.services.wishing import call_me
from ascolto.portal.services.writing import TooMany, Words, open_matter, write

__all__ = [
    "LinkIsOver",
    "TooMany",
    "Words",
    "call_me",
    "invite_in",
    "leave",
    "not_me",
    "not_me_at_all",
    "open_matter",
    "sign_in",
    "sign_in_link",
    "visit_for",
    "write",
]
