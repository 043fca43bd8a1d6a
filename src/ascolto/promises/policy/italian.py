"""How Italian names a moment and promises it."""

import re
from datetime import timedelta

from ascolto.promises.policy.moments import LAST_DAY, MIDNIGHT, Day, Hour, Span
from ascolto.promises.policy.noticing import Language

NUMBERS = {
    name: value
    for value, name in enumerate(
        [
            "zero",
            "una",
            "due",
            "tre",
            "quattro",
            "cinque",
            "sei",
            "sette",
            "otto",
            "nove",
            "dieci",
            "undici",
            "dodici",
            "tredici",
            "quattordici",
            "quindici",
            "sedici",
            "diciassette",
            "diciotto",
            "diciannove",
            "venti",
            "ventuno",
            "ventidue",
            "ventitré",
            "ventiquattro",
        ]
    )
} | {
    "un": 1,
    "un'": 1,
    "uno": 1,
    "trenta": 30,
    "quaranta": 40,
    "quarantotto": 48,
    "settantadue": 72,
}
CENTURY = 2000  # of «12/3/26»
WEEKDAYS = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")
MONTHS = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
]
PARTS = {"matt": "morning", "pome": "afternoon", "sera": "evening", "seri": "evening"}

_N = rf"\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}"
_PART = (
    r"(?:\s+(?:(?:di|del|della|in|nel|al|alla)\s+)?(?P<part>mattin[ao]"
    r"|mattinata|pomeriggio|sera|serata)\b)?"
)
_CLOCK = re.compile(
    rf"\b(?:(?:alle|le|delle|ore|h)\s*(?:ore\s+)?|all'|l')(?P<hour>\d{{1,2}}|{'|'.join(NUMBERS)})\b"
    rf"(?:[:.](?P<minute>[0-5]\d)\b|\s+e\s+(?P<more>mezz[ao]|un quarto|tre quarti|[0-5]\d)\b)?"
    rf"(?![:.]?\d|\s*(?:ore|minuti|giorni|volte|euro|€|%|/|rate|fatture|bollette|pratiche|linee"
    rf"|persone|richieste|segnalazioni|settimane|mesi|anni|righe|pagine|schede|offerte)){_PART}"
)
_WRITTEN = re.compile(
    rf"(?<![\d:.,/])(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)(?![\d:.,/]\d|\s*(?:€|euro|%)){_PART}"
)
_NOON = re.compile(r"\b(?P<noon>mezzogiorno|mezzanotte)\b")
_SPAN = re.compile(
    rf"\b(?P<lead>tra|fra|entro|nel giro di)\s+(?:(?:circa|massimo"
    rf"|al massimo|le|i|gli|prossim[ei])\s+)*"
    rf"(?P<count>mezz'|un'|un paio d[i']\s*|tre quarti d'|{_N})\s*(?P<half>mezza\s+)?"
    rf"(?P<unit>or[ae]|minut[oi]|giorn[oi]|settiman[ae])\b(?P<more>\s+e\s+mezz[ao])?"
    rf"(?P<working>\s+lavorativ[oi])?(?:\s+(?:lavorativ[eo]|successiv[ei]))?"
)
_RELATIVE = re.compile(
    r"\b(?P<day>oggi|stasera|stamattina|stamani|stamane|quest[ao]\s+(?:mattina|pomeriggio|sera)"
    r"|(?:in|la)\s+(?:giornata|mattinata|serata)|nel pomeriggio|dopodomani|domattina|domani)\b"
    + _PART
)
_WEEKDAY = re.compile(
    r"\b(?:(?P<early>prossim[oa])\s+)?(?P<day>luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]"
    r"|sabato|domenica)(?!\s+(?:scors|passat|preceden)"
    rf"|\s+(?:il\s+)?\d{{1,2}}(?:\s+(?:{'|'.join(MONTHS)})|/))"
    r"(?P<late>\s+prossim[oa])?(?=\W|$)" + _PART
)
_DATE = re.compile(
    rf"\b(?:il\s+|l')?(?P<day>\d{{1,2}})(?:°|º)?(?:\s+(?P<name>{'|'.join(MONTHS)})(?:\s+(?P<year>\d{{4}}))?"
    r"|\s*/\s*(?P<month>\d{1,2})(?:/(?P<year2>\d{4}|\d{2}))?)\b(?!/)" + _PART
)
_OF_MONTH = re.compile(r"(?<=\bentro )il\s+(?P<day>\d{1,2})\b(?!\s*%|[.,/:]\d)")
_END = re.compile(
    r"\b(?:la\s+)?fine\s+(?:della\s+|del\s+|di\s+)?(?P<what>giornata|mattinata|settimana|mese)\b"
    r"|(?<=\bentro )(?P<whole>la settimana|sera|il mese|domani sera)\b"
)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else NUMBERS[word]


