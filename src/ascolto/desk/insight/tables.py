"""The numbers behind the charts, as tables: on the page for everybody, and as files."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from ascolto.desk.insight import words
from ascolto.desk.insight.asked import Asked
from ascolto.desk.insight.cards import FAILURES, band_name
from ascolto.exchange.export import as_cell
from ascolto.insight.catalogue import DEFINITIONS
from ascolto.insight.flat import figures_of
from ascolto.insight.policy.statistics import Interval, Share, Waiting
from ascolto.insight.queries.backlog import Band
from ascolto.insight.queries.phone import Phone
from ascolto.insight.queries.public import PublicCalls
from ascolto.insight.queries.report import Report
from ascolto.insight.queries.weight import Load
from ascolto.staff.models import Team

Row = list[str]


@dataclass(frozen=True, slots=True)
class Table:
    """`name` is its file's; the first cell of a row is its heading."""

    name: str
    title: str
    header: Row
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Known:
    """All that tables are made of."""

    report: Report
    asked: Asked
    teams: dict[int, Team]
    backlog: list[Band]
    public: PublicCalls
    phone: list[Phone]
    load: list[Load]


def tables_of(known: Known) -> dict[str, Table]:
    made = (
        _waits(known), _failures(known), _promises(known), _clocks(known), _backlog(known),
        _public(known), _phone(known), _load(known), _parts(known),
    )  # fmt: skip
    return {table.name: table for table in made}


def as_csv(table: Table) -> Iterator[str]:
    """Line by line; no cell that a spreadsheet would take for a formula."""
    yield "\ufeff"
    for row in (table.header, *table.rows):
        out = io.StringIO()
        csv.writer(out).writerow([as_cell(cell) for cell in row])
        yield out.getvalue()


def headline_table(known: Known) -> Table:
    """Every figure with its interval and the period before: plain numbers, for reckoning on."""
    header = [
        *("figure", "unit", "value", "low_95", "high_95", "n", "before", "n_before"),
        *("differs", "from", "to", "hours"),
    ]
    period, hours = known.report.period, "working" if known.report.in_hours else "calendar"
    rows = [
        [
            one.key,
            one.unit,
            *(_plain(value) for value in (one.value, one.low, one.high)),
            str(one.n),
            _plain(one.before),
            str(one.n_before),
            "1" if one.differs else "0",
            period.first.isoformat(),
            period.last.isoformat(),
            hours,
        ]
        for one in figures_of(known.report)
    ]
    return Table("cifre", _("Tutte le cifre"), header, rows)


def _waits(known: Known) -> Table:
    header = [
        _("Canale"), _("Metà entro"), _("Precisione"), _("9 su 10 entro"), _("Precisione"),
        _("Risposti"), _("Senza risposta"),
    ]  # fmt: skip
    rows = [
        [
            words.part_name("channel", part.name, known.teams),
            *_time_cells(part.times[known.asked.measure]),
            words.number(part.shares["unanswered"].count),
        ]
        for part in known.report.parts["channel"]
    ]
    return Table("attese", _("Quanto aspettano, e dove"), header, rows)


def _failures(known: Known) -> Table:
    header = [_("Che cosa"), _("Casi"), _("Su"), _("Quota"), _("Precisione"), _("Prima")]
    shown = (*FAILURES, "handed_over_twice", "handed_over_thrice")
    titles = {
        "handed_over_twice": _("Passati almeno 2 volte"),
        "handed_over_thrice": _("Passati almeno 3 volte"),
    }
    rows = []
    for key in shown:
        share = known.report.shares[key]
        title = titles.get(key) or str(DEFINITIONS[key].title)
        rows.append([title, *_share_cells(share.now), words.percent(share.before.value)])
    return Table("problemi", _("Dove la cura non regge"), header, rows)


def _promises(known: Known) -> Table:
    header = [_("Squadra"), _("Mantenute"), _("Su"), _("Quota"), _("Precisione")]
    rows = [
        [words.part_name("team", part.name, known.teams), *_share_cells(part.promises)]
        for part in known.report.parts["team"]
    ]
    return Table("promesse", _("Promesse, per chi le fa"), header, sorted(rows))


