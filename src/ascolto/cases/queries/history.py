"""The history of one case as rows in the order things happened: said, noted, promised, done."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import ClassVar

from django.db.models import Q, QuerySet
from django.db.models.fields.json import KeyTransform

from ascolto.cases.models import Case, Message, Note, OtherMatter
from ascolto.cases.policy import FORWARD_KEY, POINTER_KEY
from ascolto.cases.queries.around import Around
from ascolto.cases.queries.deeds import DEEDS
from ascolto.cases.queries.silences import Voice, gaps
from ascolto.channels.models import Attachment, Enclosure, Evidence
from ascolto.kit.kept import Kept, number, numbers, text
from ascolto.kit.written import Blank
from ascolto.promises.models import Promise
from ascolto.timeline.queries import Deed, history_of

NEWEST = 25  # messages shown before somebody asks for all: drawing one takes half a millisecond
GRACE = timedelta(minutes=2)  # no undo time is as long
LARGE = ("html", "text", "quoted", "reading", "references")  # of what was heard


@dataclass(frozen=True, slots=True)
class MessageRow:
    shape: ClassVar[str] = "message"
    at: datetime
    message: Message
    has_html: bool
    files: list[Attachment] = field(default_factory=list)
    enclosures: list[Enclosure] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    matters: list[OtherMatter] = field(default_factory=list)  # what it asks for besides

    @property
    def was_heard(self) -> bool:
        return self.message.item_id is not None

    @property
    def is_pointer(self) -> bool:
        """Ours, saying only where the answer is."""
        out = self.message.outgoing
        return out is not None and out.key.startswith(POINTER_KEY)

    def is_waiting(self, now: datetime) -> bool:
        """Ours, and still to be called back."""
        out = self.message.outgoing
        settled = out is None or out.sent_at or out.cancelled_at or out.failed_at
        return not settled and out is not None and out.not_before > now

    @property
    def is_scheduled(self) -> bool:
        """Ours, and waiting for an hour that somebody chose: more than seconds of grace."""
        out = self.message.outgoing
        if out is None or out.sent_at or out.cancelled_at or out.failed_at or out.attempts:
            return False
        return out.not_before - out.queued_at > GRACE


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
    earlier: bool  # there are older messages than those shown


def history(
    case: Case,
    *,
    whole: bool,
    there: Around = Around(),  # noqa: B008 # never changes
    now: datetime,
) -> History:
    """Everything that happened in a case, oldest first. Eight queries at most."""
    matters = there.some("matters", lambda: matters_around(case))
    messages, earlier = _messages(case, there, matters, whole=whole)
    promises = _PROMISES.rows(subject=case.reference)
    since = messages[0].at if earlier else None
    notes = there.some("notes", lambda: case.notes.select_related("author"))
    deeds = history_of(case.reference, kinds=DEEDS, since=since)
    others: list[Line] = [
        *(BeganRow(case.opened_at, one) for one in matters if one.case_id == case.pk),
        *(NoteRow(note.at, note) for note in notes),
        *(DeedRow(deed.at, deed) for deed in deeds),
        *(row for promise in promises for row in _moments(promise)),
    ]
    rows = [*messages, *(row for row in others if since is None or row.at >= since)]
    rows += silences(case, rows, now=now)
    # What happened in one instant is told in this order: the words first, then what they caused.
    told = {"silence": 0, "began": 1, "message": 1, "note": 2, "promise": 3, "deed": 4}
    rows.sort(key=lambda row: (row.at, told[row.shape]))
    return History(rows, messages, promises, earlier)


def messages_of(case: Case | Blank) -> QuerySet[Message]:
    """With everything a page shows, and without the large texts it does not."""
    return (
        Message.objects.filter(case=case)
        .select_related(
            "author",
            "item",
            "outgoing",
            "reading",
            "conversation__channel",
            "conversation__identity",
        )
        .defer("search", "item__html", "item__text", "item__reading", "item__references")
        .defer("outgoing__text", "outgoing__link", "outgoing__references", "reading__shares")
        .annotate(
            has_html=Q(item__html__gt=""),
            was_answered=KeyTransform("answered", "item__reading"),
        )
    )


@cache
def _newest_messages(limit: int | None) -> Kept[Message]:
    return Kept(lambda: messages_of(number("case")).order_by("-at", "-id")[:limit])


_PROMISES = Kept(
    lambda: (
        Promise.objects.select_related("told")
        .filter(subject=text("subject"))
        .order_by("started_at", "id")
    )
)
_ATTACHMENTS = Kept(lambda: Attachment.objects.filter(item__any_of=numbers("items")).order_by("id"))
_ENCLOSURES = Kept(
    lambda: Enclosure.objects.filter(outgoing__any_of=numbers("sent")).order_by("id")
)
_EVIDENCE = Kept(
    lambda: Evidence.objects.filter(outgoing__any_of=numbers("sent")).order_by("at", "id")
)


def matters_around(case: Case) -> QuerySet[OtherMatter]:
    """What the messages of this case ask for besides, and what it began with itself."""
    near = OtherMatter.objects.filter(Q(message__case=case) | Q(case=case))
    whole = near.select_related("case", "message__case", "message__item")
    lean = whole.defer("message__search", *(f"message__item__{name}" for name in LARGE))
    return lean.select_related("message__conversation__channel").order_by("message", "starts")


def _messages(
    case: Case, there: Around, matters: Sequence[OtherMatter], *, whole: bool
) -> tuple[list[MessageRow], bool]:
    found = _newest_messages(None if whole else NEWEST + 1).rows(case=case.pk)
    earlier = not whole and len(found) > NEWEST
    shown = list(reversed(found[:NEWEST] if earlier else found))
    items = [message.item_id for message in shown if message.item_id]
    sent = [message.outgoing_id for message in shown if message.outgoing_id]
    files: dict[int | None, list[Attachment]] = defaultdict(list)
    for file in _ATTACHMENTS.rows(items=items) if there.has("attachments") else ():
        files[file.item_id].append(file)
    enclosures: dict[int | None, list[Enclosure]] = defaultdict(list)
    for enclosure in _ENCLOSURES.rows(sent=sent) if there.has("enclosures") else ():
        enclosures[enclosure.outgoing_id].append(enclosure)
    evidence: dict[int | None, list[Evidence]] = defaultdict(list)
    for known in _EVIDENCE.rows(sent=sent):
        evidence[known.outgoing_id].append(known)
    rows = [
        MessageRow(
            at=message.at,
            message=message,
            has_html=bool(message.has_html),  # type: ignore[attr-defined] # annotated above
            files=files[message.item_id],
            enclosures=enclosures[message.outgoing_id],
            evidence=evidence[message.outgoing_id],
            matters=[one for one in matters if one.message_id == message.pk],
        )
        for message in shown
    ]
    return rows, earlier


def _moments(promise: Promise) -> list[PromiseRow]:
    rows = [PromiseRow(promise.started_at, promise, "made")]
    if promise.warned_at and promise.ended_at is None:
        rows.append(PromiseRow(promise.warned_at, promise, "warned"))
    if promise.overrun_at:
        rows.append(PromiseRow(promise.overrun_at, promise, "overrun"))
    return rows


def silences(case: Case, rows: Sequence[Line], *, now: datetime) -> list[SilenceRow]:
    """The gaps after his words: up to what reached him of ours, up to his next ones, or to now."""
    others = outside(rows)
    in_time = sorted(rows, key=lambda row: row.at)
    voices = [voice for row in in_time for voice in _voices(row, others)]
    found = gaps(voices, until=now if case.waiting_since else None)
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