def _part(match: re.Match[str]) -> str:
    said = match.group("part")
    return PARTS[said[:4]] if said else ""


def _clock(match: re.Match[str]) -> Hour | None:
    more = match.groupdict().get("more")
    extra = {"mezza": 30, "mezzo": 30, "un quarto": 15, "tre quarti": 45}
    minute = match.group("minute") or (extra.get(more, more) if more else 0)
    hour = _number(match.group("hour"))
    return Hour(hour, int(minute), _part(match)) if hour <= MIDNIGHT else None  # a day


def _noon(match: re.Match[str]) -> Hour:
    return Hour(12 if match["noon"] == "mezzogiorno" else 24, 0, "")


def _span(match: re.Match[str]) -> Span | None:
    said, unit = match["count"].strip(), match["unit"][:4]
    if said.startswith("un paio"):
        count = 2.0
    else:
        count = {"mezz'": 0.5, "tre quarti d'": 0.75}.get(said) or float(_number(said))
    count += 0.5 if match["more"] else 0
    if unit.startswith("or"):
        # «Entro le 24 ore» is a length; «entro l'ora» is none.
        return Span(timedelta(hours=count))
    if unit == "minu":
        return Span(timedelta(minutes=count))
    days = int(count) * (7 if unit == "sett" else 1)
    return Span(days=days, working=bool(match["working"]))


def _relative(match: re.Match[str]) -> Day:
    said = match["day"]
    offset = {"dopodomani": 2, "domani": 1, "domattina": 1}.get(said, 0)
    part = _part(match)
    for word, name in PARTS.items():
        if not part and word in said and said != "dopodomani":
            part = name
    return Day(offset=offset, part=part)


def _weekday(match: re.Match[str]) -> Day:
    return Day(
        weekday=WEEKDAYS.index(match["day"][:3]),
        next_week=bool(match["early"] or match["late"]),
        part=_part(match),
    )


def _date(match: re.Match[str]) -> Day | None:
    month = MONTHS.index(match["name"]) + 1 if match["name"] else int(match["month"])
    year = match["year"] or match["year2"]
    if not 1 <= int(match["day"]) <= LAST_DAY or not 1 <= month <= len(MONTHS):  # a calendar
        return None
    full = int(year) + (CENTURY if len(year) < len("2026") else 0) if year else None  # «26»
    return Day(day=int(match["day"]), month=month, year=full, part=_part(match))


def _of_month(match: re.Match[str]) -> Day | None:
    day = int(match["day"])
    return Day(day=day) if 1 <= day <= LAST_DAY else None  # a calendar


def _end(match: re.Match[str]) -> Day:
    what = match["what"] or match["whole"].removeprefix("la ").removeprefix("il ")
    if what in {"settimana", "mese"}:
        return Day(end="week" if what == "settimana" else "month")
    return Day(offset=0, part={"mattinata": "morning", "sera": "evening"}.get(what, ""))


