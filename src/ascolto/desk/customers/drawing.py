"""How the page of a customer is drawn: the silence strip, the tally of promises, the lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from ascolto.cases.queries.customer_page import STRIP, Contact, CustomerPage, Standing
from ascolto.cases.queries.customer_timeline import Place, words_of
from ascolto.cases.queries.history import (
    DeedRow,
    Line,
    MessageRow,
    NoteRow,
    PromiseRow,
    SilenceRow,
)
from ascolto.cases.queries.silences import SILENCE
from ascolto.desk import words
from ascolto.desk.timeline import Drawn, drawn
from ascolto.promises.models import Promise
from ascolto.timeline.references import NotAReference, referred

EVERY_VOICE = "tutto"
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
    text: str  # of a message
    case_id: int | None


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


def lines_of(page: CustomerPage, *, before: Place | None, voice: str, now: datetime) -> list[Shown]:
    """The lines of one page, newest first; of all voices, with the silences between them."""
    rows = list(page.told.rows)
    if voice == EVERY_VOICE:
        rows = sorted([*rows, *_silences(page, before, now=now)], key=_moment, reverse=True)
    return [
        Shown(
            line,
            words_of(line.row.message) if isinstance(line.row, MessageRow) else "",
            _case_of(line.row),
        )
        for line in drawn(rows, now=now)
    ]


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
