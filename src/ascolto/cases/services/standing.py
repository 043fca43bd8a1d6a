"""The lines a list reads: `Case` repeats what its messages and promises say."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection

from ascolto.cases.models import Case
from ascolto.promises.models import Promise
from ascolto.promises.queries import ANSWERS, running
from ascolto.promises.services import Clock
from ascolto.reading.abuse import covered

LAST_WORDS = 160
MOST = 2_000  # characters of a text in which they are looked for: it may begin with white space


def show_clock(case: Case) -> None:
    """Copy the nearest running clock onto the case. The caller saves."""
    show_nearest(case, list(running(case.reference)) if case.resolved_at is None else [])


def show_nearest(case: Case, clocks: Iterable[Promise | Clock]) -> None:
    """Copy the one of these that runs out first onto the case. The caller saves.

    A clock that rests is not shown; nor that of an answer which is on its way.
    """
    counted = [
        clock
        for clock in clocks
        if (isinstance(clock, Clock) or clock.paused_at is None)
        and (case.waiting_since is not None or clock.kind not in ANSWERS)
    ]
    show_promise(case, min(counted, key=lambda clock: clock.due_at, default=None))


def show_promise(case: Case, promise: Promise | Clock | None) -> None:
    """Copy this clock onto the case: it is the nearest that runs. The caller saves."""
    case.due_at = promise.due_at if promise else None
    case.due_from = promise.started_at if promise else None
    case.warn_at = promise.warn_at if promise else None


def show_words(case: Case, text: str, *, channel_kind: str, at: datetime) -> None:
    """Remember what was said last, in one line. The caller saves.

    Insults are covered: nobody who runs through a list has asked to read them.
    """
    case.last_words = covered(" ".join(text[:MOST].split())[: 2 * LAST_WORDS])[:LAST_WORDS]
    case.last_channel_kind = channel_kind
    case.last_at = max(at, case.last_at)


def save_standing(cases: Sequence[Case]) -> None:
    """Save the standing of many cases, which the caller holds, with one statement."""
    if not cases:
        return
    with connection.cursor() as cursor:
        cursor.execute(SAVE, [[getattr(case, name) for case in cases] for name in SAVED])


STANDING = [
    "waiting_since",
    "due_at",
    "due_from",
    "warn_at",
    "last_at",
    "last_words",
    "last_channel_kind",
    "snoozed_until",
    "resolved_at",
    "resolved_by",
]
# The order of the columns of `SAVE`.
SAVED = ["id", *STANDING[:-1], "resolved_by_id"]
SAVE = """
with standing as (
  select * from unnest(
    %s::bigint[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[], %s::timestamptz[],
    %s::timestamptz[], %s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::bigint[]
  ) as s(id, waiting_since, due_at, due_from, warn_at,
         last_at, last_words, last_channel_kind, snoozed_until, resolved_at, resolved_by_id)
)
update cases_case c set
  waiting_since = s.waiting_since, due_at = s.due_at, due_from = s.due_from,
  warn_at = s.warn_at, last_at = s.last_at, last_words = s.last_words,
  last_channel_kind = s.last_channel_kind, snoozed_until = s.snoozed_until,
  resolved_at = s.resolved_at, resolved_by_id = s.resolved_by_id
from standing s where c.id = s.id
"""
