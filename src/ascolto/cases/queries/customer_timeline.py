"""One history over all the cases of a customer, newest first, a page at a time."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, DateTimeField, Exists, Model, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat, Left

from ascolto.cases.access import Reader, teams_not_heard, visible_cases
from ascolto.cases.models import Case, Message, Note
from ascolto.cases.queries.deeds import DEEDS
from ascolto.cases.queries.exposure import insulting
from ascolto.cases.queries.history import DeedRow, Line, NoteRow, PromiseRow
from ascolto.cases.queries.message_rows import AUTHORS, THREADS, MessageRow
from ascolto.kit.kept import Kept, attach, number, numbers
from ascolto.kit.written import Blank
from ascolto.promises.models import Promise
from ascolto.timeline.queries import Deed, Openly, deeds_of_his

M = TypeVar("M", bound=Model)
PAGE = 15
READERS = 500  # for whom its queries are kept
SHOWN_OF_A_MESSAGE = 1_500  # characters; the whole of it stands in its case
VOICES = ("all", "heard", "said", "promised", "done")
# What he said in public, and what became of it, by the voices it belongs to.
IN_PUBLIC = {
    "heard": ("listening.mentioned",),
    "done": ("listening.settled", "listening.reposted", "listening.repost_undone"),
}
IN_PUBLIC["all"] = IN_PUBLIC["heard"] + IN_PUBLIC["done"]
# In one instant: the words, then what they caused. Newest first, it reads the other way round.
_RANK = {"message": 1, "note": 2, "promise": 3, "deed": 4}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_WRITTEN = re.compile(r"([0-9]{1,17})\.([1-4])\.([0-9]{1,18})")
_LAST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ended: the moment, the kind and the id of its last line."""

    at: datetime
    rank: int
    id: int

    def __str__(self) -> str:
        return f"{(self.at - _EPOCH) // timedelta(microseconds=1)}.{self.rank}.{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Place | None":
        found = _WRITTEN.fullmatch(text)
        if found is None:
            return None
        return cls(_EPOCH + timedelta(microseconds=int(found[1])), int(found[2]), int(found[3]))

    def bound_for(self, shape: str) -> tuple[datetime, int]:
        """What is older than this place, among lines of one kind: a moment and an id."""
        rank = _RANK[shape]
        return self.at, _LAST if rank < self.rank else self.id if rank == self.rank else 0


@dataclass(frozen=True, slots=True)
class Told:
    rows: list[Line]
    older: Place | None  # where the next page begins


def timeline_of(
    reader: Reader,
    records: list[int],
    *,
    voice: str,
    before: Place | None,
) -> Told:
    """A page of what these cases hold, in one of `VOICES`. Seven queries at most.

    Of the cases of the customer whose `records` are given those that the reader may see, and what
    was said in public, as far as he may hear it.
    """
    rows: list[tuple[datetime, int, int, Line]] = []
    if voice in {"all", "heard", "said"}:
        messages = _messages(reader, voice, before is not None)
        rows += _keyed("message", messages.rows(**_asked("message", records, before)), _as_message)
    if voice == "all":
        notes = _notes(reader, before is not None)
        rows += _keyed("note", notes.rows(**_asked("note", records, before)), _as_note)
    if voice in {"all", "promised"}:
        promises = _promises(reader, before is not None)
        rows += _keyed("promise", promises.rows(**_asked("promise", records, before)), _as_promise)
    if voice in {"all", "done"} or _hears(reader, voice):
        deeds = _deeds(reader, voice, before is not None)(**_asked("deed", records, before))
        rows += [(one.at, _RANK["deed"], one.id, DeedRow(one.at, one)) for one in deeds]
    rows.sort(key=lambda row: row[:3], reverse=True)
    shown = rows[:PAGE]
    older = Place(*shown[-1][:3]) if len(rows) > PAGE else None
    lines = [row[3] for row in shown]
    _complete(lines)
    return Told(lines, older)


def _complete(lines: list[Line]) -> None:
    """Add what messages and notes point at, for those that are shown. Three queries at most."""
    messages = [one.message for one in lines if isinstance(one, MessageRow)]
    notes = [one.note for one in lines if isinstance(one, NoteRow)]
    attach([*messages, *notes], "case", _CASES)
    attach([*messages, *notes], "author", AUTHORS)
    attach(messages, "conversation", THREADS)


def references_of(cases: QuerySet[Case]) -> QuerySet[Case, Any]:
    """How other tables speak of these cases: "case:12"."""
    return cases.order_by().values_list(
        Concat(Value("case:"), Cast("pk", CharField()), output_field=CharField()), flat=True
    )


