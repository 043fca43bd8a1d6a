"""Which pages are looked at, by whom, and where they stand in the crowd.

An address may hold {case}, an open case that is another one each time, and {any}, any case;
{since} and {until} are days in which much was said.
"""

from dataclasses import dataclass

QUEUES = ("miei", "squadra", "liberi", "tutti", "rimandati", "risolti")
FILTERS = (
    "squadra={team}&attesa=noi",
    "etichetta=etichetta+03",
    "etichetta=etichetta+03&etichetta=etichetta+04",
    "priorita=urgente&priorita=alta",
    "scaduti=1",
    "canale=PHONE",
    "assegnato=nessuno",
    "dal=2026-01-01&al=2026-01-02",
    "cliente=1",
)
SEARCHES = (
    "fattura",
    "bonifico+portabilità",
    "C-240",
    "pratica+70240",
    "rossi",
    "fattura+squadra:guasti",
    "da:giulia+modem",
    "da:rossi",
    "stato:aperto+chi:io",
    "etichetta:etichetta+stato:risolto",
    "canale:telefono",
    "chi:nessuno+rimborso",
    "dopo:{since}+guasto",
    "dopo:{since}+prima:{until}+fattura",
    "%22tecnico+appuntamento%22",
    "-fattura+modem",
    "squadra:legale",
    "chi:numero7",
)
PALETTE = ("ro", "giu", "rossi+ma", "fattu", "C-240", "c31@example.org", "modem+boll")
SETTINGS = (
    *("persone", "azienda", "canali", "orari", "squadre", "competenze", "etichette", "campi"),
    *("risposte", "testi", "webhook", "chiavi", "accesso", "importa", "sicurezza", "avvisi"),
    *("allarmi", "turni", "chat", "fonti/nuova"),
)
LISTENING = ("fonti/", "monitor/", "monitor/nuovo/", "allarmi/")


@dataclass(frozen=True, slots=True)
class Page:
    name: str
    address: str
    who: str = "elena"  # "elena", an agent; "marta", who leads; "visitor"
    part: bool = False  # asked for as htmx does


def pages(team: int) -> list[Page]:
    return [
        Page("bare page: session and colleague", "/bare/"),
        *(Page(f"inbox, {queue}", f"/casella/{queue}/") for queue in QUEUES),
        *(Page(f"inbox of who leads, {queue}", f"/casella/{queue}/", "marta") for queue in QUEUES),
        *_filtered(team),
        Page("inbox, next page of team", "/casella/squadra/?da={cursor}", part=True),
        Page("case", "/casi/C-{case}/"),
        Page("case of who leads", "/casi/C-{case}/", "marta"),
        Page("case, resolved", "/casi/C-{any}/?coda=risolti"),
        Page("case alone (htmx)", "/casi/C-{case}/", part=True),
        Page("case, what may have changed", "/casi/C-{case}/?vivo=1", part=True),
        Page("case of 260 messages", "/casi/C-20/"),
        Page("case of 260 messages, what was before", "/casi/C-20/?prima={before}", part=True),
        *(Page(f"sheet {one}", "/casi/C-{case}/fogli/" + one + "/", part=True) for one in SHEETS),
        Page("promises", "/promesse/"),
        Page("promises of who leads", "/promesse/", "marta"),
        Page("promises, mine", "/promesse/?di=mie"),
        Page("promises, a team", f"/promesse/?squadra={team}"),
        Page("promises, given words", "/promesse/?tipo=WORD"),
        Page("customers", "/clienti/"),
        Page("customers of who leads", "/clienti/", "marta"),
        *(Page(f"customers, «{one}»", f"/clienti/?q={one}") for one in ("rossi", "c31@example")),
        Page("customer", "/clienti/{customer}/"),
        Page("customer of 220 cases", "/clienti/1/"),
        Page("customer of 220 cases, his voice", "/clienti/1/?voce=ascoltato"),
        Page("customer, changes", "/clienti/1/modifiche/"),
        *(Page(f"search «{one}»", f"/cerca/?q={one}") for one in SEARCHES),
        *(Page(f"search of who leads «{one}»", f"/cerca/?q={one}", "marta") for one in SEARCHES),
        *(Page(f"palette «{one}»", f"/comandi/?q={one}", part=True) for one in PALETTE),
        Page("listening, the stream", "/ascolto/"),
        *(Page(f"listening, {one}", f"/ascolto/{one}", "marta") for one in LISTENING),
        Page("alerts now", "/ascolto/allarmi/adesso/", part=True),
        Page("what waits for him", "/menzioni/"),
        Page("numbers of the navigation", "/conteggi/", part=True),
        Page("numbers of the saved views", "/conteggi/?viste", part=True),
        Page("own settings", "/impostazioni/"),
        Page("macros", "/macro/", part=True),
        Page("quarantine", "/quarantena/"),
        *(Page(f"settings, {one}", f"/impostazioni/{one}/", "marta") for one in SETTINGS),
        Page("settings, a webhook", "/impostazioni/webhook/1/", "marta"),
        Page("register", "/impostazioni/registro/", "marta"),
        Page("register, people", "/impostazioni/registro/?cosa=persone", "marta"),
        Page("customer's page: a matter", "/p/miei/{his}/", "visitor"),
        Page("customer's page: all matters", "/p/miei/", "visitor"),
    ]


SHEETS = ("etichette", "dati", "collega", "unisci", "dividi", "prometti", "rimanda")


def _filtered(team: int) -> list[Page]:
    return [
        Page(f"inbox, {queue}?{one}", f"/casella/{queue}/?{one.format(team=team)}")
        for one in FILTERS
        for queue in ("tutti", "risolti")
    ]