def _clocks(known: Known) -> Table:
    rows = [
        *([words.clock_name(one.name), words.number(one.cases)] for one in known.report.clocks),
        *(
            [words.begun(words.WHY_WORDS[one.name]), words.number(one.cases)]
            for one in known.report.reasons
        ),
    ]
    return Table("orologi", _("Orologi scaduti, e perché"), [_("Che cosa"), _("Casi")], rows)


def _backlog(known: Known) -> Table:
    rows = [[band_name(band), words.number(band.cases)] for band in known.backlog]
    return Table("arretrato", _("Arretrato"), [_("Aperti"), _("Casi")], rows)


def _public(known: Known) -> Table:
    rows = [
        [words.begun(words.REASON_WORDS[reason]), words.number(count)]  # type: ignore[index] # a value of it
        for reason, count in known.public.reasons
    ]
    none = known.public.calls - known.public.had_written.count
    rows.append([_("Nessun caso prima, o autore non riconosciuto"), words.number(none)])
    return Table(
        "pubblico", _("Che cosa li spinge in pubblico"), [_("Com’era il caso"), _("Voci")], rows
    )


def _phone(known: Known) -> Table:
    header = [
        _("Coda"), _("Entrate"), _("Risposte"), _("Abbandonate"), _("Attesa: metà entro"),
        _("9 su 10 entro"), _("Attesa media"), _("Conversazione media"),
    ]  # fmt: skip
    rows = [
        [
            line.queue or _("Tutte"),
            words.number(line.offered),
            words.percent(line.answered.value),
            words.percent(line.abandoned.value),
            words.time(line.waits.median.value if line.waits.median else None),
            words.time(line.waits.nine.value if line.waits.nine else None),
            words.time(line.mean_wait),
            words.time(line.mean_talk),
        ]
        for line in known.phone
    ]
    return Table("telefono", _("Al telefono"), header, rows)


def _load(known: Known) -> Table:
    header = [_("Collega"), _("Casi aperti"), _("Limite"), _("Messaggi ostili in 7 giorni")]
    rows = [
        [one.colleague.name, str(one.open), str(one.most or words.NOTHING), str(one.hostile)]
        for one in known.load
    ]
    return Table("peso", _("Chi regge il peso"), header, rows)


def _parts(known: Known) -> Table:
    titles = {
        "channel": _("Canale"),
        "team": _("Squadra"),
        "topic": _("Argomento"),
        "priority": _("Priorità"),
    }
    shares = ("first_contact", "complete", "handed_over", "in_standard", "reopened")
    header = [
        titles[known.asked.part], _("Casi"), _("Prima risposta, metà entro"), _("9 su 10 entro"),
        _("Promesse mantenute"), *(str(DEFINITIONS[key].title) for key in shares),
    ]  # fmt: skip
    rows = [
        [
            words.part_name(known.asked.part, part.name, known.teams),
            words.number(part.cases),
            *(
                words.time(end.value if end else None)
                for end in (part.times["first_answer"].median, part.times["first_answer"].nine)
            ),
            words.percent(part.promises.value),
            *(words.percent(part.shares[key].value) for key in shares),
        ]
        for part in known.report.parts[known.asked.part]
    ]
    return Table("confronto", _("A confronto"), header, rows)


def _time_cells(waiting: Waiting) -> Row:
    cells = []
    for end in (waiting.median, waiting.nine):
        cells += [words.time(end.value if end else None), _sure(end, unit="seconds")]
    return [*cells, words.number(waiting.n)]


def _share_cells(share: Share) -> Row:
    return [
        words.number(share.count),
        words.number(share.of),
        words.percent(share.value),
        _sure(share.interval, unit="share"),
    ]


def _sure(interval: Interval | None, *, unit: str) -> str:
    return words.between(interval, unit=unit)


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.6g}"