def seen_by(reader: Reader) -> QuerySet[Case]:
    return visible_cases(reader.colleague())


def _keyed(
    shape: str, found: Iterable[M], line: Callable[[M], Line]
) -> list[tuple[datetime, int, int, Line]]:
    lines = ((one.pk, line(one)) for one in found)
    return [(one.at, _RANK[shape], pk, one) for pk, one in lines]


def _asked(shape: str, records: list[int], before: Place | None) -> dict[str, Any]:
    at, pk = before.bound_for(shape) if before else (None, None)
    return {"records": records, "at": at, "pk": pk}


def _older(moment: str = "at") -> Q:
    at, pk = Blank("at", DateTimeField()), number("pk")
    return Q(**{f"{moment}__lt": at}) | Q(**{moment: at, "pk__lt": pk})


def cases_of(reader: Reader) -> QuerySet[Case]:
    """In a kept query: the cases of the customers whose `records` are given."""
    return seen_by(reader).filter(customer__any_of=numbers("records")).order_by()


@lru_cache(maxsize=READERS)
def _messages(reader: Reader, voice: str, is_older: bool) -> Kept[Message]:  # noqa: FBT001 # a key
    def make() -> QuerySet[Message]:
        found = Message.objects.filter(case__in=cases_of(reader))
        found = found.filter(_older()) if is_older else found
        if voice != "all":
            found = found.filter(item__isnull=voice == "said")
        # First which, then what they say: else all of them are read to show the newest.
        newest = found.order_by("-at", "-pk").values("pk")[: PAGE + 1]
        return (
            Message.objects.filter(pk__in=newest)
            .select_related("item", "outgoing")
            .defer("search", "text")
            .defer("item__html", "item__text", "item__quoted", "item__reading", "item__references")
            .defer("outgoing__text", "outgoing__link", "outgoing__references", "outgoing__footer")
            .annotate(words=Left("text", SHOWN_OF_A_MESSAGE + 1), hostile=Exists(insulting()))
            .order_by("-at", "-pk")
        )

    return Kept(make)


_CASES = Kept(lambda: Case.objects.filter(pk__any_of=numbers("ids")).defer("fields"))


def _as_message(one: Message) -> Line:
    return MessageRow(one.at, one, has_html=False)


@lru_cache(maxsize=READERS)
def _notes(reader: Reader, is_older: bool) -> Kept[Note]:  # noqa: FBT001 # a key
    def make() -> QuerySet[Note]:
        found = Note.objects.filter(case__in=cases_of(reader))
        found = found.filter(_older()) if is_older else found
        return found.order_by("-at", "-pk")[: PAGE + 1]

    return Kept(make)


def _as_note(one: Note) -> Line:
    return NoteRow(one.at, one)


@lru_cache(maxsize=READERS)
def _promises(reader: Reader, is_older: bool) -> Kept[Promise]:  # noqa: FBT001 # a key
    def make() -> QuerySet[Promise]:
        found = promises_of(cases_of(reader), Q(customer__any_of=numbers("records")))
        found = found.filter(_older("started_at")) if is_older else found
        return found.order_by("-started_at", "-pk")[: PAGE + 1]

    return Kept(make)


@lru_cache(maxsize=READERS)
def _deeds(
    reader: Reader,
    voice: str,
    is_older: bool,  # noqa: FBT001 # a key
) -> Callable[..., list[Deed]]:
    closed = teams_not_heard(reader.colleague())  # maybe a query: nothing looks into it here
    return deeds_of_his(
        kinds=DEEDS if voice in {"all", "done"} else (),
        among=references_of(cases_of(reader)),
        openly=Openly(IN_PUBLIC[voice], closed)
        if closed is not None and voice in IN_PUBLIC
        else None,
        is_older=is_older,
        limit=PAGE + 1,
    )


def _hears(reader: Reader, voice: str) -> bool:
    return voice in IN_PUBLIC and teams_not_heard(reader.colleague()) is not None


def _as_promise(one: Promise) -> Line:
    return PromiseRow(one.started_at, one, "made")


def promises_of(cases: QuerySet[Case], his: Q) -> QuerySet[Promise]:
    """The promises made in these cases. By customer (`his`) first: there their index begins."""
    return Promise.objects.filter(his, subject__any_of=ArraySubquery(references_of(cases)))


def words_of(message: Message) -> str:
    """The beginning of what was said, as a page of this history carries it."""
    words = str(message.words)  # type: ignore[attr-defined] # annotated in `_messages`
    return words if len(words) <= SHOWN_OF_A_MESSAGE else f"{words[:SHOWN_OF_A_MESSAGE]}…"
