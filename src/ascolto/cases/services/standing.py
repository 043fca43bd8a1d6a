"""The lines a list reads: `Case` repeats what its messages and promises say."""

from datetime import datetime

from ascolto.cases.models import Case
from ascolto.promises.models import Promise
from ascolto.promises.queries import nearest
from ascolto.promises.services import Clock

LAST_WORDS = 160


def show_clock(case: Case) -> None:
    """Copy the nearest running clock onto the case. The caller saves."""
    show_promise(case, nearest(case.reference))


def show_promise(case: Case, promise: Promise | Clock | None) -> None:
    """Copy this clock onto the case: it is the nearest that runs. The caller saves."""
    case.due_at = promise.due_at if promise else None
    case.due_from = promise.started_at if promise else None
    case.warn_at = promise.warn_at if promise else None


def show_words(case: Case, text: str, *, channel_kind: str, at: datetime) -> None:
    """Remember what was said last, in one line. The caller saves."""
    case.last_words = " ".join(text.split())[:LAST_WORDS]
    case.last_channel_kind = channel_kind
    case.last_at = max(at, case.last_at)


STANDING = [
    "waiting_since",
    "due_at",
    "due_from",
    "warn_at",
    "last_at",
    "last_words",
    "last_channel_kind",
    "resolved_at",
    "resolved_by",
]
