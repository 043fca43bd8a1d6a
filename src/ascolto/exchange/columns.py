"""Which column is which, in Italian and English, and what its cells say."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from ascolto.exchange.words import words_for

SEPARATORS = re.compile(r"[;,|\n]")
# What `export.neutral` put before a cell that a spreadsheet would have taken for a formula.
DEFUSED = re.compile(r"^'(?=[=+\-@\t\r])")
ITALIAN_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(.*)", re.DOTALL)
SHORT_HOUR = re.compile(r"[ T](?=\d:)")
LONGEST_TEXT = 100_000

CUSTOMER = {
    "name": "nome,nominativo,nome e cognome,nome completo,ragione sociale,denominazione,cliente,"
    "name,full name,customer,customer name,company,company name,nome cliente,first name",
    "surname": "cognome,surname,last name,family name",
    "email": "email,e mail,mail,posta,posta elettronica,indirizzo email,indirizzo e mail,pec,"
    "email address,emails,email cliente,customer email",
    "phone": "telefono,tel,cellulare,cell,numero,numero di telefono,phone,phone number,mobile,"
    "mobile phone,phones,telefono cliente,customer phone",
    "handle": "profilo,handle,username,nome utente",
    "reference": "codice,codice cliente,riferimento,id,id cliente,id esterno,numero cliente,"
    "reference,customer id,customer code,external id,code,customer reference",
    "language": "lingua,language,lang",
    "kind": "tipo,tipo cliente,kind,type",
    "about": "chi e,descrizione,note,about,description,notes",
    "since": "cliente dal,dal,since,customer since",
}
CASE = {
    "reference": "codice,codice caso,caso,riferimento,id,id esterno,numero,ticket,reference,case,"
    "case id,ticket id,external id",
    "customer_name": "cliente,nome,nome cliente,nominativo,customer,customer name,name",
    "customer_email": "email,e mail,mail,email cliente,customer email,requester email",
    "customer_phone": "telefono,cellulare,telefono cliente,phone,customer phone",
    "customer_reference": "codice cliente,id cliente,numero cliente,customer id,customer code,"
    "customer reference",
    "subject": "oggetto,titolo,argomento,subject,title",
    "opened_at": "aperto,aperto il,data,data apertura,creato,opened,opened at,created,created at",
    "resolved_at": "risolto,risolto il,chiuso,chiuso il,data chiusura,resolved,resolved at,"
    "closed,closed at,solved at",
    "team": "squadra,gruppo,reparto,team,group",
    "tags": "etichette,etichetta,tag,tags,labels",
    "text": "testo,messaggio,descrizione,richiesta,text,message,description,body",
    "answer": "risposta,soluzione,answer,reply,resolution",
    "messages": "messaggi,conversazione,messages,conversation,comments",
}
CALL = {
    "at": "data,data e ora,data ora,inizio,ora inizio,inizio intervallo,ricevuta il,date,datetime,"
    "start,start time,interval start,timestamp,called at",
    "time": "ora,orario,time,hour",
    "queue": "coda,gruppo,servizio,competenza,reparto,queue,skill,group,line",
    "minutes": "minuti,intervallo,durata intervallo,minuti intervallo,interval,interval minutes,"
    "minutes",
    "external": "id,id chiamata,codice chiamata,numero chiamata,call id,unique id,uniqueid",
    "offered": "offerte,entrate,in ingresso,ricevute,chiamate,chiamate offerte,chiamate entrate,"
    "offered,calls,calls offered,incoming,received",
    "answered": "risposte,gestite,chiamate risposte,chiamate gestite,answered,handled,"
    "calls answered,calls handled",
    "abandoned": "abbandonate,perse,chiamate abbandonate,chiamate perse,abandoned,lost,"
    "calls abandoned,missed",
    "outcome": "esito,stato,disposizione,outcome,result,disposition,status",
    "wait": "attesa,tempo di attesa,secondi di attesa,attesa totale,wait,wait time,wait seconds,"
    "waiting,queue time,total wait,hold time",
    "mean_wait": "attesa media,tempo medio di attesa,tempo medio di risposta,asa,average wait,"
    "average speed of answer,avg wait",
    "talk": "conversazione,durata,durata conversazione,tempo di conversazione,talk,talk time,"
    "duration,talk seconds",
}


class BadRow(Exception):
    """The row is not taken. `args[0]` says why, in words."""


def plain(name: str) -> str:
    """A column's name without case, accents and signs: "Codice_Cliente:" is "codice cliente"."""
    letters = unicodedata.normalize("NFKD", name).casefold()
    spaced = "".join(c if c.isalnum() else " " for c in letters if not unicodedata.combining(c))
    return " ".join(re.sub(r" \d+$", "", spaced.rstrip()).split())


