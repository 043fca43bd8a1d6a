"""Moves, endings, appointments, journeys, and matters in English."""

from ascolto.config.demo.plot import Plot

MOVES = (
    Plot(
        ("Trasloco della linea", "Cambio casa a fine mese"),
        (
            "a fine mese mi trasferisco in {via}. Vorrei portare linea e numero. Quanto ci vuole?",
            "cambio casa. C’è la fibra in {via}? Non vorrei restare senza per settimane.",
        ),
        (
            (
                "in {via} la fibra c’è. Se mi dice il giorno, fissiamo il tecnico per quello "
                "stesso "
                "giorno: la vecchia linea resta accesa finché la nuova non funziona."
            ),
            (
                "si può fare in dieci giorni e il numero resta suo. Mi mandi il nome sul "
                "citofono e "
                "un telefono per il tecnico."
            ),
        ),
        asks_again="Il 28 andrebbe bene, di mattina. Sul citofono c’è il mio cognome.",
        second_answer="Prenotato il 28 fra le 8 e le 10. Il tecnico la chiama quando parte.",
        handed_to="Tecnici",
        reason="Fissare l’appuntamento e verificare la borchia",
        share=3,
    ),
    Plot(
        ("Disdetta", "Vorrei chiudere il contratto"),
        (
            "vorrei disdire la linea di {via}: la casa è stata venduta.",
            "chiudo lo studio e non mi serve più la linea. Che cosa devo mandare?",
        ),
        (
            (
                "basta questa e-mail: la linea si chiude il 30 e non paga altro. Il modem lo "
                "ritira "
                "il corriere, le scrivo il giorno."
            ),
            (
                "ho registrato la disdetta con la data di oggi. Le resta da restituire il modem: "
                "etichetta prepagata nella sua pagina."
            ),
        ),
        thanked=False,
        share=3,
    ),
    Plot(
        ("Voltura", "Intestare la linea a mia moglie"),
        (
            "vorrei intestare la linea a mia moglie, stesso indirizzo. Che documenti servono?",
            "la linea è ancora del vecchio inquilino. Posso prenderla io?",
        ),
        (
            (
                "servono i due documenti e una firma: si fa dalla sua pagina, senza spese. Il "
                "numero "
                "non cambia."
            ),
            (
                "sì, con il consenso del vecchio intestatario. Gli scriviamo noi: a lei basta un "
                "documento."
            ),
        ),
        share=2,
    ),
    Plot(
        ("Sollecito per un appuntamento saltato", "Il tecnico non è venuto"),
        (
            (
                "oggi ho preso un permesso per aspettare il tecnico fra le 9 e le 11. Non è "
                "venuto e "
                "nessuno ha chiamato."
            ),
            "secondo appuntamento saltato in una settimana. Così non va.",
        ),
        (
            (
                "ha ragione, e mi scuso: l’uscita era stata spostata senza avvisarla. Domani "
                "alle 9 è "
                "il primo della giornata, e le accreditiamo 20 euro."
            ),
            (
                "l’errore è nostro: due appuntamenti sullo stesso tecnico. Viene domani alle 8:30, "
                "gliel’ho assegnato io a nome."
            ),
        ),
        handed_to="Tecnici",
        reason="Riprogrammare come primo giro, secondo appuntamento saltato",
        note="Chiamato il capoturno: conferma il primo giro di domani.",
        share=3,
    ),
    Plot(
        ("Roaming in Svizzera", "Costi del telefono all’estero"),
        (
            "domani vado a Losanna per lavoro. Il mio piano copre la Svizzera?",
            "mi avete addebitato {euro} euro per due giorni in Svizzera. Nessuno mi ha avvisato.",
        ),
        (
            (
                "la Svizzera non è nell’Unione e il suo piano la copre per 2 giga. Le ho messo un "
                "avviso quando arriva a metà."
            ),
            (
                "l’avviso doveva arrivarle al confine e non è partito. Le restituisco la somma e "
                "ho "
                "messo un tetto di 10 euro."
            ),
        ),
        share=2,
    ),
)

ENGLISH = (
    Plot(
        ("No internet since yesterday", "Connection drops"),
        (
            (
                "Hello, the connection at {via} has been down since yesterday evening. The red "
                "light "
                "on the modem is on. Could you have a look?"
            ),
            "Hi, my line drops every evening around nine. I work from home, so it is a problem.",
        ),
        (
            (
                "there is a fault in the street cabinet, not in your flat. The technician is there "
                "now. I will write to you by four o’clock, working or not."
            ),
            (
                "your line was losing signal in the evening. I changed its profile and the errors "
                "are gone. Please try it tonight and tell me."
            ),
        ),
        language="en",
        share=2,
    ),
    Plot(
        ("Invoice in English?", "Question about invoice {numero}"),
        (
            "Hello, could I have my invoice {numero} with a short explanation in English?",
            "Hello, invoice {numero} shows {euro} euros more than last month. What is it for?",
        ),
        (
            (
                "of course: I attach it, with each line explained. From next month you will get it "
                "in English by itself."
            ),
            (
                "it is the last month of the old modem rental, charged by mistake. You will have "
                "it "
                "back on the next invoice."
            ),
        ),
        language="en",
        mailbox="fatture",
        document="Invoice",
        share=2,
    ),
)
