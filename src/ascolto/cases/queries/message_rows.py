"""The messages of one case, a stretch of them at a time, with all that a page shows of each."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import ClassVar

from django.db.models import DateTimeField, F, Q, QuerySet
from django.db.models.fields.json import KeyTransform

from ascolto.cases.models import Case, Conversation, Message, OtherMatter
from ascolto.cases.policy import POINTER_KEY
from ascolto.cases.queries.around import Around
from ascolto.channels.models import Attachment, Enclosure, Evidence
from ascolto.kit.kept import Kept, attach, number, numbers
from ascolto.kit.written import Blank
from ascolto.staff.models import Colleague

NEWEST = 12  # messages of a page, more than a screen holds: to draw one takes a millisecond
EARLIER = 20  # messages that come at once to who goes back in a case
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
class Stretch:
    """Which messages of a case are meant: the newest, if nothing is said; all of it (`whole`);
    everything `since` a message, with it; or what came `before` one, without it."""

    whole: bool = False
    since: int = 0  # id of a message
    before: int = 0  # id of a message


@dataclass(frozen=True, slots=True)
class Shown:
    rows: list[MessageRow]  # oldest first
    is_cut: bool  # there are older ones
    until: Message | None = None  # the first that is not shown any more


NEWEST_ONES = Stretch()
ALL_OF_IT = Stretch(whole=True)


def messages_shown(
    case: Case, stretch: Stretch, there: Around, matters: Sequence[OtherMatter]
) -> Shown:
    """Ten queries at most. A stretch that begins at a message of another case is the newest."""
    mark = stretch.before or stretch.since
    edge = Message.objects.filter(pk=mark, case=case).only("at").first() if mark else None
    if mark == 0 and not stretch.whole and there.has("scheduled"):
        edge = _longest_waiting(case)
    if edge is None:
        found = _newest(None if stretch.whole else NEWEST + 1).rows(case=case.pk)
        is_cut, until = not stretch.whole and len(found) > NEWEST, None
        found = found[:NEWEST] if is_cut else found
    elif stretch.before:
        until, *found = _up_to(EARLIER + 2).rows(case=case.pk, at=edge.at, pk=edge.pk)
        is_cut = len(found) > EARLIER
        found = found[:EARLIER]
    else:
        found, until = _since().rows(case=case.pk, at=edge.at, pk=edge.pk), None
        is_cut = True  # else it would not have been the first one shown
    both = [*found, until] if until else found
    attach(both, "conversation", THREADS)
    attach(both, "author", AUTHORS)
    return Shown(_as_rows(found[::-1], there, matters), is_cut, until)


def messages_of(case: Case | Blank) -> QuerySet[Message]:
    """With what was heard, sent and read, and without the large texts that no page shows."""
    return (
        Message.objects.filter(case=case)
        .select_related("item", "outgoing", "reading")
        .defer("search", "item__html", "item__text", "item__reading", "item__references")
        .defer("outgoing__text", "outgoing__link", "outgoing__references", "reading__shares")
        .annotate(
            has_html=Q(item__html__gt=""),
            was_answered=KeyTransform("answered", "item__reading"),
        )
    )


def _longest_waiting(case: Case) -> Message | None:
    """The first of the answers that wait for their hour, where it came before the newest: whoever
    opens the case must see it, and what was said since."""
    newest = list(case.messages.order_by("-at", "-pk").values_list("at", "pk")[:NEWEST])
    waiting = case.messages.filter(
        outgoing__sent_at=None,
        outgoing__cancelled_at=None,
        outgoing__failed_at=None,
        outgoing__attempts=0,
        outgoing__not_before__gt=F("outgoing__queued_at") + GRACE,
    )
    first = waiting.only("at").order_by("at", "pk").first()
    return first if first is not None and (first.at, first.pk) < newest[-1] else None


@cache
def _newest(limit: int | None) -> Kept[Message]:
    return Kept(lambda: messages_of(number("case")).order_by("-at", "-id")[:limit])


@cache
def _up_to(limit: int) -> Kept[Message]:
    at, pk = Blank("at", DateTimeField()), number("pk")
    earlier = Q(at__lt=at) | Q(at=at, pk__lte=pk)
    found = messages_of(number("case")).filter(earlier)
    return Kept(lambda: found.order_by("-at", "-id")[:limit])


@cache
def _since() -> Kept[Message]:
    at, pk = Blank("at", DateTimeField()), number("pk")
    later = Q(at__gt=at) | Q(at=at, pk__gte=pk)
    return Kept(lambda: messages_of(number("case")).filter(later).order_by("-at", "-id"))


THREADS = Kept(
    lambda: Conversation.objects.select_related("channel", "identity").filter(
        pk__any_of=numbers("ids")
    )
)
AUTHORS = Kept(lambda: Colleague.objects.filter(pk__any_of=numbers("ids")))
_ATTACHMENTS = Kept(lambda: Attachment.objects.filter(item__any_of=numbers("items")).order_by("id"))
_ENCLOSURES = Kept(
    lambda: Enclosure.objects.filter(outgoing__any_of=numbers("sent")).order_by("id")
)
_EVIDENCE = Kept(
    lambda: Evidence.objects.filter(outgoing__any_of=numbers("sent")).order_by("at", "id")
)


def _as_rows(
    shown: Sequence[Message], there: Around, matters: Sequence[OtherMatter]
) -> list[MessageRow]:
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
    return [
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
