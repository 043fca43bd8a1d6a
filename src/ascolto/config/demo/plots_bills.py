"""What was billed, paid twice or never received, and what was complained about."""

from ascolto.config.demo.plot import Plot

BILLS = (
    Plot(
        ("Fattura {numero} più alta del solito", "Non capisco la fattura {numero}"),
        (
            "questo mese la fattura {numero} è di {euro} euro invece di 29,90. Perché?",
            "trovo una voce «servizi aggiuntivi» nella fattura {numero} che non ho mai chiesto.",
        ),
        (
            (
                "ha ragione: la voce è un servizio attivato per errore il mese scorso. L’ho "
                "tolto e "
                "le restituiamo {euro} euro nella prossima fattura. Le allego la nota di credito."
            ),
            (
                "è il conguaglio del cambio di piano, che doveva esserle spiegato prima. Le "
                "allego il "
                "conto, giorno per giorno. Se qualcosa non torna, mi risponda qui."
            ),
        ),
        mailbox="fatture",
        document="Nota di credito",
        share=4,
    ),
    Plot(
        ("Ho pagato due volte", "Doppio addebito"),
        (
            (
                "la fattura {numero} risulta addebitata due volte, il 3 e il 5. Allego l’estratto "
                "conto."
            ),
            "la banca mi mostra due addebiti uguali da {euro} euro. Uno non è dovuto.",
        ),
        (
            (
                "vedo i due addebiti. Il secondo le torna sul conto entro cinque giorni "
                "lavorativi: "
                "l’ordine è partito oggi."
            ),
            (
                "confermo: il secondo addebito è nostro errore. Rimborso partito oggi, le scrivo "
                "io "
                "quando risulta accreditato."
            ),
        ),
        mailbox="fatture",
        share=3,
    ),
    Plot(
        ("Copia della fattura di settembre", "Non ho ricevuto la fattura"),
        (
            (
                "mi serve una copia della fattura {numero} per la dichiarazione. Non la trovo "
                "nella "
                "posta."
            ),
            "la fattura di questo mese non è arrivata. Potete rimandarla?",
        ),
        (
            (
                "gliela allego qui sotto. La nostra prima e-mail risulta respinta perché la sua "
                "casella "
                "era piena: nessuna mora, naturalmente."
            ),
            "eccola in allegato. Da ora la trova anche nella sua pagina.",
        ),
        mailbox="fatture",
        document="Copia di fattura",
        share=4,
    ),
    Plot(
        ("Cambio di IBAN", "Nuovo conto corrente"),
        (
            (
                "ho cambiato banca: vorrei spostare l’addebito sul conto nuovo prima della "
                "prossima "
                "scadenza."
            ),
            "il vecchio conto chiude a fine mese. Come vi do il nuovo IBAN?",
        ),
        (
            (
                "per sicurezza l’IBAN non si manda per e-mail. Le ho preparato il modulo nella sua "
                "pagina: basta la firma dal telefono. Vale dalla prossima fattura."
            ),
            "si fa dalla sua pagina, in due minuti. Se preferisce la chiamo io domani alle 10.",
        ),
        mailbox="fatture",
        share=2,
    ),
    Plot(
        ("Posso pagare a rate?", "Rateizzazione"),
        (
            "la fattura {numero} è di {euro} euro e questo mese non riesco. Si può dividere?",
            "chiedo se è possibile pagare in tre volte. Ho sempre pagato puntuale.",
        ),
        (
            (
                "sì: tre rate uguali, senza interessi e senza mora. La prima alla scadenza di "
                "ora, le "
                "altre a trenta e sessanta giorni. Le confermo per iscritto appena mi dice di sì."
            ),
            "va bene in tre volte, senza interessi. Solleciti fermi da adesso.",
        ),
        asks_again="Va bene, accetto le tre rate.",
        second_answer="Fatto. Trova le tre scadenze nella sua pagina, con i bollettini.",
        mailbox="fatture",
        share=2,
    ),
)

COMPLAINTS = (
    Plot(
        ("Reclamo formale", "Reclamo: tre settimane di attesa"),
        (
            (
                "con la presente reclamo per i ventidue giorni di attesa dell’allaccio di {via}. "
                "Chiedo l’indennizzo previsto dalla carta dei servizi."
            ),
            (
                "ho scritto quattro volte e ogni volta ho dovuto rispiegare da capo. Chiedo una "
                "risposta scritta di un responsabile."
            ),
        ),
        (
            (
                "ho letto tutte e quattro le volte, dall’inizio. L’errore è nostro e "
                "l’indennizzo di "
                "{euro} euro è già registrato. Da oggi la segue una persona sola, e sono io."
            ),
            (
                "il ritardo è nostro dal quinto giorno in poi. L’indennizzo esce con la prossima "
                "fattura, senza che debba chiedere altro."
            ),
        ),
        mailbox="reclami",
        note="Quattro operatori diversi in nove giorni. Da portare alla riunione di lunedì.",
        share=3,
    ),
)
