"""What somebody writes is heard as a promise only when it is one; the moment is never past."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ascolto.kit.businesstime import Interval, WorkCalendar
from ascolto.promises.policy import promise_in

ROME = ZoneInfo("Europe/Rome")
OFFICE = WorkCalendar(ROME, {day: (Interval(9 * 60, 18 * 60),) for day in range(5)})
NOW = datetime(2026, 3, 4, 8, 30, tzinfo=ROME)  # a Wednesday


def heard(text: str, *, now: datetime = NOW) -> str:
    """When the promise in this text is due, as "day hour:minute"; "" if there is none."""
    noticed = promise_in(text, now=now, hours=OFFICE)
    return noticed.due_at.astimezone(ROME).strftime("%-d %H:%M") if noticed else ""


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("entro le 9", "4 09:00"),
        ("Le scrivo entro le 9.", "4 09:00"),
        ("le scrivo domani mattina", "5 12:00"),
        ("entro venerdì alle 12", "6 12:00"),
        ("tra due ore", "4 10:30"),
        ("La richiamo alle 10:15", "4 10:15"),
        ("Le riscrivo alle 10:15, funzioni o no.", "4 10:15"),
        ("Contiamo di ripristinare entro le 10:15.", "4 10:15"),
        ("Le rispondo entro e non oltre le 18", "4 18:00"),
        ("La richiamo tra mezz’ora", "4 09:00"),
        ("La richiamo fra un paio d’ore", "4 10:30"),
        ("Le faccio sapere entro domani", "5 18:00"),
        ("Le faccio sapere entro sera", "4 21:00"),
        ("Le mando tutto entro fine giornata", "4 18:00"),
        ("Le scrivo entro la settimana", "6 18:00"),
        ("Le scrivo lunedì mattina", "9 12:00"),
        ("Le scrivo lunedì prossimo", "9 18:00"),
        ("Le scrivo mercoledì prossimo", "11 18:00"),
        ("Le rispondo entro il 12 marzo", "12 18:00"),
        ("Le rispondo entro il 12/3 alle 15", "12 15:00"),
        ("Le do un riscontro entro giovedì 12 marzo alle 11", "12 11:00"),
        ("Entro venerdì 6 marzo alle 12", "6 12:00"),
        ("Le rispondo entro il 6", "6 18:00"),
        ("Le rispondo entro 24 ore", "5 08:30"),
        ("Le rispondo entro le prossime 24 ore", "5 08:30"),
        ("Le rispondo entro tre giorni lavorativi", "9 18:00"),
        ("Il tecnico passa domani alle 9", "5 09:00"),
        ("La linea sarà ripristinata domani pomeriggio", "5 18:00"),
        ("La richiamo alle 3", "4 15:00"),
        ("La richiamo alle 3 e mezza", "4 15:30"),
        ("La richiamo all’una", "4 13:00"),
        ("La richiamo alle nove e un quarto", "4 09:15"),
        ("Le scrivo alle 17.30", "4 17:30"),
        ("Le scrivo entro mezzogiorno", "4 12:00"),
        ("La chiamo oggi pomeriggio", "4 18:00"),
        ("Domani mattina la chiamo", "5 12:00"),
        ("Alle 17 la richiamo", "4 17:00"),
        ("Le scrivo stasera", "4 21:00"),
        ("Le scrivo dopodomani", "6 18:00"),
        ("Avrà una risposta entro venerdì", "6 18:00"),
        ("Mi faccio sentire prima delle 18", "4 18:00"),
        ("Non deve fare altro, le scrivo entro le 12", "4 12:00"),
        ("La contattiamo in giornata", "4 18:00"),
        ("by 5 pm", "4 17:00"),
        ("tomorrow by noon", "5 12:00"),
        ("I'll call you at 3 pm", "4 15:00"),
        ("We will get back to you by Friday", "6 18:00"),
        ("You’ll hear from me by end of day", "4 18:00"),
        ("I will write to you tomorrow morning", "5 12:00"),
        ("We'll fix it within two hours", "4 10:30"),
        ("I'll send it by 17:00", "4 17:00"),
        ("I'll let you know by 5", "4 17:00"),
        ("We'll reply within three business days", "9 18:00"),
        ("I will call you on Monday at 9:30", "9 09:30"),
        ("I'll call you on Friday, March 6 at 10 am", "6 10:00"),
        ("We'll be in touch by the end of the week", "6 18:00"),
        ("You will have it by 12 March", "12 18:00"),
        ("I'll get back to you in half an hour", "4 09:00"),
    ],
)
def test_a_promise_is_heard_with_its_moment(text: str, due: str) -> None:
    assert heard(text) == due


@pytest.mark.parametrize(
    "text",
    [
        "",
        "entro 9 giorni dalla fattura",
        "entro e non oltre",
        "entrambe le 9 linee sono giù",
        "entro le 9 fatture",
        "Deve pagare entro venerdì",
        "Può mandarmi la foto entro domani?",
        "La prego di rispondere entro le 18",
        "Le ho scritto ieri alle 9",
        "Le scrivo in merito alla fattura di venerdì",
        "Le scrivo perché venerdì alle 9 non c’era nessuno",
        "Siamo aperti dalle 9 alle 18",
        "La bolletta scade tra due giorni",
        "Il recesso va chiesto entro 14 giorni",
        "Se non risolviamo entro le 9 mi dica",
        "Di solito rispondiamo entro due ore",
        "Le ho inviato 318.40 euro",
        "Non posso risponderle entro domani",
        "> Le scrivo entro le 9",
        "La chiamata di domani alle 9 è confermata",
        "Come le dissi venerdì scorso",
        "Vorrei chiamarla domani alle 9",
        "Le scrivo entro le 7 di ieri",
        "Le mando la fattura del 12 marzo",
        "La fattura del 12 marzo è arrivata alle 9:30",
        "Avete tempo fino alle 18",
        "Le rispondo il 31/2",
        "La richiamo alle 25",
        "Il codice è 10:15",
        "You must pay by Friday",
        "Please reply by 5 pm",
        "Can you call us by noon?",
        "standby 5 pm",
        "We usually reply within two hours",
        "within 9 days of the invoice",
        "By the way, 5 people called",
        "The invoice was paid by Friday",
    ],
)
def test_what_only_sounds_like_one_is_not(text: str) -> None:
    assert heard(text) == ""


@pytest.mark.parametrize(
    ("text", "at", "due"),
    [
        ("Le scrivo entro le 9", "14:00", ""),  # tomorrow would be a guess
        ("Le scrivo entro le 5", "14:00", "4 17:00"),
        ("Le scrivo entro mercoledì alle 12", "14:00", "11 12:00"),
        ("Le scrivo entro mercoledì alle 16", "14:00", "4 16:00"),
        ("La chiamo stamattina", "14:00", ""),
        ("Le rispondo entro il 2 marzo", "14:00", ""),
        ("Le rispondo entro il 3", "14:00", "3 18:00"),  # of April
        ("Le scrivo in giornata", "19:00", ""),
    ],
)
def test_no_moment_lies_in_the_past(text: str, at: str, due: str) -> None:
    hour, minute = at.split(":")
    assert heard(text, now=NOW.replace(hour=int(hour), minute=int(minute))) == due


def test_the_sentence_is_kept_as_it_was_written_and_the_deed_has_a_name() -> None:
    noticed = promise_in(
        "Giulia, il tecnico è sul posto.\nLe riscrivo alle 10:15, funzioni o no. A presto",
        now=NOW,
        hours=OFFICE,
    )

    assert noticed is not None
    assert noticed.words == "Le riscrivo alle 10:15, funzioni o no."
    assert noticed.deed == "write"


def test_what_we_will_do_ourselves_goes_before_what_we_hope() -> None:
    text = "Contiamo di ripristinare entro le 12. Le riscrivo alle 10:15."

    assert heard(text) == "4 10:15"


def test_a_team_that_never_closes_still_ends_its_day() -> None:
    always = WorkCalendar.round_the_clock(ROME)

    noticed = promise_in("Le scrivo entro domani", now=NOW, hours=always)

    assert noticed is not None
    assert noticed.due_at == datetime(2026, 3, 5, 20, 0, tzinfo=ROME)
