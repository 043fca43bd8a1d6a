"""What a row of a switchboard says: of one call, or of the calls of a stretch of time."""

import re
from datetime import datetime, timedelta, tzinfo

from django.utils.translation import gettext as _

from ascolto.exchange.columns import CALL, BadRow, Cells, moment
from ascolto.exchange.models import PhoneFigure
from ascolto.exchange.reading import Row

ANSWERED = {
    *("risposta", "risposto", "gestita", "si", "sì", "1", "ok", "answered", "answer", "handled"),
    *("completed", "yes", "true", "connected"),
}
ABANDONED = {
    *("abbandonata", "abbandono", "persa", "non risposta", "no", "0", "abandoned", "abandon"),
    *("lost", "missed", "no answer", "noanswer", "false", "cancel", "timeout"),
}
SPAN = re.compile(r"(?:(\d{1,4}):)?(\d{1,2}):(\d{2})(?:[.,]\d+)?")
NUMBER = re.compile(r"\d{1,9}(?:[.,]\d{1,6})?")
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+\.\d+")
LONGEST_STRETCH = 1440  # minutes
MOST = 1_000_000  # calls of a stretch
A_DAY = 86_400
DEFAULT_STRETCH = 30  # minutes, as switchboards count


def call_figure(row: Row, *, zone: tzinfo, now: datetime) -> PhoneFigure:
    """What the row says. Raises `BadRow` where that can't be."""
    cells = Cells(row.values, CALL)
    at = _at(cells, zone=zone, now=now)
    figure = PhoneFigure(queue=" ".join(cells.text("queue", longest=120).split()), at=at)
    figure.external = cells.text("external", longest=200)
    if cells.text("offered", longest=40):
        _stretch(figure, cells)
    else:
        _one_call(figure, cells)
    if figure.at + timedelta(minutes=figure.minutes) > now + timedelta(days=1):
        raise BadRow(_("Una data è nel futuro."))
    return figure


def _at(cells: Cells, *, zone: tzinfo, now: datetime) -> datetime:
    written = cells.text("at", longest=60)
    hour = cells.text("time", longest=20)
    if not written:
        raise BadRow(_("Manca quando: una data, con l’ora."))
    at = moment(f"{written} {hour}" if hour and ":" not in written else written, zone=zone)
    if at > now:
        raise BadRow(_("Una data è nel futuro."))
    return at


def _stretch(figure: PhoneFigure, cells: Cells) -> None:
    figure.minutes = _count(cells, "minutes", most=LONGEST_STRETCH) or DEFAULT_STRETCH
    figure.offered = _count(cells, "offered", most=MOST)
    figure.answered = _count(cells, "answered", most=MOST)
    told = cells.text("abandoned", longest=40)
    figure.abandoned = (
        _count(cells, "abandoned", most=MOST) if told else max(0, figure.offered - figure.answered)
    )
    if figure.answered + figure.abandoned > figure.offered:
        raise BadRow(_("Risposte e abbandonate insieme sono più di quelle entrate."))
    mean = _seconds(cells, "mean_wait")
    figure.wait_seconds = (
        round(mean * figure.answered) if mean is not None else round(_seconds(cells, "wait") or 0)
    )
    figure.talk_seconds = round(_seconds(cells, "talk") or 0)


def _one_call(figure: PhoneFigure, cells: Cells) -> None:
    outcome = " ".join((cells.text("outcome", longest=60) or _answer(cells)).casefold().split())
    if outcome not in ANSWERED | ABANDONED:
        said = _("Non si capisce se ha avuto risposta: «%s».") if outcome else _("Manca l’esito.")
        raise BadRow(said % outcome if outcome else said)
    figure.offered = 1
    figure.answered = int(outcome in ANSWERED)
    figure.abandoned = 1 - figure.answered
    wait, talk = (_seconds(cells, name) or 0 for name in ("wait", "talk"))
    if max(wait, talk) > A_DAY:
        raise BadRow(_("Una telefonata dura più di un giorno."))
    figure.wait_seconds = round(wait) if figure.answered else 0
    figure.talk_seconds = round(talk) if figure.answered else 0


def _answer(cells: Cells) -> str:
    """A column «risposte» with yes or no, where there is none for the outcome."""
    return cells.text("answered", longest=60)


def _count(cells: Cells, name: str, *, most: int) -> int:
    found = _seconds(cells, name)
    if found is None:
        return 0
    if found != int(found) or found > most:
        raise BadRow(_("«%(value)s» non è un numero di %(name)s.") % _told(cells, name))
    return int(found)


def _seconds(cells: Cells, name: str) -> float | None:
    """A number, with a comma or a point, or h:mm:ss, or m:ss. None if the cell is empty."""
    text = cells.text(name, longest=40).removesuffix("s").strip()
    if not text:
        return None
    span = SPAN.fullmatch(text)
    if span:
        hours, minutes, seconds = (int(part or 0) for part in span.groups())
        return float(hours * 3600 + minutes * 60 + seconds)
    if THOUSANDS.fullmatch(text):
        decimal = max(text.rfind(","), text.rfind("."))
        points = text.count(".") + text.count(",")
        separators = {mark for mark in ".," if mark in text}
        if len(separators) == 1 and points >= 1 and "." in separators:
            return float(text.replace(".", ""))
        return float(text[:decimal].replace(".", "").replace(",", "") + "." + text[decimal + 1 :])
    if not NUMBER.fullmatch(text):
        raise BadRow(_("«%(value)s» non è un numero di %(name)s.") % _told(cells, name))
    return float(text.replace(",", "."))


def _told(cells: Cells, name: str) -> dict[str, str]:
    return {"value": cells.text(name, longest=40), "name": name}