def meanings(names: Iterable[str], known: Mapping[str, str]) -> dict[str, str]:
    """Which of these columns means what. Those that mean nothing to us are left out."""
    return _meanings(tuple(names), tuple(known.items()))


@lru_cache(maxsize=256)
def _meanings(names: tuple[str, ...], known: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Kept: the rows of a file have the same columns, and there are a hundred thousand of them."""
    by_alias = {alias: meaning for meaning, some in known for alias in some.split(",")}
    by_alias |= {plain(meaning): meaning for meaning, _some in known}
    return {name: by_alias[plain(name)] for name in names if plain(name) in by_alias}


class Cells:
    """The cells of one row by what they mean. Raises `BadRow` for what can't be kept."""

    def __init__(self, values: Mapping[str, Any], known: Mapping[str, str]) -> None:
        self._found: dict[str, list[Any]] = {}
        for name, meaning in meanings(values, known).items():
            value = values[name]
            several = value if isinstance(value, list) else [value]
            self._found.setdefault(meaning, []).extend(several)
        if not self._found:
            raise BadRow(words_for("no_columns"))

    def raw(self, meaning: str) -> list[Any]:
        return self._found.get(meaning, [])

    def text(self, meaning: str, *, longest: int) -> str:
        """The first that is not empty, in one line if it is short."""
        found = next((text for text in map(as_text, self.raw(meaning)) if text), "")
        if len(found) > longest:
            said = _("«%(name)s» ha più di %(longest)s caratteri.")
            raise BadRow(said % {"name": meaning, "longest": longest})
        return found

    def several(self, meaning: str) -> list[str]:
        """Every value: cells may hold more than one, with `;` `,` or `|` between them."""
        texts = map(as_text, self.raw(meaning))
        parts = (part.strip() for text in texts for part in SEPARATORS.split(text))
        return list(dict.fromkeys(part for part in parts if part))


def as_text(value: Any) -> str:
    if value is None or isinstance(value, (dict, list)):
        return ""
    text = DEFUSED.sub("", str(value).strip())
    if "\0" in text:
        raise BadRow(words_for("nul"))
    return text.encode("utf-8", "replace").decode()  # half a character of JSON can't be kept


def moment(text: str, *, zone: tzinfo) -> datetime:
    """2026-03-04T12:00, with or without a zone, or 4/3/2026 12:00. Raises `BadRow`."""
    italian = ITALIAN_DAY.fullmatch(text)
    if italian:
        day, month, year, rest = italian.groups()
        text = f"{year}-{month:0>2}-{day:0>2}{rest}"
    text = SHORT_HOUR.sub(" 0", text)
    try:
        found = datetime.fromisoformat(text)
        at = found if found.tzinfo else found.replace(tzinfo=zone)
        return at.astimezone(UTC)
    except (ValueError, OverflowError) as problem:
        said = _("«%s» non è una data: scrivila come 2026-03-04 12:00 o 4/3/2026 12:00.")
        raise BadRow(said % text[:40]) from problem


def day(text: str, *, zone: tzinfo) -> date:
    return moment(text, zone=zone).astimezone(zone).date()
