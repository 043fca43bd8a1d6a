"""What waits on the desk of Elena when the visitor sits down at it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ascolto.config.demo import cast
from ascolto.config.demo.acting import Matter
from ascolto.config.demo.cast import Person
from ascolto.config.demo.house import House
from ascolto.config.demo.letters import Enclosed, pdf, picture
from ascolto.config.demo.newsletter import NEWSLETTER, NEWSLETTER_WORDS
from ascolto.config.demo.stage import Beat, Scene

ELENA, MARCO, SARA, MARTA = "Elena Sala", "Marco Vitali", "Sara Conti", "Marta Riva"


class Desk:
    """Says when things were, in minutes before the visitor came."""

    def __init__(self, house: House, now: datetime) -> None:
        self.house, self.now = house, now

    def ago(self, minutes: float) -> datetime:
        return self.now - timedelta(minutes=minutes)

    def matter(self, key: str, person: Person, subject: str, mailbox: str = "assistenza") -> Matter:
        return Matter(f"alba-{key}", person, subject, self.house.channels[mailbox])


def inbox(house: House, *, now: datetime) -> Iterator[Scene]:
    """The open matters, the nearest clock first."""
    desk = Desk(house, now)
    yield _condominium(desk)
    yield _giulia(desk)
    yield _bianchi(desk)
    yield _paolo(desk)
    yield _luca(desk)
    yield _hartley(desk)
    yield _anna(desk)
    yield _gobetti(desk)
    yield _silvia(desk)
    yield _ivan(desk)
    yield _newsletter(desk)


def _giulia(desk: Desk) -> Scene:
    return Scene(
        desk.matter("giulia", cast.GIULIA, "Fibra giù da ieri sera, studio fermo"),
        (
            Beat(
                desk.ago(226),
                "says",
                "Buonasera,\nda stasera alle 22 la fibra non funziona. È la terza volta in un "
                "mese. "
                "Domani alle 11 ho una consegna di progetto con il Comune e lavoro da casa. Ho già "
                "riavviato tutto due volte.\n\nGiulia Ferraris\nArchitetta, via Cibrario 41, Torino"
                "\n011 555 4471",
                files=(Enclosed("modem-spia-rossa.png", "image/png", picture(176, 58, 46)),),
            ),
            Beat(desk.ago(190), "takes", by=ELENA),
            Beat(
                desk.ago(41),
                "says",
                "Vi ho scritto a mezzanotte e non ho ancora sentito nessuno. Studio fermo e "
                "consegna alle 11. C’è qualcuno?",
            ),
            Beat(
                desk.ago(12),
                "notes",
                "Guasto sull’armadio TO-114, 38 clienti. Ripristino stimato entro un’ora e un "
                "quarto. "
                "Davide è sul posto. Possiamo darle 50 GB sul cellulare.",
                by=MARCO,
            ),
            Beat(
                desk.ago(6),
                "drafts",
                "Giulia, il guasto è nell’armadio della sua via, non in casa sua. Il tecnico è sul "
                "posto e contiamo di ripristinare",
                by=ELENA,
            ),
        ),
    )


def _bianchi(desk: Desk) -> Scene:
    proof = pdf("Contabile di bonifico", ["Importo 318,40 euro", "Beneficiario Alba S.p.A."])
    return Scene(
        desk.matter("bianchi", cast.BIANCHI, "Terza contabile inviata, linea a rischio"),
        (
            Beat(
                desk.ago(208),
                "says",
                "Buongiorno,\nè la terza volta che mandiamo la contabile della fattura 2026/8841, "
                "318,40 euro, pagata il 29 ottobre. Ieri ci è arrivato un altro sollecito con la "
                "minaccia di sospendere la linea. La fattura a noi non era mai arrivata.\n\n"
                "Studio Bianchi, commercialisti",
                files=(
                    Enclosed("contabile-2026-8841.pdf", "application/pdf", proof),
                    Enclosed("sollecito-fotografato.png", "image/png", picture(120, 116, 104)),
                ),
            ),
            Beat(desk.ago(170), "takes", by=ELENA),
            Beat(desk.ago(150), "asks_help", by=ELENA, person="Tommaso Serra"),
            Beat(
                desk.ago(88),
                "notes",
                "La fattura è tornata indietro: casella piena. Il pagamento c’è, CRO leggibile. "
                "Tommaso controlla l’incasso in banca.",
                by=ELENA,
            ),
        ),
    )


def _paolo(desk: Desk) -> Scene:
    return Scene(
        desk.matter("paolo", cast.PAOLO, "Tre settimane per un trasloco di linea"),
        (
            Beat(
                desk.ago(195),
                "says",
                "Salve,\nho letto la vostra promozione «linea attiva in 48 ore». Io aspetto il "
                "trasloco da tre settimane. Il numero della pratica è TR-5512 e nessuno sa dirmi "
                "una data.\n\nPaolo Rinaldi",
            ),
        ),
    )


def _luca(desk: Desk) -> Scene:
    return Scene(
        desk.matter("luca", cast.LUCA, "Telefono in riparazione: aggiornamento?"),
        (
            Beat(
                desk.ago(60 * 24 * 9),
                "says",
                "Buongiorno,\nil mio telefono è da voi in riparazione da ieri (R-2291). Mi dite "
                "quando torna? Ci lavoro.\n\nLuca Moretti",
            ),
            Beat(desk.ago(60 * 24 * 9 - 35), "takes", by=ELENA),
            Beat(
                desk.ago(60 * 24 * 9 - 62),
                "answers",
                "Buongiorno Luca,\n\nil telefono è partito stamattina per il produttore. Di solito "
                "torna in sette giorni lavorativi. Le ho prenotato un telefono sostitutivo: lo "
                "trova in negozio a suo nome.",
                by=ELENA,
            ),
            Beat(desk.ago(60 * 24 * 8.7), "says", "Grazie, il sostitutivo va bene."),
            Beat(
                desk.ago(60 * 24 * 8.6),
                "answers",
                "Bene. Le scrivo io appena il produttore risponde.",
                by=ELENA,
            ),
            Beat(
                desk.ago(290),
                "says",
                "Sono passati nove giorni e non ho saputo nulla. Il produttore che cosa dice?",
            ),
        ),
    )


def _anna(desk: Desk) -> Scene:
    return Scene(
        desk.matter("anna", cast.ANNA, "Cambio intestatario dopo lutto"),
        (
            Beat(
                desk.ago(60 * 27),
                "says",
                "Buongiorno,\nmio marito è mancato a ottobre. La linea è a suo nome e vorrei "
                "tenerla, con lo stesso numero. Non so quali carte servano.\n\nAnna Colombo",
            ),
            Beat(desk.ago(60 * 26), "takes", by=ELENA),
            Beat(
                desk.ago(60 * 25.8),
                "answers",
                "Gentile signora Colombo,\n\nmi dispiace per suo marito. Il numero resta suo e non "
                "paga nulla. Basta il suo documento: il certificato lo chiediamo noi al Comune. "
                "Finché non è tutto a posto la linea rimane accesa com’è.",
                by=ELENA,
            ),
            Beat(
                desk.ago(178),
                "says",
                "La ringrazio. Le allego la carta d’identità. Va bene anche per il contratto di "
                "mia figlia, che è allo stesso indirizzo?",
                files=(Enclosed("carta-identita.png", "image/png", picture(96, 122, 140)),),
            ),
        ),
    )


def _gobetti(desk: Desk) -> Scene:
    return Scene(
        desk.matter("gobetti", cast.GOBETTI, "Seconda linea per la biglietteria"),
        (
            Beat(
                desk.ago(60 * 30),
                "says",
                "Buongiorno,\ndal 3 dicembre apriamo una seconda biglietteria e ci serve una linea "
                "in più, con lo stesso centralino. Chi può fare un sopralluogo?\n\nTeatro Gobetti",
            ),
            Beat(
                desk.ago(60 * 29),
                "answers",
                "Buongiorno,\n\nil sopralluogo lo fa Davide Greco. Vi va bene giovedì dopo le 15, "
                "quando la sala è chiusa?",
                by=MARCO,
            ),
            Beat(desk.ago(55), "says", "Giovedì dopo le 15 va bene. Chiedere di Ornella."),
        ),
    )


def _silvia(desk: Desk) -> Scene:
    return Scene(
        desk.matter("silvia", cast.SILVIA, "Attendo la conferma del tecnico"),
        (
            Beat(
                desk.ago(60 * 31),
                "says",
                "Salve, il tecnico doveva confermare l’uscita per la borchia. Ancora niente.\n"
                "Silvia Negri",
            ),
            Beat(
                desk.ago(60 * 30.5),
                "answers",
                "Buongiorno Silvia,\n\nl’uscita è fissata giovedì alle 9. Davide la chiama quando "
                "parte. Se le serve un altro orario, mi risponda qui.",
                by=ELENA,
            ),
        ),
    )


def _condominium(desk: Desk) -> Scene:
    return Scene(
        desk.matter("condominio", cast.PO, "Ascensore: la linea d’emergenza non va"),
        (
            Beat(
                desk.ago(262),
                "says",
                "Buongiorno,\nla linea del combinatore dell’ascensore è muta da stamattina. Senza, "
                "l’ascensore deve restare fermo e al quinto piano abita una signora in "
                "carrozzina.\n\nL’amministratore",
            ),
        ),
    )


def _hartley(desk: Desk) -> Scene:
    return Scene(
        desk.matter("hartley", cast.HARTLEY, "Is the outage in via Cibrario known?"),
        (
            Beat(
                desk.ago(36),
                "says",
                "Good morning,\nmy fibre is down as well, I live in via Cibrario 47. Is it the "
                "same "
                "fault as my neighbour’s? I have a deadline this afternoon.\n\nKind regards,\n"
                "Emma Hartley",
            ),
        ),
    )


def _ivan(desk: Desk) -> Scene:
    return Scene(
        desk.matter("ivan", cast.IVAN, "Quando arriva il modem nuovo?"),
        (
            Beat(
                desk.ago(60 * 9),
                "says",
                "Buonasera, il modem nuovo doveva arrivare martedì. Sapete dov’è?\nIvan Basile",
            ),
            Beat(
                desk.ago(60 * 8),
                "answers",
                "Buonasera Ivan,\n\nil corriere lo consegna domani mattina. Le allego il codice "
                "per "
                "seguirlo: AL-77120.",
                by=SARA,
            ),
            Beat(desk.ago(60 * 7.9), "comes_back"),
        ),
    )


def _newsletter(desk: Desk) -> Scene:
    return Scene(
        desk.matter(
            "offerta", cast.Person("Ufficio Più", "vendite@ufficiopiu.example", firm=True),
            "La vostra stampante merita di meglio",
        ),
        (Beat(desk.ago(128), "says", NEWSLETTER_WORDS, html=NEWSLETTER),),
    )  # fmt: skip