_VERBS = (
    (r"(?:ri)?scriv(?:o|iamo|er[òo]|eremo)", "write"),
    (r"(?:ri)?chiam(?:o|iamo|er[òo]|eremo)|(?:le|ti|vi) telefon(?:o|iamo|er[òo]|eremo)", "call"),
    (
        (
            r"(?:ri)?contatt(?:o|iamo|er[òo]|eremo)|sentir[àa]|mi far[òo] (?:vivo|viva|sentire)"
            r"|mi faccio (?:vivo|viva|sentire)|ci sentiamo"
        ),
        "contact",
    ),
    (r"rispond(?:o|iamo|er[òo]|eremo)", "answer"),
    (r"(?:mand|sped|invi)(?:o|iamo|amo|isco|er[òo]|eremo|ir[òo]|iremo)", "send"),
    (
        (
            r"aggiorn(?:o|iamo|er[òo]|eremo)|(?:facc(?:io|iamo)|far(?:[òo]|emo)) sapere"
            r"|(?:do|diamo|dar[òo]|daremo) (?:notizie|un riscontro|riscontro"
            r"|un aggiornamento|una risposta)"
            r"|avr(?:[àa]|ete|ai) (?:notizie|una risposta|un riscontro"
            r"|un aggiornamento|nostre notizie)"
        ),
        "update",
    ),
    (r"torn(?:o|er[òo]|eremo) (?:da|a) \w+", "update"),
    (r"avr(?:[àa]|ete|ai)|ricever(?:[àa]|ete|ai)|consegn(?:o|iamo|er[òo]|eremo)|arriver[àa]", ""),
    (
        (
            r"risolv(?:o|iamo|er[òo]|eremo)|sistem(?:o|iamo|er[òo]|eremo)|ripristin(?:o|iamo|eremo|are)"
            r"|ripar(?:o|iamo|er[òo]|eremo)|attiv(?:o|iamo|er[òo]|eremo)|rimbors(?:iamo|er[òo]|eremo)"
            r"|accredit(?:o|iamo|er[òo]|eremo)|sostitu(?:iamo|ir[òo]|iremo)"
        ),
        "",
    ),
    (
        (
            r"verific(?:o|hiamo|her[òo]|heremo)|controll(?:o|iamo|er[òo]|eremo)"
            r"|conferm(?:o|iamo|er[òo]|eremo)"
        ),
        "",
    ),
    (
        (
            r"(?:il |un |i |dei )?(?:nostr[oi] )?(?:tecnic[oi]|colleg[ah]\w?"
            r"|corriere)\s+(?:\w+\s+)?"
            r"(?:pass(?:a|ano|er[àa])|arriv(?:a|ano|er[àa])|vien[eg]\w*|verr(?:[àa]|anno)|chiam(?:a|er[àa])"
            r"|la chiam\w+)"
        ),
        "",
    ),
    (
        (
            r"(?:sar[àa]|verr[àa]|sono|saranno) (?:\w+ )?(?:ripristinat"
            r"|risolt|riparat|inviat|consegnat"
            r"|sostituit|attivat|spedit|rimborsat|accreditat|pront|richiamat|contattat)\w+"
        ),
        "",
    ),
    (
        r"promett(?:o|iamo)|garanti(?:sco|amo)|mi impegno|ci impegniamo|la linea torn(?:a|er[àa])",
        "",
    ),
    (r"contiamo di|conto di|pensiamo di|sarò da lei|saremo da lei|veniamo|vengo|passiamo", ""),
)
ITALIAN = Language(
    tokens=(
        (_SPAN, _span),
        (_DATE, _date),
        (_END, _end),
        (_CLOCK, _clock),
        (_WRITTEN, _clock),
        (_NOON, _noon),
        (_OF_MONTH, _of_month),
        (_RELATIVE, _relative),
        (_WEEKDAY, _weekday),
    ),
    between=re.compile(
        r"[\s,]*(?:(?:entro|e non oltre|di|del|della|verso|per|a|al|le|massimo)\s+)*"
    ),
    strong=re.compile(
        r"\b(?:entro(?: e non oltre)?|non oltre|al pi[ùu] tardi"
        r"|prima)\s*(?:il|la|lo|le|l'|di|per)?\s*"
        r"(?:(?:luned|marted|mercoled|gioved|venerd)[iì]\s*|(?:sabato|domenica)\s*)?$"
    ),
    wrong=re.compile(
        r"\b(?:d(?:a|al|alle|alla|all')|fino\s+(?:a|al|alle|alla)?|di|del|della|delle|dopo(?:\s+le)?"
        r"|non\s+prima(?:\s+di)?|ogni|tutti\s+i|tutte\s+le|ieri|quell[oa]\s+di)\s*$"
        r"|\bd(?:alle|all'|a)\s*\S{1,12}\s*$"
    ),
    follows=re.compile(
        r"\s*(?:dal\b|dalla\b|dallo\b|dall'|dai\b|dagli\b|dalle\b"
        r"|da quando|di ieri|fa\b|scors|passat"
        r"|preceden|di ritardo|prima\b|dopo\b|di lavoro|di anticipo)"
    ),
    verbs=tuple((re.compile(rf"\b(?:{words})\b"), deed) for words, deed in _VERBS),
    barriers=re.compile(
        r"\b(?:perch[ée]|poich[ée]|che|quando|se|in merito|riguardo|a proposito|siccome|dato|visto"
        r"|mentre|dopo aver|per la|per il|sul|sulla|circa l[ae])\b"
    ),
    blocks=re.compile(
        r"\b(?:dev(?:e|i|ono)|dov(?:r[àa]|rai|ete|rete|rebbe|resti)|pu[òo]|puoi|potr(?:[àa]|ai|ete|ebbe)"
        r"|potete|prego|chied(?:o|iamo)|pagh(?:i|iate|er[àa])|pagare|pagat[oaie]|pagamento|saldare"
        r"|versare|mandi|scriva|risponda|invii|faccia|chiami|richiami|torni|scad(?:e|r[àa]|enza|ut[oa])"
        r"|di solito|di norma|normalmente|in genere|(?:non|n[ée]) (?:le "
        r"|ti |vi |la )?(?:\w+)?(?:riesco"
        r"|riusciamo|posso|possiamo|prometto|garantisco|garantiamo|scrivo|chiamo|risolviamo)|forse"
        r"|magari|potre(?:i|mmo)|vorre(?:i|mmo)|se non|h(?:o|a|anno)\b"
        r"|abbiamo|avete|avev\w+|scors[oa]"
        r"|ieri|stat[oaie]|era|erano|recesso|aperti|aperto|chiusi|chiuso|diceva|se lei|qualora)\b"
    ),
    strong_is_enough=True,
)
