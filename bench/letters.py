"""Mails as customers write them: plain and HTML, old and new charsets, replies with quotations."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime, formataddr

FIRST = ("Giulia", "Marco", "Chiara", "Luca", "Francesca", "Paolo", "Niccolò", "Sofia", "Andrea")
LAST = ("Rossi", "Ferraris", "Bianchi", "Esposito", "Colombo", "Ricci", "Marino", "D’Angelo")
MATTERS = (
    ("Fibra assente da ieri", "da ieri sera la fibra non funziona e la luce del modem è rossa"),
    ("Fattura più cara", "l’ultima fattura è di 54,90 € invece dei 29,90 € concordati"),
    ("Disdetta", "vorrei disdire il contratto perché trasloco alla fine del mese"),
    ("Bonifico già fatto", "ho pagato il 3 marzo e continuo a ricevere solleciti"),
    ("Appuntamento col tecnico", "il tecnico non si è presentato e nessuno ha avvisato"),
    ("Portabilità del numero", "dopo la portabilità non ricevo più telefonate"),
)
CLOSINGS = ("Grazie e cordiali saluti", "Resto in attesa", "Attendo una vostra risposta. Saluti")
BEGINNING = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Writer:
    name: str
    address: str


def writer(number: int) -> Writer:
    first, last = FIRST[number % len(FIRST)], LAST[number // len(FIRST) % len(LAST)]
    return Writer(f"{first} {last}", f"{first}.{number}@example.org".lower().replace("ò", "o"))


def letter(
    number: int, who: Writer, *, chance: random.Random, answers: tuple[str, str] | None = None
) -> tuple[str, bytes]:
    """Its Message-ID and its bytes. `answers` is the Message-ID and the words it replies to."""
    subject, matter = chance.choice(MATTERS)
    message_id = f"<bench.{number}@example.org>"
    written = BEGINNING + timedelta(seconds=number * 20)
    text = (
        f"Buongiorno,\n\nsono {who.name}, codice cliente {100000 + number}: {matter}.\n"
        f"{'Ho già telefonato due volte al servizio clienti. ' * chance.randrange(4)}\n\n"
        f"{chance.choice(CLOSINGS)},\n{who.name}\n"
    )
    message = EmailMessage()
    message["From"] = formataddr((who.name, who.address))
    message["To"] = "Assistenza <assistenza@alba.example>"
    message["Date"] = format_datetime(written)
    message["Message-ID"] = message_id
    if answers is None:
        message["Subject"] = subject
    else:
        parent, words = answers
        message["Subject"] = f"Re: {subject}"
        message["In-Reply-To"] = message["References"] = parent
        quoted = "\n".join(f"> {line}" for line in words.splitlines())
        text += f"\nIl giorno {written:%d/%m/%Y} alle ore {written:%H:%M} ha scritto:\n{quoted}\n"
    _fill(message, text, chance)
    return message_id, message.as_bytes()


def _fill(message: EmailMessage, text: str, chance: random.Random) -> None:
    shape = chance.random()
    old = "’" not in text and "€" not in text and shape < 0.2
    message.set_content(text, charset="iso-8859-1" if old else "utf-8")
    if shape > 0.4:
        paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
        message.add_alternative(f"<html><body>{paragraphs}</body></html>", subtype="html")
    if shape > 0.95:
        photo = chance.randbytes(20_000)
        message.add_attachment(photo, maintype="image", subtype="jpeg", filename="modem.jpg")
