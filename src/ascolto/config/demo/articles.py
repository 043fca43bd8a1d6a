"""What Alba has written once: nine articles, one of them suggested anew, one due for review."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from ascolto.administration.services import articles as deeds
from ascolto.administration.services.articles import Place, Words
from ascolto.config.demo.house import House
from ascolto.knowledge.models import Article
from ascolto.knowledge.services import judge


@dataclass(frozen=True, slots=True)
class Written:
    title: str
    topic: str
    owner: str
    body: str
    days: int  # since it was published
    yes: int = 0
    no: int = 0
    audience: str = "PUBLIC"
    language: str = "it"
    review: int = 120  # days from now; below zero it is late
    tags: tuple[str, ...] = ()


ROUTER = """Prima di chiamarci, tre minuti bastano quasi sempre.

1. Stacchi la spina del modem e aspetti **un minuto intero**.
2. Controlli che il cavo della fibra (quello sottile, di solito bianco) sia infilato fino al clic.
3. Riattacchi la spina e aspetti **quattro minuti**: la luce passa da rossa a verde.

## Se resta rossa

La linea è ferma prima di casa sua. Ci scriva con il suo indirizzo: guardiamo la centrale e le \
diciamo entro quando torna. Non deve ripetere queste prove con noi.
"""
BILL = """La bolletta arriva **entro il 10 del mese**, per e-mail o nella sua pagina.

- Guardi nella posta indesiderata: il mittente è fatture@alba.example.
- Se ha cambiato indirizzo, lo corregga nella sua pagina: la mandiamo di nuovo in giornata.

## Se non è mai arrivata

Ce lo scriva. Finché non possiamo provare di averla consegnata **non parte nessun sollecito**, e \
la scadenza si sposta.
"""
PAID = """Capita: il bonifico impiega fino a due giorni lavorativi e il sollecito era già partito.

1. Ci mandi la ricevuta: va bene anche una foto, se si leggono importo, data e numero.
2. Le rispondiamo con un numero di ricevuta, e i solleciti si fermano in quel momento.
3. Appena la banca conferma, la pratica si chiude da sola.

Se la linea era già sospesa, torna entro **due ore** dalla ricevuta leggibile.
"""
VISIT = """| Che cosa | Quanto dura |
|---|---|
| Guasto in casa | da 30 a 60 minuti |
| Attivazione nuova | circa due ore |

Il tecnico chiama mezz’ora prima. Serve qualcuno di maggiorenne, e che si possa arrivare al quadro.

Per spostare l’appuntamento basta rispondere al messaggio che lo conferma, **fino alla sera prima**.
"""
MOVE = """Il trasloco della linea costa 29 euro e si chiede **almeno 15 giorni prima**.

1. Ci scriva il nuovo indirizzo, scala e interno.
2. Le diciamo entro due giorni se la fibra arriva, e quale velocità.
3. Scegliamo insieme il giorno: la vecchia linea resta accesa fino alla nuova.

Se la fibra non arriva può disdire **senza costi**.
"""
LEAVE = """Può disdire quando vuole, con 30 giorni di preavviso.

- Ci scriva da un indirizzo che conosciamo, con il numero della linea.
- Il modem si restituisce entro 30 giorni: l’etichetta per spedirlo è gratuita.
- Ci sono costi solo se la promozione lo diceva, e li trova nella prima pagina del contratto.

> Se se ne va per un problema che non abbiamo risolto, ce lo dica: prima proviamo a risolverlo.
"""
EVENING = """Fra le 20 e le 23 la stessa linea serve più persone. Un calo fino a un terzo è \
normale; di più, no.

1. Provi con un cavo: se va, il limite è il Wi-Fi.
2. Sposti il modem lontano da mobili chiusi e dal forno a microonde.
3. Rifaccia la prova alle 7 del mattino e ci mandi i due numeri.
"""
GESTURES = """Solo per noi. Quando l’errore è nostro:

- fino a **10 euro**: lo decide chi risponde;
- fino a **30 euro**: il responsabile di turno;
- oltre: Marta Riva, con il caso davanti.

Si scrive sempre perché, e al cliente si dice per che cosa, mai «per il disagio».
"""
RED_LIGHT = """Three minutes are nearly always enough.

1. Unplug the router and wait **one full minute**.
2. Check that the thin fibre cable clicks into place.
3. Plug it in and wait **four minutes** for the light to turn green.

Still red? Write to us with your address: we look at the exchange and tell you when it is back.
"""
WRITTEN = [
    Written("Il modem ha la luce rossa", "connectivity", "Nadia Bassi", ROUTER, 160, 84, 9,
            tags=("fibra", "modem")),
    Written("Non ho ricevuto la bolletta", "billing", "Chiara Lombardi", BILL, 140, 41, 6),
    Written("Ho già pagato, ma è arrivato un sollecito", "billing", "Chiara Lombardi", PAID, 96,
            37, 3, tags=("sollecito",)),
    Written("Quando viene il tecnico", "delivery_repair", "Davide Greco", VISIT, 75, 29, 4,
            review=20, tags=("appuntamento",)),
    Written("Traslocare la linea", "contract", "Marco Vitali", MOVE, 120, 12, 2),
    Written("Disdire il contratto", "contract", "Marco Vitali", LEAVE, 210, 18, 11, review=-9),
    Written("Internet è lento la sera", "connectivity", "Davide Greco", EVENING, 60, 22, 13),
    Written("Quanto possiamo restituire", "billing", "Marta Riva", GESTURES, 200,
            audience="INTERNAL"),
]  # fmt: skip


def write_articles(house: House, *, now: datetime) -> None:
    """Written and published by the real services, at the times of the story."""
    marta = house.colleagues["Marta Riva"]
    made = [_published(house, one, now=now) for one in WRITTEN]
    english = Written("The router light is red", "connectivity", "Nadia Bassi", RED_LIGHT, 90, 7, 1,
                      language="en")  # fmt: skip
    _published(house, english, now=now, of=made[0])
    suggestion = Words(
        "Internet è lento la sera",
        EVENING + "4. Se usa il Wi-Fi, scelga la rete che finisce con «5G».\n",
        note="lo chiedono in tanti, e spesso basta questo",
    )
    sara = house.colleagues["Sara Conti"]
    deeds.write_version(made[6], suggestion, by=sara, now=now - timedelta(hours=20))
    begun = Words("Collegare il telefono di casa al modem", "Serve la presa **Tel 1**…")
    place = Place(topic="connectivity", owner=house.colleagues["Nadia Bassi"])
    deeds.begin_article(begun, place, by=marta, now=now - timedelta(hours=5))


def _published(house: House, one: Written, *, now: datetime, of: Article | None = None) -> Article:
    marta, then = house.colleagues["Marta Riva"], now - timedelta(days=one.days)
    owner = house.colleagues[one.owner]
    place = Place(
        topic=one.topic,
        tags=one.tags,
        owner=owner,
        review_on=(now + timedelta(days=one.review)).date(),
        translation_of=of,
    )
    words = Words(one.title, one.body, one.language)
    article = deeds.begin_article(words, place, by=owner, now=then - timedelta(days=2))
    article = deeds.publish(article, audience=one.audience, by=marta, now=then)
    for click in range(one.yes + one.no):
        said = then + (now - then) * (click + 1) / (one.yes + one.no + 2)
        judge(
            article, useful=click % (one.yes + one.no) < one.yes, mark=f"storia-{click}", now=said
        )
    return article
