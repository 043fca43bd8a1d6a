"""What each figure means: its formula, its unit, and what the trade calls it. The one place."""

from dataclasses import dataclass

from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Definition:
    """`unit`: "seconds", "share" or "cases". `rises`: whether more of it is better; None: neither.

    `trade` is the field's own name for it, in English.
    """

    key: str
    title: Words | str
    unit: str
    formula: Words | str
    trade: str
    rises: bool | None = None


_ALL = (
    Definition(
        "first_answer",
        _("Prima risposta"),
        "seconds",
        _(
            "Dalle prime parole del cliente in un caso alla prima risposta di una persona, partita"
            " o detta al telefono. Le ricevute automatiche non contano. Sono i casi aperti nel"
            " periodo che hanno già avuto risposta: quanti aspettano ancora è scritto accanto."
        ),
        "first response time (FRT)",
        rises=False,
    ),
    Definition(
        "next_answer",
        _("Risposte seguenti"),
        "seconds",
        _(
            "Ogni volta che il cliente scrive di nuovo dopo una nostra risposta: da lì alla nostra"
            " risposta seguente. Se scrive più volte mentre aspetta, conta la prima. I semplici"
            " grazie non chiedono risposta."
        ),
        "next reply time",
        rises=False,
    ),
    Definition(
        "resolution",
        _("Soluzione"),
        "seconds",
        _(
            "Dall’apertura del caso alla sua ultima soluzione, tutto compreso: anche il tempo in"
            " cui aspettavamo il cliente."
        ),
        "time to resolution (TTR), gross",
        rises=False,
    ),
    Definition(
        "kept_promises",
        _("Promesse mantenute"),
        "share",
        _(
            "Orologi finiti in tempo, diviso orologi finiti in tempo più orologi scaduti. Sono"
            " prima risposta, risposte seguenti, notizie, soluzione e parole date, dei casi aperti"
            " nel periodo. Quelli sciolti con un motivo non contano."
        ),
        "commitments kept",
        rises=True,
    ),
    Definition(
        "first_contact",
        _("Risolti al primo contatto"),
        "share",
        _(
            "Casi risolti in cui il cliente ha chiesto una volta sola, mai passati ad altra"
            " squadra, non riaperti, e senza un caso nuovo suo sullo stesso argomento nei 7 giorni"
            " dopo, diviso casi risolti. Per questo un caso conta solo 9 giorni dopo la soluzione."
        ),
        "first contact resolution (FCR), 7 days",
        rises=True,
    ),
    Definition(
        "in_standard",
        _("Risolti nello standard"),
        "share",
        _(
            "Casi la cui soluzione è arrivata entro il tempo della squadra, diviso casi il cui"
            " orologio della soluzione è finito, in tempo o no. Le squadre senza questo orologio"
            " non contano."
        ),
        "resolution within SLA",
        rises=True,
    ),
    Definition(
        "complete",
        _("Risposte complete"),
        "share",
        _(
            "Casi in cui dopo la nostra risposta il cliente non ha dovuto chiedere ancora, e anche"
            " i casi collegati suoi hanno avuto risposta, diviso casi con una risposta."
        ),
        "completeness",
        rises=True,
    ),
    Definition(
        "satisfied",
        _("Clienti aiutati"),
        "share",
        _(
            "Giudizi «mi ha aiutato», diviso tutti i giudizi; uno per caso, l’ultimo. Accanto:"
            " quanti potevano giudicare e quanti l’hanno fatto. Sotto i 10 giudizi non si dice"
            " niente."
        ),
        "customer satisfaction (CSAT), best of 3",
        rises=True,
    ),
    Definition(
        "easy",
        _("È stato facile"),
        "share",
        _(
            "Risposte da 5 a 7 alla domanda «Quanto è stato facile risolvere con noi?» (1 per"
            " niente, 7 facilissimo), diviso tutte le risposte; una per caso, l’ultima. È chiesto"
            " nella pagina del cliente quando il caso è risolto. Sotto le 10 risposte non si dice"
            " niente."
        ),
        "customer effort score (CES), 5 to 7 of 7",
        rises=True,
    ),
    Definition(
        "late_first_answer",
        _("Attesa lunga"),
        "share",
        _("Casi in cui l’orologio della prima risposta è scaduto, diviso casi aperti."),
        "first response SLA breached",
        rises=False,
    ),
    Definition(
        "incomplete",
        _("Risposta incompleta"),
        "share",
        _(
            "Casi in cui dopo la nostra risposta il cliente ha dovuto chiedere ancora, o un caso"
            " collegato suo non ha avuto risposta, diviso casi con una risposta."
        ),
        "incomplete answer",
        rises=False,
    ),
    Definition(
        "repeated",
        _("Ha dovuto ripetersi"),
        "share",
        _(
            "Casi in cui il cliente ha scritto di nuovo, oltre un’ora dopo le sue parole, mentre"
            " aspettava ancora una risposta, diviso casi aperti."
        ),
        "repeated contact while waiting",
        rises=False,
    ),
    Definition(
        "handed_over",
        _("Competenza sbagliata"),
        "share",
        _(
            "Casi passati almeno una volta a un’altra squadra, diviso casi aperti. Accanto, quelli"
            " passati due e tre volte o più."
        ),
        "reassignments (wrong competence)",
        rises=False,
    ),
    Definition(
        "out_of_standard",
        _("Oltre lo standard"),
        "share",
        _("Casi il cui orologio della soluzione è scaduto, diviso quelli in cui è finito."),
        "resolution SLA breached",
        rises=False,
    ),
    Definition(
        "reopened",
        _("Riaperti"),
        "share",
        _("Casi riaperti dopo una soluzione, diviso casi risolti almeno una volta."),
        "reopen rate",
        rises=False,
    ),
    Definition(
        "backlog",
        _("Arretrato"),
        "cases",
        _("Casi aperti adesso, per giorni passati dall’apertura. Non dipende dal periodo."),
        "backlog ageing",
        rises=False,
    ),
    Definition(
        "broken_clocks",
        _("Orologi scaduti, e perché"),
        "cases",
        _(
            "Casi in cui è scaduto almeno un orologio di quel genere. Il perché: il caso ha"
            " cambiato squadra mentre l’orologio correva; o nessuno l’aveva preso prima della"
            " scadenza; o qualcuno l’aveva. Un caso può contare in più righe."
        ),
        "SLA breaches by cause",
        rises=False,
    ),
    Definition(
        "public",
        _("Che cosa li spinge in pubblico"),
        "cases",
        _(
            "Richieste di aiuto in pubblico il cui autore, riconosciuto, aveva aperto con noi un"
            " caso nei 60 giorni prima: com’era quel caso nel momento in cui ha scritto. Vale il"
            " primo che è vero: senza risposta, orologio scaduto, passato due volte di squadra,"
            " risolto da meno di 30 giorni, ancora aperto."
        ),
        "channel escalation by prior failure",
        rises=False,
    ),
    Definition(
        "phone",
        _("Al telefono"),
        "share",
        _(
            "Telefonate importate dal centralino. Risposte e abbandonate, diviso telefonate"
            " entrate in coda. L’attesa è quella di chi ha avuto risposta: metà e 9 su 10 se il"
            " file dice le telefonate una per una, altrimenti soltanto la media (ASA)."
        ),
        "answered, abandoned, average speed of answer (ASA)",
    ),
    Definition(
        "load",
        _("Chi regge il peso"),
        "cases",
        _(
            "Casi aperti di ciascuno, adesso, e il limite che ha. Messaggi ostili: quelli letti"
            " come arrabbiati negli ultimi 7 giorni, nei casi e nelle voci che erano suoi; quelli"
            " piegati perché offensivi contano per chi li ha aperti. In"
            " ordine di nome: non è una classifica."
        ),
        "workload and exposure",
    ),
)
DEFINITIONS = {one.key: one for one in _ALL}
