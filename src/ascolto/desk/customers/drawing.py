"""How the page of a customer is drawn: the silence strip, the tally of promises, the lines."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from ascolto.cases.queries.customer_page import CustomerPage
from ascolto.cases.queries.customer_standing import STRIP, Contact, Standing
from ascolto.cases.queries.customer_timeline import Place, words_of
from ascolto.cases.queries.history import DeedRow, Line, NoteRow, PromiseRow, SilenceRow
from ascolto.cases.queries.message_rows import MessageRow
from ascolto.cases.queries.silences import SILENCE
from ascolto.desk import words
from ascolto.desk.timeline import Drawn, drawn
from ascolto.listening.models import Mention
from ascolto.promises.models import Promise
from ascolto.timeline.references import NotAReference, referred

EVERY_VOICE = "tutto"
NONE = 0  # no mention has this id
DOTS = 16  # promises drawn one by one; more are only counted
# The clocks that run while he waits for a word of ours.
SPEAKING = {Promise.Kind.FIRST_ANSWER, Promise.Kind.NEXT_ANSWER, Promise.Kind.UPDATE}


@dataclass(frozen=True, slots=True)
class Strip:
    """Two lanes over eight weeks. Places are percentages, written as SVG wants them."""

    heard: list[str]
    said: list[str]
    waits: list[tuple[str, str]]  # where each red band begins, and how wide it is
    days: list[str]
    label: str


@dataclass(frozen=True, slots=True)
class Shown:
    line: Drawn
    text: str  # of a message, or said in public
    case_id: int | None
    mention_id: int | None = None


def strip_of(page: CustomerPage, *, now: datetime) -> Strip:
    start = now - STRIP
    heard = [one.at for one in page.contacts if one.was_heard]
    said = [one.at for one in page.contacts if not one.was_heard]
    days = [words.day(start + STRIP * part / 4, now=now) for part in range(4)]
    label = _("Contatti da %(day)s a oggi: %(heard)d di %(name)s, %(said)d nostri") % {
        "day": days[0],
        "heard": len(heard),
        "name": page.customer.name,
        "said": len(said),
    }
    waits = [
        (_percent((since - start) / STRIP), _percent((until - since) / STRIP))
        for since, until in waits_of(page.contacts, page.standing, start=start, now=now)
    ]
    return Strip(
        heard=[_percent((at - start) / STRIP) for at in heard],
        said=[_percent((at - start) / STRIP) for at in said],
        waits=waits,
        days=[*days, _("oggi")],
        label=label,
    )


def waits_of(
    contacts: Sequence[Contact], standing: Standing, *, start: datetime, now: datetime
) -> list[tuple[datetime, datetime]]:
    """When he waited for us two hours or longer: from his word to ours, or up to now."""
    waits: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    for contact in contacts:
        if contact.was_heard:
            since = since or contact.at
            continue
        if since is not None and contact.at - since >= SILENCE:
            waits.append((since, contact.at))
        since = None
    waiting = standing.waiting_since
    if waiting is not None and now - waiting >= SILENCE:
        waits.append((max(start, waiting), now))
    return waits


def due_word(page: CustomerPage) -> Promise | None:
    """The nearest running clock that a word of ours would stop."""
    return next(
        (one for one in page.clocks if one.kind in SPEAKING and one.paused_at is None), None
    )


def dots_of(standing: Standing) -> list[str]:
    """One mark a promise: kept, broken, running. Nothing where they are too many to be seen."""
    marks = ["k"] * standing.kept + ["l"] * standing.broken + ["r"] * standing.running
    return marks if len(marks) <= DOTS else []


def lines_of(
    page: CustomerPage,
    *,
    before: Place | None,
    voice: str,
    not_heard: Iterable[int] | None,
    now: datetime,
) -> list[Shown]:
    """The lines of one page, newest first; of all voices, with the silences between them.

    What was said in public stands in its case, if it is in one, and else here. One query where
    there is any; nobody sees what the teams `not_heard` have.
    """
    public = _in_public(page.told.rows, not_heard)
    rows = [row for row in page.told.rows if _is_told_here(row, public)]
    if voice == EVERY_VOICE:
        rows = sorted([*rows, *_silences(page, before, now=now)], key=_moment, reverse=True)
    return [
        Shown(
            line,
            words_of(line.row.message)
            if isinstance(line.row, MessageRow)
            else public.get(_mention_of(line.row), Said()).text,
            _case_of(line.row),
            _mention_of(line.row) or None,
        )
        for line in drawn(rows, now=now)
    ]


@dataclass(frozen=True, slots=True)
class Said:
    """Words said in public, as far as they still are."""

    text: str = ""
    in_case: bool = False


def _in_public(rows: Iterable[Line], not_heard: Iterable[int] | None) -> dict[int, Said]:
    ids = {_mention_of(row) for row in rows} - {NONE}
    if not ids or not_heard is None:
        return {}
    seen = Mention.objects.filter(pk__in=ids).exclude(team__in=not_heard)
    told = seen.values_list("pk", "text", "standing")
    return {pk: Said(text, standing == Mention.Standing.CASE) for pk, text, standing in told}


def _is_told_here(row: Line, public: Mapping[int, Said]) -> bool:
    """His words in a case are told by the message; what he may not see any more, by nothing."""
    mention = _mention_of(row)
    if mention == NONE:
        return True
    in_case = isinstance(row, DeedRow) and row.deed.kind == "listening.mentioned"
    return mention in public and not (in_case and public[mention].in_case)


def _mention_of(row: object) -> int:
    if not isinstance(row, DeedRow):
        return NONE
    try:
        return referred(row.deed.subject, kind="mention")
    except NotAReference:
        return NONE


def _silences(page: CustomerPage, before: Place | None, *, now: datetime) -> list[SilenceRow]:
    """Those of the strip that end between the first and the last line of this page."""
    rows = page.told.rows
    newest = before.at if before else now
    oldest = rows[-1].at if rows and page.told.older else now - STRIP
    waits = waits_of(page.contacts, page.standing, start=now - STRIP, now=now)
    return [
        SilenceRow(until, until - since, still=until == now)
        for since, until in waits
        if oldest <= until <= newest
    ]


def _moment(row: Line) -> datetime:
    return row.at


def _case_of(row: object) -> int | None:
    if isinstance(row, MessageRow):
        return row.message.case_id
    if isinstance(row, NoteRow):
        return row.note.case_id
    subject = row.promise.subject if isinstance(row, PromiseRow) else ""
    subject = row.deed.subject if isinstance(row, DeedRow) else subject
    try:
        return referred(subject, kind="case")
    except NotAReference:
        return None


def _percent(part: float) -> str:
    """In SVG a decimal point is a point, whatever the language of the page."""
    return f"{min(100.0, max(0.0, part * 100)):.1f}%"


def waiting_words(standing: Standing, *, now: datetime) -> str:
    since = standing.waiting_since
    return words.long(max(timedelta(), now - since)) if since else ""
