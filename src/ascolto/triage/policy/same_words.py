"""Words of care that mean the same, in Italian and English, and those that mean nothing. Pure.

A post has ten words and a mail a hundred; one says "fibra giù" and the other "internet non va".
Beginnings of words are compared, so that "pagato" and "pagamento" meet.
"""

import re

# "Internet non va", "the app is not working": said in words that mean nothing one by one.
NOT_GOING = re.compile(
    r"\bnon (?:mi |ci |e |sta )?(?:va|vanno|andando|partono|parte|prende)\b"
    r"|\b(?:not|nt|n t|doesn t|isn t|won t|never) (?:work|working|works|load|start)\b"
)

STOP = frozenset(  # a list of words is read as words
    """
a ad al alla alle allo agli ai anche ancora avere aver aveva avevo avete avuto abbia abbiamo anno
ben bene buon buona buone buongiorno buonasera buono c caro cara cari che chi ci ciao co coi col
come con cortese cortesemente cosa così cui da dai dal dalla dalle dagli dallo davvero degli dei
del della delle dello dentro di dopo dove due e ecco ed era ero essere fa fare fatto fra già gli
grazie ha hai hanno ho i il in io la le lei li lo loro ma me mi mia mie miei mio molto ne nel nella
nelle nei negli no noi nostro o oggi ogni ora per perché pero però piu più poi possibile possiamo
posso potete potreste prego presente proprio qualche quale quando quanto quella quelle quelli quello
questa queste questi questo qui sa salve saluti se sei sempre senza si sia siamo siete solo sono sta
stata stati stato stesso su sua sue sui sul sulla sulle suo suoi ti tra tu tua tue tuo tuoi tutta
tutte tutti tutto un una uno va vi voi vorrei vostra vostre vostri vostro gentile spett spettabile
ieri domani stamattina stasera mattina sera volta volte giorni giorno settimana settimane mesi mese
qualcuno nessuno niente nulla ok re fwd aiuto help please hi hello dear hey thanks thank you
about after again all also am an and any are as at be been before but by can could did do does
doing for from get got had has have having he her here him his how i if im in is it its ive
just let like me mine more my no not now of on one only or our out please so some still than that
the their them then there they this to today tomorrow too until up us very was we were what when
where which who why will with would yesterday you your yours since day days week weeks month months
anyone someone nobody nothing regards best morning evening keep tonight non nella
""".split()  # noqa: SIM905 # three hundred quotation marks would hide the words
)

# A matter by the beginnings of its words. What matters is the group, not the word.
MATTERS: dict[str, tuple[str, ...]] = {
    "connection": (
        "fibra", "internet", "adsl", "linea", "conness", "connett", "connect", "rete", "wifi",
        "wi-fi", "modem", "router", "segnal", "signal", "network", "fiber", "fibre", "broadband",
        "line", "ftth", "vdsl", "naviga",
    ),
    "broken": (
        "funzion", "guast", "rott", "giu", "cadut", "cade", "interrott", "ferm", "mort",
        "isolat", "blocc", "down", "broken", "outage", "work", "dead", "offline", "cut", "stop",
        "interrupt", "assent", "fault", "problem", "disservizi", "spent",
    ),
    "slow": ("lent", "slow", "lag", "veloc", "speed"),
    "invoice": ("fattur", "bollett", "invoic", "bill", "cont", "charg", "addebit"),
    "refund": ("rimbors", "refund", "reso", "restitu", "indietro", "return", "money", "sold"),
    "delivery": (
        "consegn", "spedi", "pacc", "corrier", "arriv", "deliver", "parcel", "packag", "shipment",
        "shipp", "ship", "courier", "ordin", "order", "tracking",
    ),
    "password": ("password", "pass", "access", "login", "log", "accoun", "entrar", "autentic"),
    "cancel": ("disdett", "disdir", "recess", "cancell", "cancel", "annull", "terminat", "chiuder"),
    "appointment": ("appuntament", "appointment", "tecnic", "technician", "visita", "visit",
                    "engineer", "sopralluogo"),
    "payment": ("pagament", "paga", "pay", "paid", "payment", "bonific", "carta", "card"),
}  # fmt: skip
ROOT = 5  # letters by which two words are compared


def matter_of(word: str) -> str:
    """The matter a folded word belongs to, or else its beginning."""
    for name, roots in MATTERS.items():
        if any(word.startswith(root) and len(word) <= len(root) + 6 for root in roots):
            return name
    return word[:ROOT]
