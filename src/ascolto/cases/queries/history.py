"""The history of one case as rows in the order things happened: said, noted, promised, done."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.db.models import Q, QuerySet

from ascolto.cases.models import Case, Note, OtherMatter
from ascolto.cases.policy import FORWARD_KEY
from ascolto.cases.queries.around import Around
from ascolto.cases.queries.deeds import DEEDS
from ascolto.cases.queries.message_rows import (
    LARGE,
    NEWEST_ONES,
    MessageRow,
    Stretch,
    messages_shown,
)
from ascolto.cases.queries.silences import Voice, gaps
from ascolto.kit.kept import Kept, number, text
from ascolto.promises.models import Promise
from ascolto.timeline.queries import Deed, history_of


@dataclass(frozen=True, slots=True)
class BeganRow:
    """The words this case began with: they stand in a message of another one."""

    shape: ClassVar[str] = "began"
    at: datetime
    matter: OtherMatter


@dataclass(frozen=True, slots=True)
class NoteRow:
    shape: ClassVar[str] = "note"
    at: datetime
    note: Note


@dataclass(frozen=True, slots=True)
class DeedRow:
    shape: ClassVar[str] = "deed"
    at: datetime
    deed: Deed


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """`moment`: "made" (with how it stands), "warned" or "overrun"."""

    shape: ClassVar[str] = "promise"
    at: datetime
    promise: Promise
    moment: str


@dataclass(frozen=True, slots=True)
class SilenceRow:
    """Time in which he waited for us. `still` when nobody has said anything yet."""

    shape: ClassVar[str] = "silence"
    at: datetime
    length: timedelta
    still: bool


Line = MessageRow | BeganRow | NoteRow | DeedRow | PromiseRow | SilenceRow


@dataclass(frozen=True, slots=True)
class History:
    rows: list[Line]
    messages: list[MessageRow]
    promises: list[Promise]
    older: int  # the message before which older ones stand that are not shown; 0: there are none
    newer: bool  # there are newer ones than those shown


def history(
    case: Case,
    stretch: Stretch = NEWEST_ONES,
    *,
    there: Around = Around(),  # noqa: B008 # never changes
    now: datetime,
) -> History:
    """What happened in a stretch of a case, oldest first. Fourteen queries at most."""
    matters = there.some("matters", lambda: matters_around(case))
    shown = messages_shown(case, stretch, there, matters)
    since = shown.rows[0].at if shown.is_cut and shown.rows else None
    until = shown.until.at if shown.until else None
    promises = _PROMISES.rows(subject=case.reference)
    notes = there.some("notes", lambda: _NOTES.rows(case=case.pk))
    deeds = history_of(case.reference, kinds=DEEDS, since=since, until=until)
    others: list[Line] = [
        *(BeganRow(case.opened_at, one) for one in matters if one.case_id == case.pk),
        *(NoteRow(note.at, note) for note in notes),
        *(DeedRow(deed.at, deed) for deed in deeds),
        *(row for promise in promises for row in _moments(promise)),
    ]
    within = [
        row
        for row in others
        if (since is None or row.at >= since) and (until is None or row.at < until)
    ]
    rows: list[Line] = [*shown.rows, *within]
    if shown.until is None:
        rows += silences(rows, until=now if case.waiting_since else None)
    else:  # what comes next ends the last one, though it is not shown here
        rows += silences([*rows, MessageRow(shown.until.at, shown.until, has_html=False)])
    # What happened in one instant is told in this order: the words first, then what they caused.
    told = {"silence": 0, "began": 1, "message": 1, "note": 2, "promise": 3, "deed": 4}
    rows.sort(key=lambda row: (row.at, told[row.shape]))
    older = shown.rows[0].message.pk if shown.is_cut and shown.rows else 0
    return History(rows, shown.rows, promises, older, newer=shown.until is not None)


_NOTES = Kept(lambda: Note.objects.select_related("author").filter(case=number("case")))
_PROMISES = Kept(
    lambda: (
        Promise.objects.select_related("told")
        .filter(subject=text("subject"))
        .order_by("started_at", "id")
    )
)


def matters_around(case: Case) -> QuerySet[OtherMatter]:
    """What the messages of this case ask for besides, and what it began with itself."""
    near = OtherMatter.objects.filter(Q(message__case=case) | Q(case=case))
    whole = near.select_related("case", "message__case", "message__item")
    lean = whole.defer("message__search", *(f"message__item__{name}" for name in LARGE))
    return lean.select_related("message__conversation__channel").order_by("message", "starts")


def _moments(promise: Promise) -> list[PromiseRow]:
    rows = [PromiseRow(promise.started_at, promise, "made")]
    if promise.warned_at and promise.ended_at is None:
        rows.append(PromiseRow(promise.warned_at, promise, "warned"))
    if promise.overrun_at:
        rows.append(PromiseRow(promise.overrun_at, promise, "overrun"))
    return rows


def silences(rows: Sequence[Line], *, until: datetime | None = None) -> list[SilenceRow]:
    """The gaps after his words: up to what reached him of ours, up to his next ones, or `until`."""
    others = outside(rows)
    in_time = sorted(rows, key=lambda row: row.at)
    voices = [voice for row in in_time for voice in _voices(row, others)]
    found = gaps(voices, until=until)
    return [SilenceRow(gap.to, gap.length, still=gap.still) for gap in found]


def _voices(row: Line, others: set[int]) -> list[Voice]:
    """Who is heard in this line: he, we, or (of what `others` read and wrote) nobody."""
    if isinstance(row, DeedRow):
        return [Voice(row.at, his=False)] if row.deed.kind == "cases.call_made" else []
    if isinstance(row, BeganRow):
        return [Voice(row.at, his=True)]
    if not isinstance(row, MessageRow):
        return []
    message = row.message
    if message.conversation_id in others:
        return []
    if message.item_id is not None:
        answered = bool(getattr(message, "was_answered", False))
        return [Voice(row.at, his=True)] + ([Voice(row.at, his=False)] if answered else [])
    out = message.outgoing
    unheard = out is None or out.automatic or out.failed_at or row.is_scheduled
    return [] if unheard else [Voice(row.at, his=False)]


def outside(rows: Sequence[Line]) -> set[int]:
    """Conversations with somebody else than the customer, to whom something was forwarded."""
    return {
        row.message.conversation_id
        for row in rows
        if isinstance(row, MessageRow)
        and row.message.outgoing is not None
        and row.message.outgoing.key.startswith(FORWARD_KEY)
    }
